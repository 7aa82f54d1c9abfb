"""Setting waiting values aside: an edition goes out without them, and says why."""

import pytest

from editorial.actions import set_aside as actions
from editorial.actions import values
from editorial.actions.values import Seen
from editorial.exceptions import Stale
from rankings.blocks import blocks, pending_values, waiting_values
from rankings.models import Edition, EditionSetAside
from schools.models import ValueRevision, ValueState
from tests import factories as make
from tests.editorial.refusing import last_event, refusal
from tests.people import Cast
from tests.scenes import scene

pytestmark = [pytest.mark.django_db, scene(make.edition, 6)]
REASONS = {"reason_fr": "La source se contredit.", "reason_en": "The source contradicts itself."}


@pytest.fixture
def edition(db: None) -> Edition:
    return Edition.objects.get()


@pytest.fixture
def waiting(edition: Edition) -> list[ValueRevision]:
    """Two values of its schools and years that wait."""
    schools = [item.unit for item in edition.perimeter.filter(status="included").order_by("pk")[:2]]
    return [make.entered_value("41.5", of=school) for school in schools]


def said(people: Cast, edition: Edition, waiting: list[ValueRevision], **other: object) -> dict[str, object]:
    seen = [Seen(revision, revision.version) for revision in waiting]
    return {"by": people.hugo, "at": make.NOW, "edition": edition, "seen": seen, **REASONS, **other}


def codes(edition: Edition) -> list[str]:
    return [block.code for block in blocks(edition)]


def test_values_set_aside_block_no_more_and_still_wait(
    people: Cast, edition: Edition, waiting: list[ValueRevision]
) -> None:
    assert codes(edition) == ["waiting"]
    assert actions.set_aside(**said(people, edition, waiting[:1])) == 1
    assert codes(edition) == ["waiting"]
    assert actions.set_aside(**said(people, edition, waiting[1:])) == 1
    assert codes(edition) == []
    assert {revision.pk for revision in pending_values(edition)} == {revision.pk for revision in waiting}
    assert waiting_values(edition) == []
    assert set(ValueRevision.objects.filter(pk__in=[w.pk for w in waiting]).values_list("state", "version")) == {
        (ValueState.PENDING.value, 1)
    }
    kept = EditionSetAside.objects.get(revision=waiting[0])
    assert (kept.reason_fr, kept.reason_en, kept.by, kept.at) == (*REASONS.values(), people.hugo, make.NOW)
    assert (last_event().verb, last_event().reason) == ("edition.set_aside", REASONS["reason_fr"])


def test_a_value_decided_leaves_the_list_by_itself(
    people: Cast, edition: Edition, waiting: list[ValueRevision]
) -> None:
    actions.set_aside(**said(people, edition, waiting))
    values.approve_value(by=people.lise, at=make.NOW, revision=waiting[0], seen_version=1)
    values.reject_value(by=people.lise, at=make.NOW, revision=waiting[1], seen_version=1, reason="x")
    assert edition.set_aside.count() == 2
    assert not edition.set_aside.current().exists()
    again = make.entered_value("42.5", of=waiting[1].unit)
    assert codes(edition) == ["waiting"]
    assert [revision.pk for revision in waiting_values(edition)] == [again.pk]


def test_refuses_without_a_right_a_reason_or_values(
    people: Cast, edition: Edition, waiting: list[ValueRevision]
) -> None:
    assert "Préparer une édition" in refusal(actions.set_aside, **said(people, edition, waiting, by=people.lise))
    for lacking in ({"reason_fr": " "}, {"reason_en": ""}):
        assert "en français et en anglais" in refusal(actions.set_aside, **said(people, edition, waiting, **lacking))
    too_long = said(people, edition, waiting, reason_fr="x" * 301)
    assert "300 signes" in refusal(actions.set_aside, **too_long)
    assert "Choisissez" in refusal(actions.set_aside, **said(people, edition, []))


def test_refuses_what_does_not_block_this_edition(people: Cast, edition: Edition, waiting: list[ValueRevision]) -> None:
    stranger = make.entered_value("41.5", of=make.unit("Une école d’ailleurs"))
    other_year = make.entered_value("41.5", of=waiting[0].unit, year=2019)
    for revision in (stranger, other_year):
        refused = refusal(actions.set_aside, **said(people, edition, [waiting[0], revision]))
        assert refused.startswith("1 de ces valeurs ne bloquent pas")
    actions.set_aside(**said(people, edition, waiting[:1]))
    assert "déjà mises de côté" in refusal(actions.set_aside, **said(people, edition, waiting))


def test_what_was_decided_since_is_stale(people: Cast, edition: Edition, waiting: list[ValueRevision]) -> None:
    as_seen = said(people, edition, waiting)
    values.reject_value(by=people.lise, at=make.NOW, revision=waiting[1], seen_version=1, reason="x")
    refusal(actions.set_aside, kind=Stale, **as_seen)


def test_taken_back_a_value_blocks_again(people: Cast, edition: Edition, waiting: list[ValueRevision]) -> None:
    actions.set_aside(**said(people, edition, waiting))
    back = {"at": make.NOW, "edition": edition, "revision": waiting[0]}
    assert "Préparer une édition" in refusal(actions.take_back, by=people.jean, **back)
    actions.take_back(by=people.claire, **back)
    assert codes(edition) == ["waiting"]
    assert last_event().verb == "edition.take_back"
    refusal(actions.take_back, kind=Stale, by=people.claire, **back)
