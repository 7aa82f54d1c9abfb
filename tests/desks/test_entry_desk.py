"""The desk of hand entry."""

import pytest
from django.urls import reverse

from editorial.models import AuditEvent
from schools.models import Source, ValueRevision, ValueState
from tests import factories as make
from tests.desks.newsroom import at_desk, words
from tests.people import Cast

pytestmark = pytest.mark.django_db

NEW_SOURCE = {
    "doc-title": "Rapport annuel",
    "doc-publisher": "École des mines de Brézac",
    "doc-licence": "Accord écrit",
    "doc-leaves": "display",
    "doc-document_date": "2025-03-01",
    "doc-url": "https://brezac.example/rapport",
}


def send(person, **said):
    """An entry for the employment of the first school in 2025, right unless something is said otherwise."""
    url = reverse("desk:entry-unit", args=[make.unit().slug])
    year = said.pop("annee", 2025)
    fields = {"kind": "known", "value": "84,5", "source": make.source().pk, "reference": "p. 12"} | said
    return at_desk(person).post(f"{url}?indicateur={make.indicator().pk}&annee={year}", fields)


def test_school_is_found_by_words_of_its_name(people: Cast) -> None:
    make.units(4)
    page = at_desk(people.hugo).get(reverse("desk:entry"), {"q": "ecole BREZAC"})
    assert [unit.name for unit in page.context["units"]] == ["École des mines de Brézac"]
    assert "Aucune école de ce nom" in words(at_desk(people.hugo).get(reverse("desk:entry"), {"q": "zzz"}))


def test_entry_waits_for_a_verifier_with_its_place_in_the_source(people: Cast) -> None:
    assert send(people.hugo, text="84,5 %", comment="Voir la note 3.").status_code == 302
    revision = ValueRevision.objects.get()
    cell = revision.cells.get()
    assert (str(revision.figure), revision.state, revision.author) == ("84.5", ValueState.PENDING, people.hugo)
    assert (cell.reference, cell.text, revision.comment) == ("p. 12", "84,5 %", "Voir la note 3.")
    mine = at_desk(people.hugo).get(reverse("desk:entry"))
    assert "84,5 %" in words(mine)


def test_new_source_is_cited_with_the_value_and_once(people: Cast) -> None:
    assert send(people.hugo, source="", **NEW_SOURCE).status_code == 302
    cited = Source.objects.get(title="Rapport annuel")
    assert (cited.received_by, cited.leaves) == (people.hugo, "display")
    assert AuditEvent.objects.filter(verb="source.cite").count() == 1
    assert send(people.hugo, source="", value="85", **NEW_SOURCE).status_code == 302
    assert Source.objects.filter(title="Rapport annuel").count() == 1


def test_refused_value_leaves_no_source_behind(people: Cast) -> None:
    make.source()
    before = (Source.objects.count(), AuditEvent.objects.count())
    answer = send(people.hugo, source="", value="140", **NEW_SOURCE)
    assert answer.status_code == 403
    assert "dépasse la borne haute" in words(answer)
    assert 'value="140"' in answer.content.decode()
    assert 'value="Rapport annuel"' in answer.content.decode()
    assert (Source.objects.count(), AuditEvent.objects.count()) == before
    assert not ValueRevision.objects.exists()


@pytest.mark.parametrize("text", ["1.234,5", "1e999", "٨٤", "84 %", "nan", "8" * 70, "abc", "1_000"])
def test_what_is_not_a_number_is_said_and_kept(text: str, people: Cast) -> None:
    answer = send(people.hugo, value=text)
    assert answer.status_code == 422
    assert answer.context["form"].errors["value"]
    assert answer.context["form"]["value"].value() == text
    assert not ValueRevision.objects.exists()


def test_source_without_title_is_asked_for(people: Cast) -> None:
    answer = send(people.hugo, source="", **NEW_SOURCE | {"doc-title": " "})
    assert answer.status_code == 422
    assert answer.context["document"].errors["title"]
    assert not Source.objects.filter(title="").exists()


def test_absence_has_a_nature_and_no_figure(people: Cast) -> None:
    assert send(people.hugo, kind="secret").status_code == 403
    assert send(people.hugo, kind="secret", value="").status_code == 302
    assert ValueRevision.objects.get().kind == "secret"


def test_entry_says_where_it_is_read(people: Cast) -> None:
    answer = send(people.hugo, reference=" ")
    assert answer.status_code == 403
    assert "Dites où la valeur se lit" in words(answer)


def test_year_out_of_range_and_missing_indicator_are_not_posted(people: Cast) -> None:
    assert send(people.hugo, annee=1700).status_code == 404
    url = reverse("desk:entry-unit", args=[make.unit().slug])
    assert at_desk(people.hugo).post(url, {"value": "1"}).status_code == 404
    assert at_desk(people.hugo).get(f"{url}?indicateur=999&annee=2025").status_code == 200


def test_page_shows_what_is_in_force_and_what_waits(people: Cast) -> None:
    make.approved_value("70")
    make.entered_value("72", by=people.nadia)
    url = reverse("desk:entry-unit", args=[make.unit().slug])
    page = at_desk(people.hugo).get(f"{url}?indicateur={make.indicator().pk}&annee=2025")
    assert [str(r.figure) for r in page.context["here_now"]] == ["72.0", "70.0"]


def test_author_takes_back_from_the_list_and_nobody_else(people: Cast) -> None:
    revision = make.entered_value("70")
    url = reverse("desk:entry-withdraw", args=[revision.pk])
    assert at_desk(people.nadia).post(url, {"version": 1}).status_code == 403
    assert at_desk(people.hugo).post(url, {"version": 9}).status_code == 409
    assert at_desk(people.hugo).post(url, {"version": 1}).status_code == 302
    revision.refresh_from_db()
    assert revision.state == ValueState.WITHDRAWN
    assert at_desk(people.hugo).get(reverse("desk:entry"), {"etat": "pending"}).context["page_obj"].paginator.count == 0
