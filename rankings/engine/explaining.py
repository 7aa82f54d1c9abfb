"""Why a unit stands where it stands: what each node brings it, what it lacks, what would change (Method § 14)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from rankings.engine.aggregates import AGGREGATES, counted
from rankings.engine.arithmetic import context
from rankings.engine.columns import scaled
from rankings.engine.dataset import Dataset, Value
from rankings.engine.exact import shown_decimal
from rankings.engine.marks import Marks, with_bonuses
from rankings.engine.means import Counted
from rankings.engine.method import Branch, Leaf
from rankings.engine.ranking import rank
from rankings.engine.result import Result
from rankings.engine.scales import next_step
from rankings.engine.sheet import Sheet

# Scales whose points jump at bounds: reaching the next one is worth something, coming closer is not.


@dataclass(frozen=True)
class Contribution:
    """What a node brings to a score.

    `worth`: the points it brings, exact; those of the children of a node add up to its own, and those of the first
    level, with the bonuses, to the exact score. `at_most`: what it would bring at full marks, the others unchanged in
    a mean or a sum. `lost`: at_most − worth. `behind`: the worth of the same node for the first of the ranking − its
    own, below 0 where it does better; over the first level, they add up to the gap of the exact scores.
    """

    node: str
    worth: Fraction
    at_most: Fraction
    lost: Fraction
    behind: Fraction


@dataclass(frozen=True)
class NextStep:
    """What reaching the next threshold of a leaf would bring, everything else unchanged.

    `value`: the threshold. `points`: what the leaf would get. `score`, `rank`: what the unit would then have.
    """

    leaf: str
    value: Fraction
    points: Decimal
    score: Decimal
    rank: int


@dataclass(frozen=True)
class Explanation:
    """Why a ranked unit has its rank.

    `ahead`: the units of the next better score, by id, none for the first; `gap`: how far that score is, as scores are
    printed (0 when tie-breakers alone put them ahead). `contributions`: in the order of the method, every node.
    `next_steps`: for each leaf whose scale has steps and whose best one is not reached.
    """

    unit: str
    rank: int
    score: Decimal
    ahead: tuple[str, ...]
    gap: Decimal
    contributions: tuple[Contribution, ...]
    next_steps: tuple[NextStep, ...]


def explain(result: Result, unit: str) -> Explanation:
    """Why a unit stands where it stands. Raises KeyError for a unit that is not ranked.

    Cost: one pass for the contributions, and for each next step one ranking from the points already computed.
    """
    sheet = result.sheet
    place, _ = result.ranks[unit]
    rows = {row.unit: row for row in result.rows}
    own = contributions(sheet, sheet.units.index(unit))
    best = contributions(sheet, sheet.units.index(next(iter(result.ranks))))
    ahead_rank = max((other for other, _ in result.ranks.values() if other < place), default=None)
    ahead = tuple(sorted(other for other, (there, _) in result.ranks.items() if there == ahead_rank))
    score = _score(rows[unit].score)
    return Explanation(
        unit=unit,
        rank=place,
        score=score,
        ahead=ahead,
        gap=_score(rows[ahead[0]].score) - score if ahead else Decimal(0),
        contributions=tuple(
            Contribution(key, worth, at_most, at_most - worth, best[key][0] - worth)
            for key, (worth, at_most) in own.items()
        ),
        next_steps=tuple(_next_steps(result, unit)),
    )


def what_if(result: Result, unit: str, values: Mapping[str, Value]) -> Result:
    """The ranking if some values of one unit were others: indicator → value. Scales fitted on the data are fitted anew.

    Raises what `rank` raises, and KeyError for an unknown unit or indicator.
    """
    dataset = result.sheet.dataset
    if unit not in dataset.units:
        raise KeyError(unit)
    columns = {code: dict(column) for code, column in dataset.values.items()}
    for code, value in values.items():
        columns[code][unit] = value
    return rank(Dataset(dataset.units, columns, dataset.groups), result.sheet.method)


def contributions(sheet: Sheet, at: int) -> dict[str, tuple[Fraction, Fraction]]:
    """Node key → (what it brings to the exact score of the unit at a position, what it would at full marks)."""
    found: dict[str, tuple[Fraction, Fraction]] = {}
    _share_out(sheet, sheet.method.root, at, Fraction(1), found)
    for bonus in sheet.method.bonuses:
        found[bonus.key] = (sheet.leaves[bonus.key].points(at) or Fraction(0), bonus.out_of)
    if sheet.method.best_score is not None:
        first = sheet.units.index(next(iter(sheet.ranks)))
        plain, den = with_bonuses(sheet.marks[""], [sheet.leaves[bonus.key] for bonus in sheet.method.bonuses])
        factor = (
            Fraction(sheet.totals[0][first]) / sheet.totals[1] * den / plain[first] if plain[first] else Fraction(1)
        )
        found = {key: (worth * factor, at_most * factor) for key, (worth, at_most) in found.items()}
    return {node.key: found[node.key] for node in sheet.method.root.walk()}


def _share_out(
    sheet: Sheet, branch: Branch, at: int, factor: Fraction, found: dict[str, tuple[Fraction, Fraction]]
) -> None:
    """Share what a branch brings between its children; `factor`: a point of the branch, in points of the score."""
    points = sheet.marks[branch.key].points(at) or Fraction(0)
    worths = _worths(sheet, branch, at)
    raw = sum((worth for worth, _ in worths.values()), Fraction(0))
    # A rounding of the branch is shared like the points it rounds.
    rounding = points / raw if raw else Fraction(1)
    for child, (worth, at_most) in worths.items():
        node = next(node for node, _ in branch.shares if node.key == child)
        own = sheet.marks[child].points(at) or Fraction(0)
        found[child] = (worth * rounding * factor, at_most * factor)
        if isinstance(node, Branch):
            inside = worth * rounding * factor / own if own else at_most * factor / node.out_of
            _share_out(sheet, node, at, inside, found)


def _worths(sheet: Sheet, branch: Branch, at: int) -> dict[str, tuple[Fraction, Fraction]]:
    """Child → (the points it brings to a branch before it is rounded, the most it could); 0 and 0 when it counts not.

    A mean or a sum is made of its parts. Of another mean each child loses a part of what the branch lacks: in
    proportion to its share times −ln of what it gets of its maximum in a geometric mean, times 1 ÷ that − 1 in a
    harmonic one. Children that get nothing lose it all between them, more than they could have brought.
    """
    aggregate, digits = AGGREGATES[branch.aggregate], sheet.method.digits
    known = {
        child.key: (share, (sheet.marks[child.key].points(at) or Fraction(0)) / child.out_of)
        for child, share in branch.shares
        if share and (branch.counting.missing == "zero" or sheet.marks[child.key].points(at) is not None)
    }
    found = {child.key: (Fraction(0), Fraction(0)) for child, _ in branch.shares}
    if not known:
        return found
    chosen, whole = counted(list(known.values()), aggregate, branch.counting)
    counting = _named(known, chosen)
    most = {key: branch.out_of * share / whole for key, (share, _) in counting.items()}
    if aggregate.adds:
        return found | {key: (most[key] * part, most[key]) for key, (_, part) in counting.items()}
    lost = branch.out_of - aggregate.one(chosen, whole, branch.out_of, digits)
    losses = _losses(counting, branch.aggregate, digits)
    total = sum(losses.values(), Fraction(0))
    return found | {key: (most[key] - (lost * loss / total if total else 0), most[key]) for key, loss in losses.items()}


def _named(known: Mapping[str, tuple[Fraction, Fraction]], chosen: Counted) -> dict[str, tuple[Fraction, Fraction]]:
    """Those of the known children that were chosen; of equals, the first."""
    left = list(chosen)
    named = {}
    for key, part in known.items():
        if part in left:
            left.remove(part)
            named[key] = part
    return named


def _losses(counting: Mapping[str, tuple[Fraction, Fraction]], aggregate: str, digits: int) -> dict[str, Fraction]:
    """What each child lacks, as its mean counts it; only their proportions matter."""
    if not all(part for _, part in counting.values()):
        return {key: Fraction(0) if part else share for key, (share, part) in counting.items()}
    if aggregate == "harmonic":
        return {key: share * (1 / part - 1) for key, (share, part) in counting.items()}
    fine = context(digits)
    return {
        key: -share * Fraction(fine.ln(fine.divide(part.numerator, part.denominator)))
        for key, (share, part) in counting.items()
    }


def _next_steps(result: Result, unit: str) -> list[NextStep]:
    sheet, at = result.sheet, result.sheet.units.index(unit)
    found = []
    for leaf in sheet.method.leaves:
        value = sheet.values[leaf.key][at]
        step = next_step(value, sheet.cuts[leaf.key]) if isinstance(value, Fraction) else None
        if step is not None:
            points = shown_decimal(step.points)
            then = _with_points(sheet, leaf, at, points)
            place, _ = then.ranks[unit]
            nums, den = then.totals
            score = sheet.method.rounding.score.apply(Fraction(nums[at]) / den)
            found.append(NextStep(leaf.key, step.bound, points, score, place))
    return found


def _with_points(sheet: Sheet, leaf: Leaf, at: int, points: Decimal) -> Sheet:
    """The same sheet with other points of one unit at one leaf."""
    marks = sheet.leaves[leaf.key]
    nums = list(marks.nums)
    nums[at] = scaled(points, marks.den)
    changed = Marks(nums, marks.den, marks.status, marks.lacking).rounded(leaf.rounding or sheet.method.rounding.points)
    return replace(sheet, leaves={**sheet.leaves, leaf.key: changed})


def _score(score: Decimal | None) -> Decimal:
    if score is None:
        raise ValueError("a ranked unit has a score")
    return score
