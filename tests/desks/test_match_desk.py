"""What was decided of the names and numbers of the sources, as the newsroom reads it."""

from datetime import date

import pytest
from django.urls import reverse

from editorial.actions.matches import apply_matches
from schools.known_units import known_units
from schools.matching import Decision, Subject, UnitRef, match
from schools.matching.subjects import Name
from schools.models import Unit, UnitIdentifier
from tests import factories as make
from tests.desks.newsroom import at_desk, words
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(people: Cast) -> Unit:
    unit = make.unit("École du Lac-Blanc", with_uai=False)
    UnitIdentifier.objects.create(unit=unit, scheme="cti", value="12")
    decide(people, "effectifs", "0991106P", "Université du Lac", "wider", reason="L’université tout entière.")
    decide(people, "effectifs", "0991141C", "Éc. du Lac-Blanc", "same", reason="Nom abrégé.", first_year=2015)
    decide(people, "parcoursup", "0991107R", "Lycée Bel-Air", "outside", reason="Un lycée.")
    return unit


def decide(people: Cast, dataset: str, key: str, name: str, verdict: str, *, reason: str, **dates: int) -> None:
    read = Subject(dataset, "uai", (key,), (2020,), (Name(name, 2020, 2020),))
    ref = None if verdict in {"outside", "unsaid"} else UnitRef("cti", "12")
    decision = Decision(dataset, "uai", (key,), verdict, ref, reason, **dates)  # type: ignore[arg-type]
    found = match([read], known_units(), [decision])
    apply_matches(by=people.hugo, at=make.START, dataset=dataset, matches=found)


def shown(people: Cast, **query: str) -> list[str]:
    page = at_desk(people.lise).get(reverse("desk:matches"), query)
    return [decision.name_read for decision in page.context["page_obj"]]


def test_every_decision_is_listed_with_its_reason_who_and_when(people: Cast, school: Unit) -> None:
    page = words(at_desk(people.jean).get(reverse("desk:matches")))
    for said in ("Université du Lac", "UAI 0991106P, effectifs", "un établissement plus large", "École du Lac-Blanc",
                 "L’université tout entière.", "Hugo Ferrand", "depuis le 1 er septembre 2015"):  # fmt: skip
        assert said.replace(" er ", "er ") in page.replace(" er ", "er "), said


def test_list_is_narrowed_by_source_verdict_and_words(people: Cast, school: Unit) -> None:
    assert shown(people) == ["Université du Lac", "Éc. du Lac-Blanc", "Lycée Bel-Air"]
    assert shown(people, jeu="parcoursup") == ["Lycée Bel-Air"]
    assert shown(people, verdict="same") == ["Éc. du Lac-Blanc"]
    assert shown(people, mots="LYCEE") == ["Lycée Bel-Air"]
    assert shown(people, mots="0991106p") == ["Université du Lac"]
    assert shown(people, mots="abrege") == ["Éc. du Lac-Blanc"]
    assert shown(people, mots="ecole lac blanc") == ["Université du Lac", "Éc. du Lac-Blanc"]
    assert shown(people, jeu="effectifs", mots="lycée") == []


def test_filters_that_cannot_be_read_are_said_and_ignored(people: Cast, school: Unit) -> None:
    page = at_desk(people.lise).get(reverse("desk:matches"), {"jeu": "ailleurs", "verdict": "peut-être"})
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"jeu", "verdict"}
    assert page.context["page_obj"].paginator.count == 3


def test_counts_are_links_that_narrow_and_release(people: Cast, school: Unit) -> None:
    counts = at_desk(people.lise).get(reverse("desk:matches"), {"jeu": "effectifs"}).context["counts"]
    assert [(str(each["label"]), each["n"]) for each in counts] == [
        ("la même école", 1),
        ("un établissement plus large", 1),
    ]
    assert counts[0]["url"] == "?jeu=effectifs&verdict=same"
    narrowed = at_desk(people.lise).get(reverse("desk:matches") + counts[0]["url"]).context
    assert [each["current"] for each in narrowed["counts"]] == [True, False]
    assert narrowed["counts"][0]["url"] == "?jeu=effectifs&verdict="


def test_words_find_schools_nobody_had_to_decide_of(people: Cast, school: Unit) -> None:
    make.unit("École des mines de Brézac")
    page = at_desk(people.lise).get(reverse("desk:matches"), {"mots": "brezac"})
    assert "Écoles de ce nom" in words(page)
    assert reverse("desk:match-unit", args=["ecole-des-mines-de-brezac"]) in page.content.decode()
    assert "Aucune décision ne répond" in words(page)


def test_school_shows_its_numbers_names_decisions_and_trail(people: Cast, school: Unit) -> None:
    page = at_desk(people.claire).get(reverse("desk:match-unit", args=[school.slug]))
    assert [(row.value, row.valid_from) for row in page.context["numbers"]] == [
        ("12", None),
        ("0991141C", date(2015, 9, 1)),
    ]
    assert [row.name for row in page.context["names"]] == ["Éc. du Lac-Blanc"]
    assert [row.verdict for row in page.context["decisions"]] == ["wider", "same"]
    text = words(page)
    assert "numéro de la liste de la CTI" in text
    assert "Hugo Ferrand a rattaché des identifiants et des noms" in text
    assert "Lycée Bel-Air" not in text


def test_school_of_which_nothing_was_decided_says_so(people: Cast) -> None:
    unit = make.unit(with_uai=False)
    text = words(at_desk(people.lise).get(reverse("desk:match-unit", args=[unit.slug])))
    for said in ("Aucun identifiant connu.", "Aucun autre nom connu.", "Personne n’a eu à en décider."):
        assert said in text


def test_empty_desk_says_where_decisions_come_from(people: Cast) -> None:
    assert "Personne n’a encore eu à décider." in words(at_desk(people.lise).get(reverse("desk:matches")))


def test_unknown_school_is_not_found(people: Cast) -> None:
    assert at_desk(people.lise).get(reverse("desk:match-unit", args=["nulle-part"])).status_code == 404


def test_number_of_queries_does_not_grow_with_the_decisions(
    people: Cast, school: Unit, django_assert_num_queries
) -> None:
    client = at_desk(people.lise)
    url = reverse("desk:matches")
    client.get(url)
    with django_assert_num_queries(7) as few:
        client.get(url)
    for number in range(8):
        decide(people, "effectifs", f"099120{number}A", f"Campus {number}", "site", reason="Un campus.")
    with django_assert_num_queries(len(few)):
        client.get(url)
