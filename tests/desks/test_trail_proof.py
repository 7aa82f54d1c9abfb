"""What the trail is worth: counted, read again, and the database tried; nothing is written by any of it."""

import pytest
from django.db import connection
from django.urls import reverse

from editorial import proof, triggers
from editorial.models import AuditEvent
from tests import factories as make
from tests.desks.newsroom import at_desk, words
from tests.editorial.raw_sql import without_triggers
from tests.editorial.refusing import nothing_written
from tests.people import Cast

pytestmark = pytest.mark.django_db

PAGE = "desk:trail-proof"


def checked(person, **said: str):
    client = at_desk(person)
    with nothing_written():
        return client.post(reverse(PAGE), said)


def test_page_says_how_far_the_trail_reaches_and_what_it_is_worth(people: Cast) -> None:
    make.approved_value("80")
    answer = at_desk(people.jean).get(reverse(PAGE))
    extent = answer.context["extent"]
    assert (extent.count, extent.first.number, extent.last.number) == (2, 1, 2)
    seen = words(answer)
    assert extent.last.hash in seen
    assert "Seule une empreinte gardée ailleurs le révèle" in seen
    assert "Chaîne entière" not in seen


def test_check_reads_the_chain_and_tries_the_database(people: Cast) -> None:
    make.approved_value("80")
    answer = checked(people.claire)
    found = answer.context["proof"]
    assert found.holds
    assert [(attempt.statement, attempt.answer) for attempt in found.attempts] == [
        ("UPDATE", "audit trail: no change"),
        ("DELETE", "audit trail: no deletion"),
    ]
    expected = {"palmares_editorial_auditevent_no_update", "palmares_editorial_auditevent_no_delete"}
    if connection.vendor == "postgresql":
        expected.add("palmares_editorial_auditevent_no_truncate")
    assert {trigger.name for trigger in found.triggers} == expected
    assert "Le journal est entier et protégé" in words(answer)


def test_an_empty_trail_has_nothing_to_try(people: Cast) -> None:
    answer = checked(people.claire)
    assert answer.context["proof"].holds
    assert "il n’y a rien à essayer" in words(answer)


def test_a_changed_act_is_found(people: Cast) -> None:
    make.approved_value("80")
    without_triggers()
    AuditEvent.objects.filter(number=1).update(actor_name="Quelqu’un d’autre")
    triggers.install()
    seen = words(checked(people.claire))
    assert "Chaîne rompue" in seen
    assert "L’acte n° 1" in seen
    assert "n’est pas ce qu’il doit être" in seen


def test_triggers_that_are_gone_are_said_and_the_attempts_undone(people: Cast) -> None:
    make.approved_value("80")
    without_triggers()
    found = proof.prove()
    assert not found.holds
    assert {trigger.stands for trigger in found.triggers} == {False}
    assert [attempt.answer for attempt in found.attempts] == [None, None]
    assert found.broken is None
    assert AuditEvent.objects.count() == 2
    seen = words(checked(people.claire))
    assert "La base laissait effacer le dernier acte : l’essai a été défait." in seen
    assert "Absent" in seen


def test_a_hash_that_was_kept_is_found_again_or_missed(people: Cast) -> None:
    make.approved_value("80")
    kept = AuditEvent.objects.get(number=1).hash
    assert "L’empreinte gardée est celle de l’acte n° 1" in words(checked(people.claire, empreinte=kept.upper()))
    lost = checked(people.claire, empreinte="0" * 63 + "1")
    assert "Aucun acte ne porte l’empreinte gardée" in words(lost)
    assert "n’est pas ce qu’il doit être" in words(lost)


def test_what_is_no_hash_is_said(people: Cast) -> None:
    answer = checked(people.claire, empreinte="abc")
    assert answer.status_code == 422
    assert "Une empreinte a 64 signes" in words(answer)
    assert "proof" not in answer.context
