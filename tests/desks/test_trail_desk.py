"""The trail as the newsroom reads it."""

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from editorial import triggers
from editorial.models import AuditEvent
from tests import factories as make
from tests.desks.newsroom import at_desk, words
from tests.people import Cast

pytestmark = pytest.mark.django_db


def shown(person, **query) -> int:
    return at_desk(person).get(reverse("desk:trail"), query).context["page_obj"].paginator.count


def test_trail_is_filtered_by_person_act_object_and_day(people: Cast) -> None:
    make.approved_value("80")
    make.entered_value("4.5", by=people.nadia, indicator_code="doctorants")
    assert shown(people.claire) == AuditEvent.objects.count() == 3
    assert shown(people.claire, qui="aubry") == 1
    assert shown(people.claire, acte="value.enter") == 2
    assert shown(people.claire, objet="schools.valuerevision", intitule="doctorat") == 1
    # The newsroom's day, not that of the universal clock: they differ around midnight.
    day = f"{localtime(make.START):%Y-%m-%d}"
    assert shown(people.claire, depuis=day, jusque=day) == 3
    assert shown(people.claire, depuis="2100-01-01") == 0
    assert shown(people.claire, jusque="2001-01-01") == 0


def test_filters_that_cannot_be_read_are_said_and_ignored(people: Cast) -> None:
    make.entered_value("80")
    page = at_desk(people.claire).get(reverse("desk:trail"), {"depuis": "hier", "acte": "rien", "jusque": "9999-12-31"})
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"depuis", "acte", "jusque"}
    assert page.context["page_obj"].paginator.count == 1


def test_acts_are_said_in_words(people: Cast) -> None:
    revision = make.entered_value("80")
    at_desk(people.lise).post(
        reverse("desk:value-reject", args=[revision.pk]), {"version": 1, "reason": "Lu 79 dans la source."}
    )
    seen = words(at_desk(people.jean).get(reverse("desk:trail")))
    assert "Lise Aubry a rejeté une valeur" in seen
    assert "Lu 79 dans la source." in seen
    assert "valeur 80,0" in seen


def test_chain_is_verified_on_demand_and_a_changed_act_is_found(people: Cast) -> None:
    make.approved_value("80")
    there = reverse("desk:trail")
    assert at_desk(people.claire).get(there).context["checked"] is False
    assert "Chaîne entière" in words(at_desk(people.claire).get(there, {"verifier": "1"}))
    triggers.uninstall()
    AuditEvent.objects.filter(number=1).update(actor_name="Quelqu’un d’autre")
    triggers.install()
    answer = words(at_desk(people.claire).get(there, {"verifier": "1"}))
    assert "Chaîne rompue" in answer
    assert "L’acte n° 1" in answer
