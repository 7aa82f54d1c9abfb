"""Which school a number of a source stands for, in one year."""

from datetime import date

import pytest

from schools.models import MatchDecision, Unit, UnitIdentifier
from schools.resolving import Resolver
from tests import factories as make
from tests.people import cast

pytestmark = pytest.mark.django_db

SIGMA, WIDER = "0632033T", "0631262E"


def borne(unit: Unit, value: str, since: str = "", until: str = "", scheme: str = "uai") -> UnitIdentifier:
    dates = {"valid_from": since or None, "valid_to": until or None}
    return UnitIdentifier.objects.create(unit=unit, scheme=scheme, value=value, **dates)


def decided(value: str, verdict: str, unit: Unit | None = None, **said: object) -> MatchDecision:
    facts = {"dataset": "effectifs", "scheme": "uai", "reason": "Vu à l’annuaire.", "decided_at": make.NOW}
    return MatchDecision.objects.create(
        **facts | {"value": value, "verdict": verdict, "unit": unit, "decided_by": cast().hugo} | said
    )


def test_a_number_leads_to_the_unit_that_bore_it_in_september() -> None:
    sigma, inp = make.units(2)
    borne(sigma, SIGMA, until="2019-12-31")
    borne(inp, SIGMA, since="2020-01-01")
    resolver = Resolver()
    assert [resolver.resolve("uai", [SIGMA], year).unit for year in (2006, 2019, 2020, 2030)] == [
        sigma,
        sigma,
        inp,
        inp,
    ]


@pytest.mark.parametrize(("since", "until", "known"), [
    ("2020-09-01", "", True),
    ("2020-09-02", "", False),
    ("", "2020-09-01", True),
    ("", "2020-08-31", False),
    ("2020-09-01", "2020-09-01", True),
])  # fmt: skip
def test_both_ends_of_a_number_count(since: str, until: str, known: bool) -> None:
    borne(make.unit(), SIGMA, since, until)
    assert (Resolver().resolve("uai", [SIGMA], 2020).unit is not None) is known


def test_a_number_of_another_register_or_of_nobody_leads_nowhere() -> None:
    borne(make.unit(), "12", scheme="cti")
    resolver = Resolver("effectifs")
    assert resolver.resolve("cti", ["12"], 2020).unit is not None
    for scheme, keys in (("uai", ["12"]), ("cti", ["13"]), ("cti", [])):
        found = resolver.resolve(scheme, keys, 2020)
        assert (found.unit, found.left_out, found.rivals) == (None, None, ())


def test_several_numbers_of_a_cell_are_one_school_or_rivals() -> None:
    one, two = make.units(2)
    borne(one, SIGMA)
    borne(one, WIDER)
    borne(two, "0590349J")
    resolver = Resolver()
    assert resolver.resolve("uai", [SIGMA, WIDER, "0000000A"], 2020).unit == one
    found = resolver.resolve("uai", [SIGMA, "0590349J"], 2020)
    assert (found.unit, found.rivals) == (None, (one, two))


@pytest.mark.parametrize("verdict", ["component", "wider", "predecessor"])
def test_a_decision_leaves_out_even_under_a_number_that_our_school_bears(verdict: str) -> None:
    unit = make.unit()
    borne(unit, SIGMA)
    decision = decided(SIGMA, verdict, unit)
    found = Resolver("effectifs").resolve("uai", ["0000000A", SIGMA], 2020)
    assert (found.unit, found.left_out, found.rivals) == (None, decision, ())
    # It was said of one source: in another the number is the school's.
    assert Resolver("parcoursup").resolve("uai", [SIGMA], 2020).unit == unit
    assert Resolver().resolve("uai", [SIGMA], 2020).unit == unit


@pytest.mark.parametrize("verdict", ["outside", "unsaid"])
def test_a_decision_may_name_no_school(verdict: str) -> None:
    decision = decided(SIGMA, verdict)
    assert Resolver("effectifs").resolve("uai", [SIGMA], 2020).left_out == decision


def test_a_decision_holds_on_its_days_alone() -> None:
    unit = make.unit()
    borne(unit, SIGMA)
    decided(SIGMA, "wider", unit, valid_from=date(2020, 9, 1))
    early = decided(SIGMA, "outside", None, valid_to=date(2010, 9, 1))
    resolver = Resolver("effectifs")
    assert [resolver.resolve("uai", [SIGMA], year).unit for year in (2011, 2019)] == [unit, unit]
    assert resolver.resolve("uai", [SIGMA], 2010).left_out == early
    assert resolver.resolve("uai", [SIGMA], 2020).left_out is not None


@pytest.mark.parametrize("verdict", ["same", "site"])
def test_what_is_decided_of_a_source_settles_rivals(verdict: str) -> None:
    one, two = make.units(2)
    borne(one, SIGMA)
    borne(two, WIDER)
    decided(WIDER, verdict, one)
    assert Resolver("effectifs").resolve("uai", [SIGMA, WIDER], 2020).unit == one
    assert Resolver().resolve("uai", [SIGMA, WIDER], 2020).rivals == (one, two)


def test_a_name_resolves_by_decision_alone() -> None:
    unit = make.unit()
    decided("sigma clermont", "same", unit, scheme="name")
    assert Resolver("effectifs").resolve("name", ["sigma clermont"], 2020).unit == unit
    assert Resolver().resolve("name", ["sigma clermont"], 2020).unit is None


def test_two_queries_whatever_is_asked(django_assert_num_queries) -> None:
    for number, unit in enumerate(make.units(5)):
        borne(unit, f"{number}")
        decided(f"9{number}", "wider", unit)
    with django_assert_num_queries(2):
        resolver = Resolver("effectifs")
        for number in range(5):
            assert resolver.resolve("uai", [str(number)], 2020).unit.name
            assert resolver.resolve("uai", [f"9{number}"], 2020).left_out.decided_by.display_name
    with django_assert_num_queries(1):
        Resolver()
