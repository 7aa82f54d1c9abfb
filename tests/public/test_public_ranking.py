"""The table of a ranking: order, ties, filters, sorting, pages, the unranked."""

import pytest
from django.test import Client

from rankings.models import Release
from tests import factories
from tests.public.reading import EDITION, schools_in_order, words
from tests.scenes import scene

pytestmark = [pytest.mark.django_db, scene(factories.published_release, schools=12)]
ODD = [
        {"q": "\0"}, {"q": "x" * 5000}, {"q": "<script>alert(1)</script>"}, {"page": "-1"}, {"page": "9" * 400},
        {"page": "deux"}, {"per": "10**9"}, {"order": "score__gt"}, {"sector": ["public"] * 50}, {"region": "'; --"},
]  # fmt: skip


@pytest.fixture
def release(db: None) -> Release:
    return Release.objects.get()


def test_rows_are_those_of_the_release_in_its_order(client: Client, release) -> None:
    ranked = release.units.filter(rank__isnull=False).order_by("position")
    assert schools_in_order(client.get(EDITION)) == [unit.slug for unit in ranked]


def test_tie_is_written_and_unranked_schools_are_listed_with_their_reason(client: Client, release) -> None:
    said = words(client.get(EDITION))
    assert release.units.filter(tied=True).exists()
    assert "ex aequo" in said
    for unit in release.units.filter(rank=None):
        assert unit.name in said
        assert unit.unranked_fr.replace("\xa0", " ").replace("\u202f", " ")[:40] in said


def test_filter_keeps_national_ranks_and_says_who_holds_the_missing_places(client: Client, release) -> None:
    kept = release.units.filter(region="Occitanie", rank__isnull=False).order_by("position")
    response = client.get(EDITION, {"region": "Occitanie"})
    assert schools_in_order(response) == [unit.slug for unit in kept]
    assert kept.count() < release.ranked_count
    for unit in kept:
        assert f"{unit.rank}<sup>" in response.content.decode()
    assert "Les rangs restent ceux du classement complet" in words(response)


def test_name_is_found_without_accents_and_in_any_order_of_words(client: Client, release) -> None:
    assert schools_in_order(client.get(EDITION, {"q": "BREZAC mines"})) == ["ecole-des-mines-de-brezac"]


def test_chip_removes_its_own_filter_only(client: Client, release) -> None:
    page = client.get(EDITION, {"region": "Occitanie", "sector": ["public", "private"]}).content.decode()
    assert page.count('class="chip"') == 3
    assert 'href="?sector=public&amp;sector=private"' in page
    assert 'href="?region=Occitanie&amp;sector=private"' in page


def test_unknown_choice_is_said_and_the_rest_still_filters(client: Client, release) -> None:
    response = client.get(EDITION, {"region": "Atlantide", "q": "mines", "order": "hasard"})
    assert response.status_code == 200
    assert "Filtre ignoré" in words(response)
    assert all("mines" in slug for slug in schools_in_order(response))


def test_odd_query_never_breaks_the_page(client: Client, release, subtests: pytest.Subtests) -> None:
    for query in ODD:
        with subtests.test(query=str(query)[:60]):
            response = client.get(EDITION, query)
            assert response.status_code == 200
            assert b"<script>alert" not in response.content


def test_sorting_by_a_node_puts_most_points_first_and_the_pointless_last(client: Client, release) -> None:
    from decimal import Decimal

    from rankings.models import ReleasePoints

    points = ReleasePoints.objects.filter(unit__release=release, node__key="doctorants")
    by_slug = {p.unit.slug: Decimal(p.points) for p in points.select_related("unit") if p.points}
    order = schools_in_order(client.get(EDITION, {"order": "doctorants"}))
    shown = [by_slug[slug] for slug in order]
    assert shown == sorted(shown, reverse=True)
    assert len(set(shown)) > 2


def test_pages_hold_every_school_once(client: Client, release) -> None:
    factories.published_release(factories.edition(60, slug="grand-palmares"))
    address = "/grand-palmares/2026/"
    first, second = (schools_in_order(client.get(address, {"page": number})) for number in ("1", "2"))
    everyone = schools_in_order(client.get(address, {"per": "all"}))
    assert len(first) == 50
    assert first + second == everyone


def test_medians_are_those_of_the_ranked_schools(release) -> None:
    from decimal import Decimal
    from statistics import median

    from palmares.public.board import Board

    board = Board(release)
    for family in board.families:
        figures = [Decimal(board.points[unit.pk, family.pk].points) for unit in board.units if unit.rank is not None]
        assert board.medians[family.pk] == median(figures)
