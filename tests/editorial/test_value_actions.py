"""Entering, approving, rejecting, taking back: what each writes, and that a refusal writes nothing."""

import json
from decimal import Decimal

import pytest

from editorial.actions import values
from editorial.exceptions import Stale
from editorial.models import AuditEvent
from schools.models import SourceCell, ValueRevision
from tests import factories as make
from tests.editorial.refusing import last_event, refusal
from tests.people import Cast

pytestmark = pytest.mark.django_db


def test_enter_records_a_waiting_value_its_cells_and_the_act(people: Cast) -> None:
    revision = make.entered_value("87.5", cells=[("Emploi", "D5", "Taux", "87,5 %"), ("", "  ", "", "oublié")])
    revision.refresh_from_db()
    assert (revision.state, revision.version, revision.author) == ("pending", 1, people.hugo)
    assert (revision.value, revision.created_at, revision.decided_by) == (Decimal("87.5"), make.START, None)
    assert list(revision.cells.values_list("sheet", "reference", "column", "text", "role")) == [
        ("Emploi", "D5", "Taux", "87,5 %", "value")
    ]
    event = last_event()
    assert (event.verb, event.actor_id, event.at, event.object_id) == (
        "value.enter",
        people.hugo.pk,
        make.START,
        str(revision.pk),
    )
    assert json.loads(event.details) == {
        "unit": "ecole-des-mines-de-brezac",
        "indicator": "emploi",
        "definition": 1,
        "year": 2025,
        "kind": "known",
        "value": "87.5",
        "source": revision.source_id,
        "author": people.hugo.pk,
    }


def test_enter_an_absence_keeps_its_kind_and_no_figure(people: Cast) -> None:
    revision = make.entered_value(None, kind="secret")
    assert (revision.kind, revision.value, revision.figure) == ("secret", None, None)
    assert json.loads(last_event().details)["value"] is None


def test_enter_refuses_without_right_or_place(people: Cast) -> None:
    said = make.entry()
    assert refusal(values.enter_value, by=people.lise, at=make.START, entry=said).startswith("Entrer une valeur")
    nowhere = make.entry(cells=[("", " ", "", "87,5")])
    assert refusal(values.enter_value, by=people.hugo, at=make.START, entry=nowhere).startswith("Dites où")
    too_high = make.entry("140")
    assert "dépasse la borne haute" in refusal(values.enter_value, by=people.hugo, at=make.START, entry=too_high)


def test_enter_refuses_what_is_in_force_already(people: Cast) -> None:
    make.approved_value("87.5")
    again = make.entry("87.5")
    assert refusal(values.enter_value, by=people.hugo, at=make.START, entry=again) == (
        "C’est déjà la valeur en vigueur, de la même source."
    )
    assert make.entered_value("87.5", said_by=make.source("Autre enquête")).state == "pending"


def test_enter_withdraws_the_authors_own_waiting_value(people: Cast) -> None:
    first = make.entered_value("80")
    second = make.entered_value("81")
    first.refresh_from_db()
    assert (first.state, first.decided_by, first.decision_reason) == (
        "withdrawn",
        people.hugo,
        "remplacée par son auteur",
    )
    assert ValueRevision.objects.pending().get() == second
    assert list(AuditEvent.objects.order_by("number").values_list("verb", flat=True)) == [
        "value.enter",
        "value.withdraw",
        "value.enter",
    ]


def test_enter_leaves_another_authors_waiting_value(people: Cast) -> None:
    theirs = make.entered_value("80", by=people.nadia)
    mine = make.entered_value("81")
    assert set(ValueRevision.objects.pending()) == {theirs, mine}


def test_enter_twice_at_once_is_stale(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    make.entered_value("80")
    # What the second of two simultaneous forms sees: its own first one is not there yet.
    monkeypatch.setattr("schools.models.values.ValueQuerySet.pending", lambda self: self.none())
    said = make.entry("81")
    assert refusal(values.enter_value, kind=Stale, by=people.hugo, at=make.START, entry=said).startswith(
        "Cette entrée vient d’être enregistrée"
    )


def test_approve_puts_in_force_and_supersedes(people: Cast) -> None:
    before = make.approved_value("80")
    after = make.entered_value("81")
    values.approve_value(by=people.vera, at=make.NOW, revision=after, seen_version=1, meaning="plausible")
    before.refresh_from_db()
    assert (before.state, before.version, before.decided_by) == ("superseded", 3, people.lise)
    assert (after.state, after.version, after.decided_by, after.decided_at) == (
        "in_force",
        2,
        people.vera,
        make.NOW,
    )
    assert after.verified_meaning == "plausible"
    event = last_event()
    assert event.verb == "value.approve"
    assert json.loads(event.details)["supersedes"] == before.pk
    assert json.loads(event.details)["meaning"] == "plausible"


def test_approve_refuses_the_author_the_unqualified_and_the_rival(people: Cast) -> None:
    hers = make.entered_value(by=people.alice)
    said = {"at": make.NOW, "revision": hers, "seen_version": 1}
    assert refusal(values.approve_value, by=people.alice, **said).startswith("Vous avez entré cette valeur")
    assert refusal(values.approve_value, by=people.jean, **said).startswith("Vérifier revient")
    make.entered_value("12")
    assert "a entré une autre valeur" in refusal(values.approve_value, by=people.lise, **said)


def test_approve_refuses_an_unknown_meaning(people: Cast) -> None:
    waiting = make.entered_value()
    said = {"at": make.NOW, "revision": waiting, "seen_version": 1, "meaning": "certain"}
    assert refusal(values.approve_value, by=people.lise, **said) == "Dites ce que vous avez vérifié."


def test_a_decision_on_what_was_not_seen_is_stale(people: Cast) -> None:
    waiting = make.entered_value()
    said = {"by": people.lise, "at": make.NOW, "revision": waiting, "seen_version": 7}
    assert "plus rapide" in refusal(values.approve_value, kind=Stale, **said)
    assert "plus rapide" in refusal(values.reject_value, kind=Stale, reason="non", **said)
    mine = said | {"by": people.hugo}
    assert "plus rapide" in refusal(values.withdraw_value, kind=Stale, **mine)


def test_a_decision_on_a_row_decided_meanwhile_is_stale(people: Cast) -> None:
    waiting = make.entered_value()
    as_seen = ValueRevision.objects.get(pk=waiting.pk)
    values.approve_value(by=people.lise, at=make.NOW, revision=waiting, seen_version=1)
    said = {"by": people.vera, "at": make.NOW, "revision": as_seen, "seen_version": 1}
    refusal(values.approve_value, kind=Stale, **said)
    refusal(values.reject_value, kind=Stale, reason="non", **said)


def test_reject_keeps_the_reason(people: Cast) -> None:
    waiting = make.entered_value()
    values.reject_value(by=people.lise, at=make.NOW, revision=waiting, seen_version=1, reason="  année fausse ")
    assert (waiting.state, waiting.decision_reason, waiting.decided_by) == ("rejected", "année fausse", people.lise)
    assert (last_event().verb, last_event().reason) == ("value.reject", "année fausse")


def test_reject_refuses_without_reason(people: Cast) -> None:
    waiting = make.entered_value()
    said = {"by": people.lise, "at": make.NOW, "revision": waiting, "seen_version": 1, "reason": " "}
    assert refusal(values.reject_value, **said).startswith("Un rejet se motive")


def test_withdraw_is_the_authors(people: Cast) -> None:
    waiting = make.entered_value()
    said = {"at": make.NOW, "revision": waiting, "seen_version": 1}
    assert refusal(values.withdraw_value, by=people.nadia, **said).startswith("Seule la personne")
    values.withdraw_value(by=people.hugo, reason="doublon", **said)
    assert (waiting.state, waiting.decision_reason, waiting.decided_by) == ("withdrawn", "doublon", people.hugo)
    assert (last_event().verb, last_event().reason) == ("value.withdraw", "doublon")


def test_approve_several_is_all_or_none(people: Cast) -> None:
    schools = make.units(3)
    waiting = [make.entered_value("80", of=school) for school in schools]
    seen = [values.Seen(revision, 1) for revision in waiting]
    one_stale = [*seen[:2], values.Seen(waiting[2], 9)]
    refusal(values.approve_values, kind=Stale, by=people.lise, at=make.NOW, seen=one_stale)
    reread = [values.Seen(revision, revision.version) for revision in ValueRevision.objects.pending()]
    assert values.approve_values(by=people.lise, at=make.NOW, seen=reread) == 3
    assert ValueRevision.objects.in_force().count() == 3
    assert AuditEvent.objects.filter(verb="value.approve").count() == 3
    assert values.approve_values(by=people.lise, at=make.NOW, seen=[]) == 0


def test_no_cell_is_written_without_its_value(people: Cast) -> None:
    make.entered_value()
    assert not SourceCell.objects.exclude(revision__in=ValueRevision.objects.all()).exists()
