"""Laws of the means, and of the children that count (docs/method.md, § 5.2 and § 5.3)."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rankings.engine import Dataset, parse_method, rank
from rankings.engine.aggregates import AGGREGATES, Part, filled, gathered
from rankings.engine.counting import ALL, Counting
from rankings.engine.means import arithmetic, geometric, harmonic
from tests.engine.laws.strategies import INDICATORS, UNITS, datasets, parts

law = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])

shares = st.sampled_from([Fraction(1), Fraction(2), Fraction(1, 2), Fraction(13, 4)])
portions = st.fractions(0, 1, max_denominator=40)
children = st.lists(st.tuples(shares, portions), min_size=1, max_size=6)
TINY = Fraction(1, 10**45)
MEANS = ("mean", "geometric", "harmonic")


def whole(counted) -> Fraction:
    return sum(share for share, _ in counted)


@law
@given(children)
def test_harmonic_is_below_geometric_which_is_below_the_mean(counted):
    means = [one(counted, whole(counted), Fraction(10)) for one in (harmonic, geometric, arithmetic)]
    assert means[0] <= means[1] + TINY
    assert means[1] <= means[2] + TINY


@law
@given(children)
def test_every_mean_lies_between_its_least_and_its_greatest_part(counted):
    least, greatest = (10 * end(part for _, part in counted) for end in (min, max))
    for one in (harmonic, geometric, arithmetic):
        assert least - TINY <= one(counted, whole(counted), Fraction(10)) <= greatest + TINY


@law
@given(children, st.sampled_from([Fraction(3), Fraction(1, 7)]))
def test_only_the_ratios_of_weights_count(counted, by):
    scaled = [(share * by, part) for share, part in counted]
    for one in (harmonic, geometric, arithmetic):
        assert one(scaled, whole(scaled), Fraction(10)) == one(counted, whole(counted), Fraction(10))


@law
@given(children)
def test_a_geometric_mean_is_within_its_digits_of_the_root(counted):
    weights = [int(share * 4) for share, _ in counted]
    found = geometric(counted, whole(counted), Fraction(1))
    product = Fraction(1)
    for weight, (_, part) in zip(weights, counted, strict=True):
        product *= part**weight
    low, high = (found * (1 + side * Fraction(1, 10**49)) for side in (-1, 1))
    assert low ** sum(weights) <= product <= high ** sum(weights)


@st.composite
def columns(draw: st.DrawFn) -> list[Part]:
    units = draw(st.integers(1, 4))
    made = []
    for _ in range(draw(st.integers(1, 4))):
        left_out = draw(st.sets(st.integers(0, units - 1)))
        nums = [0 if at in left_out else draw(st.integers(0, 20)) for at in range(units)]
        made.append(Part(draw(shares), nums, Fraction(20), left_out))
    return made


@law
@given(columns(), st.sampled_from([Fraction(10), Fraction(7, 3)]))
def test_a_column_is_what_the_units_are_one_by_one(made, out_of):
    nums, den, left_out = filled(made)
    points, alone = gathered(made, AGGREGATES["mean"], ALL, out_of)
    assert left_out == alone
    assert [Fraction(num) * out_of / den for num in nums] == points


def _with(text: str, aggregate: str, lines: str) -> str:
    return text.replace('aggregate = "mean"', f'aggregate = "{aggregate}"', 1).replace(
        "[rounding]", lines + "\n[rounding]", 1
    )


@law
@given(
    parts(aggregates=("mean",), families=("",)),
    datasets(),
    st.sampled_from(MEANS),
    st.sampled_from(["", 'missing_children = "zero"', 'missing_children = "unranked"']),
    st.data(),
)
def test_a_better_value_never_lowers_the_rank_whatever_the_mean(made, dataset, aggregate, lines, data):
    assume(dataset.units)
    method = parse_method(_with(made.text(), aggregate, lines))
    unit, indicator = data.draw(st.sampled_from(dataset.units)), data.draw(st.sampled_from(INDICATORS))
    value = dataset.value(indicator, unit)
    assume(isinstance(value, Decimal))
    (leaf,) = (leaf for leaf in method.leaves if leaf.indicator == indicator)
    better = value + 1 if leaf.scale.better == "higher" else value - 1
    improved = Dataset(dataset.units, {**dataset.values, indicator: {**dataset.values[indicator], unit: better}})
    before, after = (rank(one, method).ranks.get(unit) for one in (dataset, improved))
    assert (before is None) == (after is None)
    assert before is None or after[0] <= before[0]


@law
@given(st.lists(portions, min_size=2, max_size=6), st.integers(0, 5), st.data())
def test_with_equal_weights_a_better_part_never_costs_the_best_anything(found, position, data):
    best = Counting(best=data.draw(st.integers(1, len(found) - 1)))
    at = position % len(found)
    improved = [*found[:at], data.draw(st.fractions(found[at], 1, max_denominator=40)), *found[at + 1 :]]
    for word in AGGREGATES:
        before, after = (
            gathered(
                [Part(Fraction(1), [part], Fraction(1), set()) for part in one], AGGREGATES[word], best, Fraction(10)
            )
            for one in (found, improved)
        )
        assert before[0][0] <= after[0][0] + TINY


@law
@given(parts(), datasets())
def test_a_sum_without_redistribution_is_never_more_than_with_it(made, dataset):
    method = parse_method(made.text())
    plain = replace(method, root=replace(method.root, counting=Counting("zero")))
    scores = {row.unit: row.exact_score for row in rank(dataset, method).rows}
    for row in rank(dataset, plain).rows:
        assert (row.exact_score is None) == (scores[row.unit] is None)
        assert row.exact_score is None or row.exact_score <= scores[row.unit]
        assert row.unit in UNITS
