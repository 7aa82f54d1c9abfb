"""The trail: what a line says, and that a change to any of it is found."""

import json
from datetime import timedelta

import pytest
from django.utils.translation import override

from editorial import audit
from editorial.models import AuditEvent
from tests import factories as make
from tests.editorial.raw_sql import without_triggers
from tests.people import Cast

pytestmark = pytest.mark.django_db


def test_each_line_holds_the_hash_of_the_one_before(people: Cast) -> None:
    make.approved_value()
    first, second = AuditEvent.objects.order_by("number")
    assert (first.number, first.previous_hash) == (1, audit.FIRST)
    assert (second.number, second.previous_hash) == (2, first.hash)
    assert first.hash == audit.event_hash(first)
    assert audit.first_broken_link() is None


def test_an_empty_trail_is_whole(db: None) -> None:
    assert audit.first_broken_link() is None


def test_the_system_can_act(people: Cast) -> None:
    event = audit.record(by=None, at=make.NOW, verb="site.check", on=people.hugo)
    assert (event.actor_id, event.actor_name, event.object_type) == (None, "système", "editorial.user")
    assert event.object_label == "hugo"


def test_details_are_one_text_for_one_value() -> None:
    assert audit.canonical_json({"é": 1, "a": [True, None]}) == '{"a":[true,null],"é":1}'


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor_name", "Quelqu’un d’autre"),
        ("actor_id", 999),
        ("verb", "value.reject"),
        ("object_id", "999"),
        ("object_type", "schools.unit"),
        ("object_label", "autre chose"),
        ("reason", "aucune"),
        ("details", "{}"),
        ("at", make.NOW + timedelta(microseconds=1)),
        ("number", 77),
        ("previous_hash", "e" * 64),
        ("hash", "e" * 64),
    ],
)
def test_a_changed_line_is_found(people: Cast, column: str, value: object) -> None:
    make.approved_value()
    make.approved_value("12.0")
    victim = AuditEvent.objects.get(number=2)
    without_triggers()
    assert AuditEvent.objects.filter(pk=victim.pk).update(**{column: value}) == 1
    broken = audit.first_broken_link()
    assert broken is not None
    # Renumbered, the line is missed where it was: the one after it is the first that does not follow.
    assert broken.number == (3 if column == "number" else 2)


def test_a_removed_line_is_found(people: Cast) -> None:
    make.approved_value()
    make.approved_value("12.0")
    without_triggers()
    AuditEvent.objects.filter(number=2)._raw_delete("default")
    broken = audit.first_broken_link()
    assert broken is not None
    assert broken.number == 3


def test_trail_of_an_object_is_its_own_latest_first(people: Cast) -> None:
    revision = make.approved_value()
    make.approved_value("3.0", of=make.unit("Institut Ampère-Lavoisier"))
    assert [event.verb for event in audit.trail_of(revision)] == ["value.approve", "value.enter"]
    assert json.loads(audit.trail_of(revision)[0].details)["value"] == "87.5"


def test_trail_names_things_in_french_whatever_the_desk_speaks(people: Cast) -> None:
    edition = make.edition(3)
    with override("en"):
        event = audit.record(by=people.hugo, at=make.NOW, verb="edition.texts", on=edition)
    assert event.object_label == "Palmarès des écoles d’ingénieurs 2026"
