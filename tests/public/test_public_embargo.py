"""What is sealed for later shows nowhere: not by a word, a header, a length nor a count."""

from datetime import timedelta
from typing import Self

import pytest
from django.test import Client
from django.utils import timezone

from rankings.models import Edition, Release
from rankings.models.releases import ReleaseQuerySet
from tests import factories
from tests.public.reading import API, FILES, PAGES, ROBOTS
from tests.scenes import scene

pytestmark = pytest.mark.django_db

CANARY = "École du Canari-7F3A"
HIDDEN = tuple(address.replace("2026", "2027") for address in PAGES + FILES + API if "2026" in address)
EVERYWHERE = PAGES + tuple(f"/en{page}" for page in PAGES) + FILES + API + ROBOTS + HIDDEN


def seen(client: Client) -> dict[str, tuple[int, bytes, dict[str, str]]]:
    found = {}
    for address in (*EVERYWHERE, "/recherche/?q=canari", "/articles/le-canari/"):
        response = client.get(address)
        found[address] = (response.status_code, response.content, dict(response.headers))
    return found


def hide_a_release() -> Release:
    """An edition of next year with a canary in it, sealed for in a minute, and an article about it."""
    canary = factories.unit(CANARY, city="Volière")
    edition = factories.edition([canary, *factories.units(4)], year=2027)
    soon = timezone.now() + timedelta(minutes=10)
    release = factories.sealed_release(edition, publish_at=soon)
    said = {"title_fr": "Le canari", "body_fr": "Elle est [[rang:ecole-du-canari-7f3a]]."}
    factories.approved_article(release, publish_at=soon, body_en="", **said)
    return release


@scene(factories.approved_article)
def test_sealed_release_changes_no_byte_of_any_answer(client: Client) -> None:
    before = seen(client)
    hide_a_release()
    after = seen(client)
    assert {address for address in after if after[address] != before[address]} == set()
    assert not any(b"anari" in body for address, (_s, body, _h) in after.items() if "canari" not in address)


@scene(factories.approved_article)
def test_gate_off_the_same_walk_finds_leaks(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: were the predicate not asked, the walk above would see it."""
    before = seen(client)
    hide_a_release()

    def everything(self: Self, *, at: object) -> Self:
        return self.all()

    monkeypatch.setattr(ReleaseQuerySet, "published", everything)
    after = seen(client)
    leaks = {address for address in after if after[address] != before[address]}
    assert {"/", "/donnees/", "/sitemap.xml", "/api/v1/editions/", "/ecoles-ingenieurs/2027/"} <= leaks
    assert b"anari" in after["/ecoles-ingenieurs/2027/"][1]


def test_release_taken_back_before_its_instant_never_was(client: Client) -> None:
    from editorial.actions import editions
    from tests.people import cast

    release = factories.sealed_release(publish_at=factories.NOW - timedelta(hours=1), at=factories.START)
    reasons = {"reason_fr": "Canari retiré.", "reason_en": "Canary withdrawn."}
    editions.withdraw_release(by=cast().claire, at=factories.NOW - timedelta(hours=2), release=release, **reasons)
    for address in EVERYWHERE:
        response = client.get(address)
        assert response.status_code in {200, 404}, address
        assert b"Canar" not in response.content, address


@scene(factories.edition, 6)
def test_correction_under_embargo_leaves_the_current_version_as_it_is(client: Client) -> None:
    edition = Edition.objects.get()
    factories.published_release(edition)
    before = seen(client)
    factories.sealed_release(edition, publish_at=timezone.now() + timedelta(minutes=5))
    after = seen(client)
    assert {address for address in after if after[address] != before[address]} == set()
