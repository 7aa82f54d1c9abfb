"""Laws every ranking obeys, whatever the method and the data."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rankings.engine import Dataset, Result, competition_ranks, parse_method, rank, round_value
from tests.engine.laws.strategies import INDICATORS, UNITS, datasets, numbers, parts

law = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])

constants = st.sampled_from([Decimal(2), Decimal("0.1"), Decimal(37)])


def ranks_of(result: Result) -> dict[str, tuple[int | None, bool]]:
    return {row.unit: (row.rank, row.tied) for row in result.rows}


@law
@given(parts(), datasets(), st.randoms(use_true_random=False))
def test_order_of_units_and_columns_changes_nothing(made, dataset, random):
    method = parse_method(made.text())
    units, columns = list(dataset.units), list(dataset.values)
    random.shuffle(units)
    random.shuffle(columns)
    shuffled = {code: dict(sorted(dataset.values[code].items(), reverse=True)) for code in columns}
    assert rank(Dataset(tuple(units), shuffled), method).digest == rank(dataset, method).digest


@law
@given(parts(), datasets())
def test_ranking_twice_gives_the_same_text(made, dataset):
    once, twice = (rank(dataset, parse_method(made.text())) for _ in range(2))
    assert once.canonical_text == twice.canonical_text
    assert once.digest == twice.digest


@law
@given(parts(), datasets(), st.dictionaries(st.sampled_from(UNITS), numbers))
def test_an_indicator_that_is_not_used_changes_nothing(made, dataset, extra):
    method = parse_method(made.text())
    column = {unit: value for unit, value in extra.items() if unit in dataset.units}
    wider = Dataset(dataset.units, {"unused": column, **dataset.values})
    assert rank(wider, method).digest == rank(dataset, method).digest


@law
@given(parts(aggregates=("mean",)), datasets(), constants, constants)
def test_scaling_the_weights_of_siblings_changes_no_rank_nor_score_of_a_mean(made, dataset, outside, inside):
    plain, scaled = (rank(dataset, parse_method(text)) for text in (made.text(), made.text(outside, inside)))
    assert ranks_of(scaled) == ranks_of(plain)
    assert [row.exact_score for row in scaled.rows] == [row.exact_score for row in plain.rows]


@law
@given(parts(aggregates=("sum",), ranks_on="unrounded"), datasets(), constants)
def test_scaling_the_first_weights_of_a_sum_changes_no_unrounded_rank(made, dataset, outside):
    # Inside a family that is summed, weights make its maximum: scaling them would give the family another weight.
    plain, scaled = (rank(dataset, parse_method(text)) for text in (made.text(), made.text(outside)))
    assert ranks_of(scaled) == ranks_of(plain)


@law
@given(parts(), datasets(), st.data())
def test_a_better_value_never_lowers_the_rank(made, dataset, data):
    assume(dataset.units)
    method = parse_method(made.text())
    unit = data.draw(st.sampled_from(dataset.units))
    indicator = data.draw(st.sampled_from(INDICATORS))
    value = dataset.value(indicator, unit)
    assume(isinstance(value, Decimal))
    step = data.draw(st.decimals(min_value="0.01", max_value=9, places=2))
    (leaf,) = (leaf for leaf in method.leaves if leaf.indicator == indicator)
    better = value + step if leaf.scale.better == "higher" else value - step
    columns = {**dataset.values, indicator: {**dataset.values[indicator], unit: better}}
    before, after = (ranks_of(rank(one, method))[unit][0] for one in (dataset, Dataset(dataset.units, columns)))
    assert (before is None) == (after is None)
    assert before is None or after <= before


@law
@given(parts(), datasets())
def test_every_unit_once_ranked_first_and_each_absence_of_rank_has_its_reason(made, dataset):
    method = parse_method(made.text())
    rows = rank(dataset, method).rows
    assert sorted(row.unit for row in rows) == sorted(dataset.units)
    assert [(row.rank is None, row.rank or 0, row.unit) for row in rows] == sorted(
        (row.rank is None, row.rank or 0, row.unit) for row in rows
    )
    for row in rows:
        assert (row.rank is None) == (row.score is None) == (row.exact_score is None) == (row.reason is not None)
        assert 0 <= row.coverage <= 1
        assert row.exact_score is None or 0 <= row.exact_score <= method.out_of


@law
@given(parts(), datasets())
def test_points_stay_within_their_maximum_and_cut_points_are_enough_to_find_them(made, dataset):
    method = parse_method(made.text())
    result = rank(dataset, method)
    for row in result.rows:
        assert set(row.points) == {"f", "l1", "l2", "l3"}
        for leaf in method.leaves:
            points = row.points[leaf.key]
            assert points.points is None or 0 <= points.points <= points.out_of
            if points.status == "scored":
                found = leaf.scale.mark(Fraction(points.value), result.cut_points[leaf.key])
                rounding = method.rounding.points or method.rounding.shown
                assert rounding.apply(found) == points.points


@law
@given(parts(ranks_on="rounded"), datasets())
def test_untying_inverts_nobody(made, dataset):
    rounded = rank(dataset, parse_method(made.text()))
    text = made.text().replace('ranks_on = "rounded"', 'ranks_on = "unrounded"')
    exact = {row.unit: row.rank for row in rank(dataset, parse_method(text)).rows}
    ranked = [row for row in rounded.rows if row.rank is not None]
    for first in ranked:
        for second in ranked:
            if first.rank < second.rank:
                assert exact[first.unit] < exact[second.unit]


@law
@given(parts())
def test_canonical_text_is_a_fixed_point(made):
    method = parse_method(made.text())
    again = parse_method(method.canonical_text)
    assert again == method
    assert again.canonical_text == method.canonical_text


@law
@given(st.dictionaries(st.text(max_size=3), numbers, max_size=12))
def test_a_rank_is_one_plus_the_number_strictly_better(scores):
    ranks = competition_ranks(scores)
    assert set(ranks) == set(scores)
    for unit, (place, tied) in ranks.items():
        assert place == 1 + sum(other > scores[unit] for other in scores.values())
        assert tied == (sum(other == scores[unit] for other in scores.values()) > 1)


@law
@given(st.fractions(), st.integers(0, 6), st.sampled_from(["half_up", "half_even", "down"]))
def test_rounding_is_the_nearest_or_below_and_undone_by_nothing(number, digits, mode):
    rounded = round_value(number, digits, mode)
    unit = Fraction(1, 10**digits)
    assert rounded.as_tuple().exponent == -digits
    assert not (rounded.is_zero() and rounded.is_signed())
    assert abs(Fraction(rounded) - number) <= (unit / 2 if mode != "down" else unit)
    assert abs(Fraction(rounded)) <= abs(number) or mode != "down"
    assert round_value(rounded, digits, mode) == rounded


@law
@given(st.fractions(), st.fractions(), st.integers(0, 4), st.sampled_from(["half_up", "half_even", "down"]))
def test_rounding_never_inverts(one, other, digits, mode):
    low, high = sorted([one, other])
    assert round_value(low, digits, mode) <= round_value(high, digits, mode)
