"""Laws of tie-breakers, groups and levels, whatever the method and the data (docs/method.md, § 8.1 to § 8.5)."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rankings.engine import Dataset, Levels, Method, Placing, TieBreaker, parse_method, rank
from rankings.engine.placing import BETTER
from tests.engine.laws.strategies import INDICATORS, datasets, parts

law = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])

breakers = st.lists(
    st.one_of(
        st.builds(TieBreaker, st.sampled_from(["f", "l1", "l3"]), st.just(""), st.sampled_from(BETTER)),
        st.builds(TieBreaker, st.just(""), st.sampled_from(INDICATORS), st.sampled_from(BETTER)),
    ),
    max_size=3,
).map(tuple)
labels = st.sampled_from(["Nord", "Sud", ""])


def with_placing(method: Method, **said: object) -> Method:
    return replace(method, placing=Placing(**said))


@law
@given(parts(), datasets(), breakers)
def test_breaking_ties_inverts_nobody_and_unties_only(made, dataset, tie_breakers):
    method = parse_method(made.text())
    plain, broken = rank(dataset, method).ranks, rank(dataset, with_placing(method, tie_breakers=tie_breakers)).ranks
    assert set(plain) == set(broken)
    for first in plain:
        for second in plain:
            if plain[first][0] < plain[second][0]:
                assert broken[first][0] < broken[second][0]
    for unit, (place, tied) in plain.items():
        sharing = sum(other == place for other, _ in plain.values())
        assert place <= broken[unit][0] < place + sharing
        assert tied or broken[unit] == (place, False)


@law
@given(parts(), datasets(), breakers, st.randoms(use_true_random=False))
def test_the_order_of_units_breaks_no_tie(made, dataset, tie_breakers, random):
    method = with_placing(parse_method(made.text()), tie_breakers=tie_breakers)
    units = list(dataset.units)
    random.shuffle(units)
    assert rank(Dataset(tuple(units), dataset.values), method).digest == rank(dataset, method).digest


@law
@given(parts(), datasets(), breakers, st.data())
def test_a_rank_within_a_group_is_that_of_the_group_alone_in_the_order_of_all(made, dataset, tie_breakers, data):
    groups = {unit: label for unit in dataset.units if (label := data.draw(labels))}
    whole = Dataset(dataset.units, dataset.values, {"region": groups})
    result = rank(whole, with_placing(parse_method(made.text()), tie_breakers=tie_breakers, groups=("region",)))
    for row in result.rows:
        place = row.standing.groups.get("region")
        assert (place is None) == (row.rank is None or row.unit not in groups)
        if place:
            peers = [result.ranks[unit][0] for unit in result.ranks if groups.get(unit) == place.label]
            assert place.rank == 1 + sum(other < row.rank for other in peers)
            assert place.tied == (peers.count(row.rank) > 1)
            assert place.ranked == len(peers)


@law
@given(parts(), datasets(), st.sampled_from(["score", "rank"]))
def test_a_better_rank_never_has_a_worse_level(made, dataset, by):
    bounds = (Decimal(7), Decimal(4)) if by == "score" else (Decimal("0.3"), Decimal("0.5"))
    method = with_placing(parse_method(made.text()), levels=Levels(by, ("A", "B", "C"), bounds), bands=(2, 4))
    told = [row.standing for row in rank(dataset, method).rows if row.rank is not None]
    assert [one.level for one in told] == sorted(one.level for one in told)
    firsts = [one.band.first if one.band else 1 for one in told]
    assert firsts == sorted(firsts)


@law
@given(parts(), datasets())
def test_what_is_carried_along_changes_nothing_else(made, dataset):
    method = parse_method(made.text())
    plain, more = rank(dataset, method), rank(dataset, with_placing(method, information=INDICATORS))
    assert [replace(row, information={}) for row in more.rows] == list(plain.rows)
