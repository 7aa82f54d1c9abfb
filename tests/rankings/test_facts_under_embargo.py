"""Which earlier editions a fact may rest on: those public at its release's own instant, and at the reader's."""

from datetime import timedelta

import pytest
from django.test import Client

from editorial.actions import editions
from rankings.facts import Facts, Standing
from rankings.models import Release
from tests import factories as make
from tests.people import cast

pytestmark = pytest.mark.django_db

BREZAC = "ecole-des-mines-de-brezac"
DAY = timedelta(days=1)
# The release that speaks of the past is published here; the editions before it earlier or later.
THEN = make.NOW - 20 * DAY


def released(year: int, publish_at: object, **said: object) -> Release:
    return make.sealed_release(make.edition(6, year=year), publish_at=publish_at, at=make.START, **said)


def test_an_earlier_edition_public_then_is_spoken_of() -> None:
    released(2025, THEN - DAY)
    now = released(2026, THEN)
    facts = Facts(now)
    assert facts.get(f"rang:{BREZAC}:2025").figure("fr") == "4e"
    assert facts.get(f"gain:{BREZAC}").figure("fr") == "0"


@pytest.mark.parametrize("late", [THEN + DAY, make.FUTURE])
def test_an_earlier_edition_that_was_not_public_then_is_not(late: object) -> None:
    released(2025, late)
    facts = Facts(released(2026, THEN), at=make.FUTURE + DAY)
    fact = facts.find(f"rang:{BREZAC}:2025")
    assert fact.standing is Standing.UNKNOWN
    assert fact.reason("fr") == "L’édition 2025 n’est pas publiée ici."
    assert 2025 not in facts.held.earlier


def test_a_later_edition_never_is() -> None:
    released(2026, THEN - DAY)
    assert dict(Facts(released(2025, THEN)).held.earlier) == {}


def test_nor_is_another_ranking() -> None:
    make.sealed_release(make.edition(6, year=2025, slug="ecoles-de-commerce"), publish_at=THEN - DAY)
    assert dict(Facts(released(2026, THEN)).held.earlier) == {}


def test_an_edition_taken_back_since_is_not_read_by_a_page_of_today() -> None:
    old = released(2025, THEN - DAY)
    now = released(2026, THEN)
    editions.withdraw_release(by=cast().claire, at=THEN + DAY, release=old, reason_fr="Faux.", reason_en="Wrong.")
    assert 2025 in Facts(now, at=THEN).held.earlier
    assert 2025 in Facts(now).held.earlier, "what was true at its instant"
    assert dict(Facts(now, at=THEN + DAY).held.earlier) == {}


def test_a_correction_after_its_instant_does_not_rewrite_a_fact_and_is_noted() -> None:
    edition = make.edition(6, year=2025)
    make.sealed_release(edition, publish_at=THEN - DAY)
    now = released(2026, THEN)
    second = make.computed_release(edition, at=make.START + DAY)
    editions.sign_release(by=cast().marc, at=make.START + DAY, release=second, seen_digest=second.digest)
    editions.seal_release(
        by=cast().claire, at=make.START + DAY, release=second, seen_digest=second.digest, publish_at=THEN + DAY
    )
    before, after = Facts(now, at=THEN), Facts(now, at=THEN + DAY)
    for facts in (before, after):
        assert facts.held.earlier[2025].release.number == 1
    token = f"rang:{BREZAC}:2025"
    assert before.get(token).note("fr") == ""
    assert after.get(token).note("fr") == "L’édition 2025 est citée dans sa version 1, corrigée depuis."


def test_a_draft_on_an_unsealed_release_sees_what_was_public_when_it_was_computed() -> None:
    released(2024, make.START + DAY)
    released(2025, make.FUTURE)
    computed = make.computed_release(make.edition(6, year=2026), at=make.START + 2 * DAY)
    assert list(Facts(computed).held.earlier) == [2024]


def test_the_page_of_a_school_tells_nothing_of_an_edition_under_embargo(client: Client) -> None:
    released(2025, make.FUTURE)
    released(2026, THEN)
    assert (
        "2025"
        not in client.get(f"/ecoles-ingenieurs/2026/ecoles/{BREZAC}/")
        .content.decode()
        .replace("2025</td>", "")
        .split("<main")[1]
        .split("Chaque valeur")[0]
    )
