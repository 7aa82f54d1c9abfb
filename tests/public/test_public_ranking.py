"""The table of a ranking: order, ties, filters, sorting, pages, the unranked."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client

from rankings.models import Release, ReleasePoints
from tests import factories
from tests.public.reading import EDITION, schools_in_order, words
from tests.scenes import scene

pytestmark = [pytest.mark.django_db, scene(factories.published_release, schools=12)]
WHOLE = replace(factories.PRINT_WORDS, ranked_count=5)
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
    from statistics import median

    from palmares.public.board import Board

    board = Board(release)
    for family in board.families:
        figures = [Decimal(board.points[unit.pk, family.pk].points) for unit in board.units if unit.rank is not None]
        assert board.medians[family.pk] == median(figures)


def test_entry_and_duration_filter_with_counts_and_chips(client: Client) -> None:
    schools = factories.units_with_courses(9)
    factories.published_release(factories.edition(schools, slug="parcours", left_out=False, unranked=False))
    address = "/parcours/2026/"
    content = client.get(address).content.decode()
    for name, label in (("entry", "Après le bac"), ("entry", "Après une prépa"), ("duration", "5\u00a0ans")):
        assert re.search(rf'name="{name}"[^>]*>{label}<span class="n">3</span>', content), label
    after_bac = schools_in_order(client.get(address, {"entry": "post_bac"}))
    assert sorted(after_bac) == sorted(school.slug for school in schools[::3])
    response = client.get(address, {"entry": ["post_bac", "post_prepa"], "duration": "3"})
    assert sorted(schools_in_order(response)) == sorted(school.slug for school in schools[1::3])
    assert 'href="?duration=3&amp;entry=post_prepa"' in response.content.decode()
    assert 'href="?entry=post_bac&amp;entry=post_prepa"' in response.content.decode()


def test_unknown_entry_or_duration_is_said_and_ignored(client: Client, release) -> None:
    response = client.get(EDITION, {"entry": "post_master", "duration": "12"})
    assert words(response).count("Sélectionnez un choix valide") == 2
    assert len(schools_in_order(response)) == release.ranked_count


def points_at(release: Release, key: str) -> dict[str, Decimal]:
    rows = ReleasePoints.objects.filter(unit__release=release, node__key=key).select_related("unit")
    return {row.unit.slug: Decimal(row.points) for row in rows if row.points}


def test_threshold_keeps_the_schools_that_reach_it_exactly(client: Client, release) -> None:
    points = points_at(release, "insertion")
    ranked = {unit.slug for unit in release.units.filter(rank__isnull=False)}
    for least in sorted(set(points.values())):
        for asked, expected in ((least, {s for s in ranked if points[s] >= least}),):
            response = client.get(EDITION, {"min_insertion": str(asked).replace(".", ",")})
            assert set(schools_in_order(response)) == expected
    beyond = max(points.values()) + Decimal("0.000001")
    if beyond <= Decimal(release.nodes.get(key="insertion").out_of):
        assert schools_in_order(client.get(EDITION, {"min_insertion": str(beyond)})) == []


def test_threshold_is_compared_as_a_number_and_not_as_letters(client: Client, release) -> None:
    points = points_at(release, "insertion")
    assert any(str(one) > str(two) and one < two for one in points.values() for two in (Decimal(10), Decimal("9.9")))
    kept = schools_in_order(client.get(EDITION, {"min_insertion": "9.9"}))
    assert set(kept) == {slug for slug in points if points[slug] >= Decimal("9.9")} & set(kept)


def test_thresholds_of_several_families_all_hold_and_each_has_its_chip(client: Client, release) -> None:
    insertion, openness = points_at(release, "insertion"), points_at(release, "ouverture")
    response = client.get(EDITION, {"min_insertion": "3", "min_ouverture": "4", "region": "Occitanie"})
    kept = schools_in_order(response)
    assert all(insertion[slug] >= 3 and openness[slug] >= 4 for slug in kept)
    content = response.content.decode()
    assert content.count('class="chip"') == 3
    assert 'href="?min_ouverture=4&amp;region=Occitanie"' in content
    assert "les places manquantes sont tenues par des écoles que vos filtres écartent" in words(response)


@pytest.mark.parametrize("typed", ["beaucoup", "-1", "1e1", "1000000", "12.5.1", "٣", "NaN", "0x10", "9" * 50])
def test_threshold_that_is_no_number_of_points_is_said_and_ignored(client: Client, release, typed: str) -> None:
    response = client.get(EDITION, {"min_insertion": typed})
    assert "Un nombre de points de 0 à" in words(response)
    assert 'aria-invalid="true"' in response.content.decode()
    assert len(schools_in_order(response)) == release.ranked_count


def test_threshold_of_no_family_of_this_edition_is_said(client: Client, release) -> None:
    response = client.get(EDITION, {"min_ouverture-sociale": "2"})
    assert "« min_ouverture-sociale » : cette édition n’a pas cette famille." in words(response)
    assert len(schools_in_order(response)) == release.ranked_count


def test_any_family_or_criterion_that_gave_points_sorts(client: Client, release) -> None:
    for node in release.nodes.all():
        points = points_at(release, node.key)
        order = schools_in_order(client.get(EDITION, {"order": node.key}))
        shown = [points.get(slug, Decimal(-1)) for slug in order]
        assert shown == sorted(shown, reverse=True), node.key


def test_filters_are_those_of_the_api(client: Client, release) -> None:
    query = {"min_insertion": "3,5", "sector": ["public", "private"], "order": "emploi"}
    page = schools_in_order(client.get(EDITION, {**query, "per": "all"}))
    answer = client.get(f"/api/v1/editions{EDITION}units/", query).json()
    assert [row["slug"] for row in answer["results"] if row["rank"]] == page
    for wrong in ({"min_x": "1"}, {"min_insertion": "x"}, {"entry": "x"}, {"duration": "x"}):
        refused = client.get(f"/api/v1/editions{EDITION}units/", wrong)
        assert refused.status_code == 400
        assert list(refused.json()) == list(wrong)


@scene(None)
def test_move_since_the_edition_before_is_shown(client: Client) -> None:
    schools = factories.units(6)
    factories.archival_release(schools=schools[:5], ranks=("4", "2", "1", "3", "5"), year=2025, words=WHOLE)
    release = factories.published_release(factories.edition(schools, year=2027))
    said = words(client.get("/ecoles-ingenieurs/2027/"))
    assert "Depuis 2025" in said
    ranks = dict(release.units.values_list("slug", "rank"))
    before = dict(zip((school.slug for school in schools), (4, 2, 1, 3, 5), strict=False))
    gained = [slug for slug, rank in before.items() if ranks[slug] and rank > ranks[slug]]
    lost = [slug for slug, rank in before.items() if ranks[slug] and rank < ranks[slug]]
    assert said.count("gagne ") == len(gained) > 0
    assert said.count("perd ") == len(lost) > 0
    assert "dont une édition au moins est reprise d’un imprimé" in said


@scene(None)
def test_move_of_a_school_whose_place_is_unknown_is_not_a_novelty(client: Client) -> None:
    schools = factories.units(6)
    factories.archival_release(schools=schools[:2], ranks=("1", "2"), year=2025)
    factories.archival_release(schools=schools[:3], ranks=("2", "2", "4"), year=2026, slug="ecoles-ingenieurs")
    said = words(client.get("/ecoles-ingenieurs/2026/"))
    assert "rang de 2025 inconnu" in said
    assert "nouvelle" not in said


@scene(factories.archival_release, year=2018)
def test_move_of_a_new_or_unranked_school_says_so(client: Client) -> None:
    schools = factories.units(12)
    factories.published_release(factories.edition(schools[:6], year=2021))
    later = factories.edition(schools[3:9], year=2022, reference_year=2024, unranked=False)
    factories.published_release(later)
    said = words(client.get("/ecoles-ingenieurs/2022/"))
    assert said.count("nouvelle") >= 2
    assert "non classée en 2021" in said
    assert "Depuis 2021" in said
    assert "Depuis 2018" in words(client.get("/ecoles-ingenieurs/2021/"))


def test_move_never_gives_away_an_edition_under_embargo(client: Client, release) -> None:
    factories.archival_release(year=2024, publish_at=factories.FUTURE)
    assert "Depuis" not in words(client.get(EDITION))
