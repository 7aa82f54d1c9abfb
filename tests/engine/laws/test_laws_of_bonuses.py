"""Laws of bonuses and of rounded branches, whatever the method and the data (docs/method.md, § 5.1 and § 7)."""

from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rankings.engine import Absence, Dataset, Row, parse_method, rank
from tests.engine.laws.strategies import ROUNDED, UNITS, bonuses, datasets, parts, values

law = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])

columns = st.dictionaries(st.sampled_from(UNITS), values)


def with_bonus(dataset: Dataset, column: dict) -> Dataset:
    return Dataset(dataset.units, {**dataset.values, "bonus": {u: v for u, v in column.items() if u in dataset.units}})


def rows_of(dataset: Dataset, text: str) -> dict[str, Row]:
    return {row.unit: row for row in rank(dataset, parse_method(text)).rows}


@law
@given(parts(), bonuses(), datasets(), columns)
def test_a_bonus_never_lowers_the_rank_of_its_owner_nor_unranks(made, bonus, dataset, column):
    assume(dataset.units)
    unit = dataset.units[0]
    others = with_bonus(dataset, {other: value for other, value in column.items() if other != unit})
    mine = with_bonus(dataset, column)
    without, given_it = (rows_of(one, made.text() + bonus)[unit] for one in (others, mine))
    assert (without.rank is None) == (given_it.rank is None)
    assert without.rank is None or given_it.rank <= without.rank


@law
@given(parts(), bonuses(), datasets(), st.dictionaries(st.sampled_from(UNITS), st.sampled_from(Absence)))
def test_a_bonus_nobody_has_changes_nothing(made, bonus, dataset, absences):
    plain, added = rows_of(dataset, made.text()), rows_of(with_bonus(dataset, absences), made.text() + bonus)
    for unit, row in plain.items():
        other = added[unit]
        assert (other.rank, other.tied, other.score, other.exact_score) == (
            row.rank, row.tied, row.score, row.exact_score,
        )  # fmt: skip
        assert (other.coverage, other.reason) == (row.coverage, row.reason)
        assert {key: points for key, points in other.points.items() if key != "b"} == row.points


@law
@given(parts(), bonuses(), datasets(), columns)
def test_a_bonus_adds_what_it_shows_outside_coverage_and_maximum(made, bonus, dataset, column):
    bare, full = parse_method(made.text()), parse_method(made.text() + bonus)
    assert (full.out_of, full.bonus_out_of) == (bare.out_of, full.bonuses[0].points)
    plain, added = rows_of(dataset, made.text()), rows_of(with_bonus(dataset, column), made.text() + bonus)
    for unit, row in added.items():
        assert (row.coverage, row.reason) == (plain[unit].coverage, plain[unit].reason)
        if row.exact_score is not None:
            got = row.exact_score - plain[unit].exact_score
            shown = row.points["b"].points
            assert 0 <= got <= full.bonus_out_of
            rounding = full.rounding.points or full.rounding.shown
            assert (got == 0) if shown is None else (rounding.apply(got) == shown)


@law
@given(parts(families=(ROUNDED,)), datasets())
def test_a_rounded_branch_shows_exactly_what_counts(made, dataset):
    method = parse_method(made.text())
    family, alone = method.nodes
    for row in rank(dataset, method).rows:
        points = row.points["f"].points
        assert points is None or (points == points.to_integral_value() and 0 <= points <= family.points)
        other = row.points["l3"].points
        if row.exact_score is None or None in (points, other) or method.rounding.points is None:
            continue
        # Both count as they are shown: the score is found again from them alone.
        filled = {"f": Fraction(points) / family.out_of, "l3": Fraction(other) / alone.out_of}
        shares = {node.key: share for node, share in method.root.shares}
        total = sum(shares[key] * part for key, part in filled.items()) / sum(shares.values())
        assert row.exact_score == total * method.out_of
