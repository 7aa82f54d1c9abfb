"""Applying matches: who may, what is written, once only, and nothing of what is refused."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from django.db.models import F

from editorial.actions import matches as actions
from editorial.actions._attaching import Ledger
from editorial.exceptions import Refused, Stale
from editorial.models import AuditEvent
from schools.known_units import known_units
from schools.matching import Decision, Match, Subject, UnitRef, match, parse_decisions
from schools.models import MatchDecision, Unit, UnitAlias, UnitIdentifier
from schools.resolving import Resolver
from tests import factories as make
from tests.people import Cast
from tests.schools.matching.cases import subject

pytestmark = pytest.mark.django_db

# Databases do not agree on where an unknown beginning stands.
SINCE = F("valid_from").asc(nulls_first=True)
LYON, ROUEN = "Institut national des sciences appliquées de Lyon", "Institut national des sciences appliquées de Rouen"


@pytest.fixture
def lyon(people: Cast) -> Unit:
    return listed(56, LYON, academie="Lyon")


@pytest.fixture
def rouen(people: Cast) -> Unit:
    return listed(102, ROUEN, academie="Normandie")


def listed(number: int, name: str, **said: str) -> Unit:
    made = make.unit(name, with_uai=False, **said)
    UnitIdentifier.objects.create(unit=made, scheme="cti", value=str(number))
    return made


def said(keys: str, verdict: str, unit: int | None = None, **more) -> Decision:
    ref = UnitRef("cti", str(unit)) if unit else None
    return Decision("essai", "uai", tuple(keys.split(",")), verdict, ref, "Parce que.", **more)  # type: ignore[arg-type]


def found(read: Sequence[Subject], *decisions: Decision) -> tuple[Match, ...]:
    return match(read, known_units(), decisions)


def apply(people: Cast, matches: Sequence[Match], **more) -> actions.Applied:
    return actions.apply_matches(by=people.hugo, at=make.NOW, dataset="essai", matches=matches, **more)


def numbers(unit: Unit) -> list[tuple[str, str, date | None, date | None]]:
    rows = unit.identifiers.exclude(scheme="cti").order_by("scheme", "value", SINCE)
    return list(rows.values_list("scheme", "value", "valid_from", "valid_to"))


def names(unit: Unit) -> list[tuple[str, date | None, date | None]]:
    return list(unit.aliases.order_by("name").values_list("name", "valid_from", "valid_to"))


def everything() -> list[object]:
    return [
        list(model.objects.order_by("pk").values_list())
        for model in (Unit, UnitIdentifier, UnitAlias, MatchDecision, AuditEvent)
    ]


# Sure


def test_sure_match_gives_numbers_and_names(people: Cast, lyon: Unit) -> None:
    read = subject("0690192J,0011293A", LYON, "INSA Lyon", academie="Lyon", numbers=[("ror", "050jn9y42")])
    applied = apply(people, found([read]))
    assert (applied.identifiers, applied.aliases, applied.decisions) == (3, 1, 0)
    assert numbers(lyon) == [
        ("ror", "050jn9y42", None, None), ("uai", "0011293A", None, None), ("uai", "0690192J", None, None),
    ]  # fmt: skip
    assert names(lyon) == [("INSA Lyon", None, None)]
    event = AuditEvent.objects.get()
    assert (event.verb, event.object_id, event.actor_name) == ("match.attach", str(lyon.pk), "Hugo Ferrand")
    assert "uai 0690192J" in event.details


def test_names_are_dated_by_the_years_they_were_read_for(people: Cast, lyon: Unit) -> None:
    read = subject("0690192J", LYON, years=(2006, 2013, 2022))
    early = replace(read.names[0], text="INSA du Rhône", last_year=2013)
    late = replace(read.names[0], text="INSA Lyon", first_year=2014)
    apply(people, found([replace(read, names=(late, early, read.names[0]))]))
    assert names(lyon) == [
        ("INSA Lyon", date(2014, 9, 1), None),
        ("INSA du Rhône", None, date(2014, 8, 31)),
    ]


def test_applying_twice_is_applying_once(people: Cast, lyon: Unit, rouen: Unit) -> None:
    read = [
        subject("0690192J", LYON, "INSA Lyon", academie="Lyon", numbers=[("ror", "050jn9y42")]),
        subject("0760165S", "INSA de Rouen Normandie", numbers=[("ror", "020ws7586")]),
        subject("0632033T", "Un institut"),
    ]
    decisions = [said("0760165S", "site", 102, last_year=2030), said("0632033T", "wider", 102)]
    assert apply(people, found(read, *decisions)).wrote
    before = everything()
    again = apply(people, found(read, *decisions))
    assert not again.wrote
    assert again.left_alone == ()
    assert everything() == before


def test_order_of_the_matches_changes_nothing(people: Cast, lyon: Unit, rouen: Unit) -> None:
    read = [subject("0690192J", LYON, "INSA"), subject("0760165S", ROUEN, "Insa"), subject("0632033T", "Un institut")]
    matches = found(read, said("0632033T", "outside"))
    written = []
    for ordered in (matches, matches[::-1]):
        with transaction.atomic():
            apply(people, ordered)
            written.append([numbers(lyon), numbers(rouen), names(lyon), names(rouen)])
            transaction.set_rollback(True)
    assert written[0] == written[1]


def test_number_that_another_school_holds_is_left_alone_and_told(people: Cast, lyon: Unit, rouen: Unit) -> None:
    UnitIdentifier.objects.create(unit=rouen, scheme="ror", value="050jn9y42", valid_to=date(2010, 1, 1))
    read = subject("0690192J", LYON, academie="Lyon", numbers=[("ror", "050jn9y42")])
    assert found([read])[0].outcome == "doubtful"
    applied = apply(people, found([read], said("0690192J", "same", 56)))
    assert numbers(lyon) == [("uai", "0690192J", None, None)]
    assert applied.left_alone == (f"{LYON}\u00a0: ror 050jn9y42",)


# Decided


def test_decided_site_gives_its_numbers_and_names_and_is_kept(people: Cast, lyon: Unit) -> None:
    read = subject("0011293A", "INSA Lyon, antenne d’Oyonnax", numbers=[("wikidata", "Q1")])
    applied = apply(people, found([read], said("0011293A", "site", 56)))
    assert applied.decisions == 1
    assert numbers(lyon) == [("uai", "0011293A", None, None), ("wikidata", "Q1", None, None)]
    assert names(lyon)[0][0] == "INSA Lyon, antenne d’Oyonnax"
    kept = MatchDecision.objects.get()
    assert (kept.dataset, kept.scheme, kept.value, kept.verdict, kept.unit) == (
        "essai",
        "uai",
        "0011293A",
        "site",
        lyon,
    )
    assert (kept.name_read, kept.reason, kept.decided_by, kept.decided_at) == (
        "INSA Lyon, antenne d’Oyonnax", "Parce que.", people.hugo, make.NOW,
    )  # fmt: skip
    assert [event.verb for event in AuditEvent.objects.order_by("number")] == ["match.decide", "match.attach"]


@pytest.mark.parametrize(
    ("verdict", "unit"), [("wider", 56), ("component", 56), ("predecessor", 56), ("outside", None), ("unsaid", None)]
)
def test_other_verdicts_give_nothing_and_are_kept(people: Cast, lyon: Unit, verdict: str, unit: int | None) -> None:
    read = subject("0011293A,0011293B", "Un institut de Lyon", numbers=[("ror", "050jn9y42")])
    applied = apply(people, found([read], said("0011293A", verdict, unit)))
    assert (applied.identifiers, applied.aliases, applied.decisions) == (0, 0, 2)
    assert numbers(lyon) == []
    rows = MatchDecision.objects.order_by("value")
    assert [(row.value, row.verdict, row.unit) for row in rows] == [
        ("0011293A", verdict, lyon if unit else None),
        ("0011293B", verdict, lyon if unit else None),
    ]


def test_decision_on_what_has_no_number_is_kept_by_name(people: Cast, lyon: Unit) -> None:
    decision = Decision("essai", "name", ("INSTITUT du lac",), "same", UnitRef("cti", "56"), "C’est elle.")
    apply(people, found([subject("", "Institut du Lac")], decision))
    kept = MatchDecision.objects.get()
    assert (kept.scheme, kept.value) == ("name", "institut du lac")
    assert names(lyon) == [("Institut du Lac", None, None)]


def test_dates_of_a_decision_are_those_of_its_numbers(people: Cast, lyon: Unit) -> None:
    read = [
        subject("0690192J,0632033T", LYON, years=(2018, 2019)),
        subject("0632033T", "Un institut", years=(2020, 2021)),
    ]
    decisions = [said("0690192J,0632033T", "same", 56, first_year=2015, last_year=2019),
                 said("0632033T", "wider", 56, first_year=2020)]  # fmt: skip
    apply(people, found(read, *decisions))
    assert numbers(lyon) == [
        ("uai", "0632033T", date(2015, 9, 1), date(2020, 8, 31)),
        ("uai", "0690192J", date(2015, 9, 1), date(2020, 8, 31)),
    ]
    rows = MatchDecision.objects.filter(value="0632033T").order_by(SINCE)
    assert [(row.verdict, row.valid_from, row.valid_to) for row in rows] == [
        ("same", date(2015, 9, 1), date(2020, 8, 31)),
        ("wider", date(2020, 9, 1), None),
    ]


def test_decision_that_leaves_out_leaves_the_school_its_number(people: Cast, lyon: Unit) -> None:
    UnitIdentifier.objects.create(unit=lyon, scheme="uai", value="0632033T")
    read = subject("0632033T", LYON, years=(2020, 2021))
    applied = apply(people, found([read], said("0632033T", "wider", 56, despite_identifier=True)))
    assert (applied.cut, applied.decisions) == (0, 1)
    assert numbers(lyon) == [("uai", "0632033T", None, None)]
    assert Resolver("essai").resolve("uai", ["0632033T"], 2020).left_out == MatchDecision.objects.get()
    assert Resolver("autre").resolve("uai", ["0632033T"], 2020).unit == lyon


def test_number_left_out_elsewhere_is_not_given_by_a_name(people: Cast, lyon: Unit) -> None:
    apply(people, found([subject("0632033T", "Un institut")], said("0632033T", "outside")))
    sure = found([subject("0632033T", LYON, academie="Lyon", dataset="autre")])
    applied = actions.apply_matches(by=people.hugo, at=make.NOW, dataset="autre", matches=sure)
    assert numbers(lyon) == []
    assert applied.left_alone == (f"{LYON}\u00a0: uai 0632033T",)


def test_decision_that_gives_a_number_to_another_school_cuts_it(people: Cast, lyon: Unit, rouen: Unit) -> None:
    UnitIdentifier.objects.create(unit=lyon, scheme="uai", value="0632033T", valid_from=date(2000, 9, 1))
    read = subject("0632033T", "INSA Rouen", years=(2015, 2016))
    decision = said("0632033T", "same", 102, first_year=2010, last_year=2016, despite_identifier=True)
    apply(people, found([read], decision))
    assert numbers(rouen) == [("uai", "0632033T", date(2010, 9, 1), date(2017, 8, 31))]
    assert numbers(lyon) == [
        ("uai", "0632033T", date(2000, 9, 1), date(2010, 8, 31)),
        ("uai", "0632033T", date(2017, 9, 1), None),
    ]
    before = everything()
    assert not apply(people, found([read], decision)).wrote
    assert everything() == before


def test_number_wholly_another_s_changes_hands(people: Cast, lyon: Unit, rouen: Unit) -> None:
    UnitIdentifier.objects.create(unit=lyon, scheme="uai", value="0632033T")
    decision = said("0632033T", "same", 102, despite_identifier=True)
    applied = apply(people, found([subject("0632033T", "INSA Lyon")], decision))
    assert (applied.identifiers, applied.cut) == (1, 1)
    assert numbers(lyon) == []
    assert numbers(rouen) == [("uai", "0632033T", None, None)]
    last = AuditEvent.objects.order_by("-number").first()
    assert last is not None
    assert f'"cut":["{LYON}\u00a0: uai 0632033T"]' in last.details


def test_decisions_of_years_apart_stay_apart_until_one_joins_them(people: Cast, lyon: Unit) -> None:
    read = subject("0690192J", "INSA", years=(2005, 2020))
    apart = [said("0690192J", "same", 56, last_year=2010), said("0690192J", "same", 56, first_year=2015)]
    apply(people, found([read], *apart))
    assert numbers(lyon) == [("uai", "0690192J", None, date(2011, 8, 31)), ("uai", "0690192J", date(2015, 9, 1), None)]
    whole = Decision("autre", "uai", ("0690192J",), "same", UnitRef("cti", "56"), "Sans interruption.")
    matches = found([subject("0690192J", "INSA", dataset="autre")], whole)
    actions.apply_matches(by=people.hugo, at=make.NOW, dataset="autre", matches=matches)
    assert numbers(lyon) == [("uai", "0690192J", None, None)]


def test_longer_decision_of_another_source_lengthens_the_number(people: Cast, lyon: Unit) -> None:
    apply(people, found([subject("0690192J", "INSA", years=(2010,))], said("0690192J", "same", 56, last_year=2014)))
    assert numbers(lyon) == [("uai", "0690192J", None, date(2015, 8, 31))]
    longer = Decision("autre", "uai", ("0690192J",), "same", UnitRef("cti", "56"), "Toujours elle.")
    matches = found([subject("0690192J", "INSA", dataset="autre")], longer)
    actions.apply_matches(by=people.hugo, at=make.NOW, dataset="autre", matches=matches)
    assert numbers(lyon) == [("uai", "0690192J", None, None)]
    # The first source again: what it asks holds already.
    before = everything()
    apply(people, found([subject("0690192J", "INSA", years=(2010,))], said("0690192J", "same", 56, last_year=2014)))
    assert everything() == before


def test_changed_decision_replaces_the_one_before_and_the_trail_keeps_both(people: Cast, lyon: Unit) -> None:
    read = subject("0011293A", "Un institut de Lyon")
    apply(people, found([read], said("0011293A", "component", 56)))
    apply(people, found([read], said("0011293A", "wider", 56, first_year=2010)))
    kept = MatchDecision.objects.get()
    assert (kept.verdict, kept.valid_from) == ("wider", date(2010, 9, 1))
    last = AuditEvent.objects.order_by("-number").first()
    assert last is not None
    assert '"before":[{"from":"","reason":"Parce que.","to":"","unit":"' in last.details


def test_trail_says_which_file_the_decision_was_written_in(people: Cast, lyon: Unit) -> None:
    file = parse_decisions(
        'format = 1\ntitle = "Mes décisions"\ndecided_by = "Nadia"\n[[decision]]\ndataset = "essai"\nscheme = "uai"\n'
        'keys = ["0011293A"]\nverdict = "outside"\nreason = "Autre chose."\n'
    )
    apply(people, found([subject("0011293A", "Un lycée")], *file.decisions), file=file)
    details = AuditEvent.objects.get().details
    assert file.digest in details
    assert '"decided_by":"Nadia"' in details


# Refused


def test_doubtful_subjects_refuse_the_whole_with_their_list(people: Cast, lyon: Unit) -> None:
    matches = found(
        [subject("0690192J", LYON), subject("0760165S", "INSA de Lyon-sur-Mer"), subject("0673021V", LYON, wider=True)]
    )
    before = everything()
    with pytest.raises(actions.Undecided) as caught:
        apply(people, matches)
    doubtful = [each for each in matches if each.outcome == "doubtful"]
    assert list(caught.value.matches) == doubtful
    assert doubtful
    assert f"« {doubtful[0].subject.name} »" in caught.value.reason
    assert everything() == before


def test_refusal_names_five_of_many(people: Cast, lyon: Unit) -> None:
    matches = found([subject(f"069000{number}A", f"{LYON}, campus {number}") for number in range(7)])
    with pytest.raises(actions.Undecided) as caught:
        apply(people, matches)
    assert caught.value.reason.count("«") == 5
    assert "\u202f; …" in caught.value.reason
    assert len(caught.value.matches) == 7


def test_name_too_long_to_keep_is_told(people: Cast, lyon: Unit) -> None:
    name = "Institut de " + "Lyon " * 60
    applied = apply(people, found([subject("0690192J", name)], said("0690192J", "same", 56)))
    assert names(lyon) == []
    assert applied.left_alone == (f"{LYON}\u00a0: {name.strip()}",)
    assert len(MatchDecision.objects.get().name_read) == 200


def test_somebody_faster_undoes_everything(people: Cast, lyon: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    matches = found([subject("0690192J", LYON)])
    before = everything()

    def given_by_somebody_else(ledger, *args) -> None:
        UnitIdentifier.objects.create(unit=lyon, scheme="uai", value="0690192J")
        UnitIdentifier.objects.create(unit=lyon, scheme="uai", value="0690192J")

    # What a race leads to: the number is there when it is about to be written.
    monkeypatch.setattr(Ledger, "_create", given_by_somebody_else)
    with pytest.raises(Stale, match="recommencez"):
        apply(people, matches)
    assert everything() == before


def test_doubtful_subjects_may_be_left_and_are_recorded_nowhere(people: Cast, lyon: Unit) -> None:
    doubtful = subject("0673021V", "INSA Lyon et autres", LYON, wider=True)
    applied = apply(people, found([doubtful]), leave_undecided=True)
    assert [each.subject for each in applied.left_undecided] == [doubtful]
    assert not applied.wrote
    assert numbers(lyon) == []
    assert not AuditEvent.objects.exists()


def test_only_the_data_cell_may(people: Cast, lyon: Unit) -> None:
    matches = found([subject("0690192J", LYON)])
    for other in (people.lise, people.jean, people.claire, people.paul):
        with pytest.raises(Refused, match="cellule data"):
            actions.apply_matches(by=other, at=make.NOW, dataset="essai", matches=matches)
    assert numbers(lyon) == []


def test_matches_of_another_source_are_a_mistake(people: Cast, lyon: Unit) -> None:
    with pytest.raises(ValueError, match="autre"):
        actions.apply_matches(by=people.hugo, at=make.NOW, dataset="autre", matches=found([subject("0690192J", LYON)]))


def test_school_that_is_gone_undoes_everything(people: Cast, lyon: Unit, rouen: Unit) -> None:
    matches = found([subject("0690192J", LYON), subject("0760165S", ROUEN)])
    rouen.delete()
    before = everything()
    with pytest.raises(Stale):
        apply(people, matches)
    assert everything() == before


def test_number_given_meanwhile_to_another_is_left_alone(people: Cast, lyon: Unit, rouen: Unit) -> None:
    matches = found([subject("0690192J", LYON)])
    UnitIdentifier.objects.create(unit=rouen, scheme="uai", value="0690192J")
    assert apply(people, matches).left_alone == (f"{LYON}\u00a0: uai 0690192J",)


def test_queries_do_not_grow_with_what_is_known(people: Cast, lyon: Unit, django_assert_max_num_queries) -> None:
    for number in range(30):
        listed(200 + number, f"Une école numéro {number}")
    matches = found([subject("0690192J", LYON)])
    with django_assert_max_num_queries(14):
        apply(people, matches)
