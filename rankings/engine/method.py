"""A method that has been read and found right: a tree of nodes, and the rules common to all (Method § 2 to § 8)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from rankings.engine.absence import Absence
from rankings.engine.aggregates import AGGREGATES
from rankings.engine.arithmetic import DIGITS, written_digits
from rankings.engine.canonical import Toml, digest, toml_text
from rankings.engine.counting import ALL, Counting
from rankings.engine.derived import Derived, sources
from rankings.engine.exact import Rounding
from rankings.engine.imputing import CarryOver, Impute
from rankings.engine.missing import Rule, carried_codes, chain, written_rules
from rankings.engine.placing import PLAIN, Placing
from rankings.engine.preparation import AS_MEASURED, Preparation
from rankings.engine.quotients import UNITS, Quotient
from rankings.engine.scales import Scale
from rankings.engine.transformed import Transformed

RANKS_ON = ("rounded", "unrounded")
FORMAT = Decimal(1)


@dataclass(frozen=True)
class Leaf:
    """A criterion: one indicator, or its quotient by others, brought to points out of `points`.

    `weight`: above 0, meaningful beside those of its siblings only; 0 for a bonus. `missing` holds a rule for each kind
    of absence. `bonus`: its points add to the score as they are, outside all weights and the coverage (Method § 5.1).
    `rounding`: what its points become before they count; None for the rounding of the method, if there is one.
    `preparation`: what is done to its values before the scale.
    """

    key: str
    title: Mapping[str, str]
    weight: Decimal
    points: Decimal
    indicator: str
    quotient: Quotient | None
    scale: Scale | Transformed
    missing: Mapping[Absence, Rule]
    bonus: bool = False
    rounding: Rounding | None = None
    preparation: Preparation = AS_MEASURED

    @cached_property
    def out_of(self) -> Fraction:
        """The most points it can get."""
        return Fraction(self.points)

    @property
    def indicators(self) -> tuple[str, ...]:
        """What it measures: its indicator, then what divides it, in the order of the file; a code may be there twice.

        In place of a derived indicator, those it is made of.
        """
        codes = (self.indicator, *(self.quotient.denominators if self.quotient else ()))
        return sources(codes, self.preparation.derived) if self.preparation.derived else codes

    @cached_property
    def stand_ins(self) -> tuple[Impute | CarryOver, ...]:
        """The rules under which something may stand in for an absent value, in the order of the absences."""
        rules = (rule for kind in Absence for rule in chain(self.missing[kind]))
        return tuple(dict.fromkeys(rule for rule in rules if isinstance(rule, Impute | CarryOver)))

    @property
    def carried(self) -> tuple[str, ...]:
        """The indicators, none of them derived, whose value may stand in for its own."""
        return sources(carried_codes(self.missing), self.preparation.derived)

    @cached_property
    def is_plain(self) -> bool:
        """Whether its scale is given what is measured, as it is."""
        return not self.stand_ins and replace(self.preparation, derived=(), digits=DIGITS) == AS_MEASURED


@dataclass(frozen=True)
class Branch:
    """A node with children.

    `points`: what it is out of when it is a mean, and what its children are out of when they do not say.
    `minimum_coverage`: from 0 to 1; a unit of which less is known is not ranked. `rounding`: what its points become
    before they count above; None leaves them exact. `counting`: which children count, and what becomes of the others.
    """

    key: str
    title: Mapping[str, str]
    weight: Decimal
    points: Decimal
    aggregate: str
    minimum_coverage: Decimal
    children: tuple["Node", ...]
    rounding: Rounding | None = None
    counting: Counting = ALL

    @cached_property
    def out_of(self) -> Fraction:
        """The most points it can get."""
        total = self.counting.most([share for _, share in self.shares])
        return AGGREGATES[self.aggregate].out_of(Fraction(self.points), total)

    @cached_property
    def shares(self) -> tuple[tuple["Node", Fraction], ...]:
        """Its children, each with how much it counts beside the others; the shares need not add up to 1.

        A bonus counts beside nothing, and is not there.
        """
        share = AGGREGATES[self.aggregate].share
        return tuple(
            (child, share(Fraction(child.weight), child.out_of)) for child in self.children if not is_bonus(child)
        )

    def walk(self) -> Iterator["Node"]:
        """Every node below, parents before their children, in the order of the method."""
        for child in self.children:
            yield child
            if isinstance(child, Branch):
                yield from child.walk()


type Node = Leaf | Branch


def is_bonus(node: Node) -> bool:
    """Whether the points of a node add to the score as they are; never those of a branch."""
    return isinstance(node, Leaf) and node.bonus


@dataclass(frozen=True)
class RoundingRules:
    """Where the method rounds. `points`: the points of each leaf that does not say otherwise, before they count; None
    leaves them exact. `score`: the score. `shown`: what is printed and counts no further."""

    points: Rounding | None
    score: Rounding
    shown: Rounding


@dataclass(frozen=True)
class Method:
    """A method, as `parse_method` reads it. `root` is the branch of the score: no key, no weight of its own.

    `digits`: the significant digits of what has no exact value, such as a logarithm (Method § 7.1). `placing`: what it
    says of ranks beyond scores (§ 8.1 to § 8.5). `best_score`: what the best score is brought to, the others in
    proportion; None leaves them as they are (§ 7.2). `derived`: the indicators made of others, each of those above it
    (§ 2.1).
    """

    title: Mapping[str, str]
    root: Branch
    rounding: RoundingRules
    ranks_on: str
    missing: Mapping[Absence, Rule]
    digits: int = DIGITS
    placing: Placing = PLAIN
    best_score: Decimal | None = None
    derived: tuple[Derived, ...] = ()

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes of the first level, in the order of the file, which is that of display."""
        return self.root.children

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Every leaf, in the order of the file."""
        return tuple(node for node in self.root.walk() if isinstance(node, Leaf))

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        """Every indicator read, what is merely carried along included, sorted, each once; none of them is derived."""
        return tuple(sorted({*self.counted, *self.placing.information}))

    @cached_property
    def counted(self) -> tuple[str, ...]:
        """Those that can weigh on a rank: denominators, tie-breakers and what may stand in for a value included."""
        weighing = {code for leaf in self.leaves for code in (*leaf.indicators, *leaf.carried)}
        return tuple(sorted(weighing | {*self.placing.deciding}))

    @cached_property
    def groupings(self) -> tuple[str, ...]:
        """Every grouping of units that values stand in by, sorted, each once."""
        rules = (rule for leaf in self.leaves for rule in leaf.stand_ins)
        return tuple(sorted({rule.group for rule in rules if isinstance(rule, Impute) and rule.group}))

    @property
    def out_of(self) -> Fraction:
        """The highest score there can be without a bonus."""
        return self.root.out_of if self.best_score is None else Fraction(self.best_score)

    @cached_property
    def bonuses(self) -> tuple[Leaf, ...]:
        """The leaves whose points add to the score as they are, in the order of the file (Method § 5.1)."""
        return tuple(leaf for leaf in self.leaves if leaf.bonus)

    @cached_property
    def bonus_out_of(self) -> Fraction:
        """The most points that all bonuses together can add; 0 without any."""
        return sum((leaf.out_of for leaf in self.bonuses), Fraction(0))

    @cached_property
    def canonical_text(self) -> str:
        """The method as TOML, the same for every file that says the same thing (Method § 10).

        Neither the order of keys, nor comments, nor the spelling of numbers, nor a default spelled out changes it;
        the order of nodes does. `parse_method` reads it back to an equal method.
        """
        rounding: dict[str, Toml] = {} if self.rounding.points is None else {"points": _rounding(self.rounding.points)}
        rounding |= {"score": _rounding(self.rounding.score), "shown": _rounding(self.rounding.shown)}
        return toml_text({
            "format": FORMAT,
            "title": _title(self.title),
            "aggregate": self.root.aggregate,
            "points": self.root.points,
            "minimum_coverage": self.root.minimum_coverage,
            **self.root.counting.written(),
            **({} if self.best_score is None else {"best_score": self.best_score}),
            "rounding": rounding | {"ranks_on": self.ranks_on},
            "missing": written_rules(self.missing),
            **written_digits(self.digits),
            **self.placing.written(),
            **({"derived": [each.written() for each in self.derived]} if self.derived else {}),
            "node": [self._node(node, self.root) for node in self.nodes],
        })  # fmt: skip

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the canonical text, in hexadecimal."""
        return digest(self.canonical_text)

    def _node(self, node: Node, parent: Branch) -> Mapping[str, Toml]:
        """What a node says that its parent, or a default, does not say for it."""
        written: dict[str, Toml] = {"key": node.key, "title": _title(node.title)}
        written |= {"bonus": True} if is_bonus(node) else {"weight": node.weight}
        if node.points != parent.points:
            written["points"] = node.points
        if isinstance(node, Leaf):
            return written | self._leaf(node)
        if node.aggregate != parent.aggregate:
            written["aggregate"] = node.aggregate
        if node.minimum_coverage:
            written["minimum_coverage"] = node.minimum_coverage
        if node.rounding is not None:
            written["rounding"] = _rounding(node.rounding)
        return written | node.counting.written() | {"node": [self._node(child, node) for child in node.children]}

    def _leaf(self, leaf: Leaf) -> dict[str, Toml]:
        written: dict[str, Toml] = {"indicator": leaf.indicator}
        if leaf.quotient is not None:
            written |= _quotient(leaf.quotient)
        written |= leaf.preparation.written()
        written["scale"] = leaf.scale.written()
        if leaf.rounding is not None:
            written["rounding"] = _rounding(leaf.rounding)
        if leaf.bonus:
            return written
        own = {kind: rule for kind, rule in leaf.missing.items() if rule != self.missing[kind]}
        return written | ({"missing": written_rules(own)} if own else {})


def _title(title: Mapping[str, str]) -> Toml:
    return {language: title[language] for language in sorted(title)}


def _rounding(rounding: Rounding) -> Toml:
    return {"digits": Decimal(rounding.digits), "mode": rounding.mode}


def _quotient(quotient: Quotient) -> dict[str, Toml]:
    """What a quotient says that a default does not say for it."""
    codes = quotient.denominators
    written: dict[str, Toml] = {"denominator": codes[0] if len(codes) == 1 else codes}
    if quotient.multiply != 1:
        written["multiply"] = quotient.multiply
    if quotient.digits is not None:
        written["ratio_digits"] = Decimal(quotient.digits)
    if quotient.zero is not Absence.NOT_APPLICABLE:
        written["zero_denominator"] = quotient.zero.value
    if quotient.unit != UNITS[0]:
        written["unit"] = quotient.unit
    return written
