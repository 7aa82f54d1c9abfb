"""The regions of an edition: how many schools, where they stand, who is first, and nobody forgotten."""

from decimal import Decimal

import pytest
from django.test import Client

from palmares.public.regions import Region, Regions, region_slug
from rankings.models import Release, ReleaseUnit
from tests import factories
from tests.public.reading import EDITION, MAP, schools_in_order, words
from tests.scenes import scene

REGIONS = f"{EDITION}regions/"


def unit(slug: str, rank: int | None, region: str = "Occitanie", *, tied: bool = False) -> ReleaseUnit:
    return ReleaseUnit(slug=slug, name=slug, search_key=slug, rank=rank, tied=tied, region=region)


def test_places_in_a_region_are_competition_ranks() -> None:
    region = Region("Occitanie", (unit("a", 3), unit("b", 7, tied=True), unit("c", 7, tied=True), unit("d", 90)))
    assert [(p.unit.slug, p.place, p.tied) for p in region.ranked] == [
        ("a", 1, False),
        ("b", 2, True),
        ("c", 2, True),
        ("d", 4, False),
    ]
    assert [placed.unit.slug for placed in region.first] == ["a"]
    assert region.median == Decimal(7)


def test_a_tie_inside_the_country_is_none_in_a_region_where_it_stands_alone() -> None:
    region = Region("Bretagne", (unit("a", 3, tied=True), unit("b", 4)))
    assert [(p.place, p.tied) for p in region.ranked] == [(1, False), (2, False)]


def test_firsts_are_all_who_share_the_place_and_the_median_may_lie_between() -> None:
    region = Region("Corse", (unit("a", 3), unit("b", 3), unit("c", 8), unit("d", 9), unit("e", None)))
    assert [placed.unit.slug for placed in region.first] == ["a", "b"]
    assert region.median == Decimal("5.5")
    assert [one.slug for one in region.unranked] == ["e"]
    assert (region.within(25, 12), region.within(25, 11)) == (2, 0)


def test_a_region_without_rank_has_no_first_nor_median() -> None:
    region = Region("Corse", (unit("e", None),))
    assert (region.first, region.median, region.ranks) == ([], None, ())


def test_orders_put_those_without_rank_last() -> None:
    everyone = [
        unit("a", 1, "Sud"),
        unit("b", 2, "Nord"),
        unit("c", 9, "Nord"),
        unit("d", None, "Ailleurs"),
        unit("e", 3, ""),
    ]
    regions = Regions(everyone)
    assert [region.name for region in regions.ordered("name")] == ["Ailleurs", "Nord", "Sud"]
    assert [region.name for region in regions.ordered("schools")] == ["Nord", "Ailleurs", "Sud"]
    assert [region.name for region in regions.ordered("first")] == ["Sud", "Nord", "Ailleurs"]
    assert [region.name for region in regions.ordered("median")] == ["Sud", "Nord", "Ailleurs"]
    assert [one.slug for one in regions.without] == ["e"]


@pytest.mark.django_db
@scene(factories.published_release, schools=12)
def test_every_region_is_there_with_its_counts_and_its_first(client: Client) -> None:
    release = Release.objects.get()
    response = client.get(REGIONS)
    said = words(response)
    for name in set(release.units.values_list("region", flat=True)):
        assert f'href="{REGIONS}{region_slug(name)}/"' in response.content.decode()
        assert name in said
    first = release.units.filter(region="Occitanie", rank__isnull=False).earliest("position")
    assert first.name in said
    ranks = release.units.filter(region="Occitanie", rank__isnull=False).order_by("rank").values_list("rank", flat=True)
    assert f"écoles classées, aux rangs {', '.join(map(str, ranks))}" in response.content.decode()


@pytest.mark.django_db
@scene(factories.published_release, schools=12)
def test_orders_are_addresses_and_an_odd_one_is_by_name(client: Client) -> None:
    for order, head in (
        ("schools", "descending"),
        ("first", "ascending"),
        ("median", "ascending"),
        ("x'--", "ascending"),
    ):
        response = client.get(REGIONS, {"order": order})
        assert response.status_code == 200
        assert response.content.decode().count("aria-sort") == 1
        assert f'aria-sort="{head}"' in response.content.decode()


@pytest.mark.django_db
@scene(factories.published_release, schools=12)
def test_a_region_lists_its_schools_in_order_and_names_the_unranked(client: Client) -> None:
    release = Release.objects.get()
    for name in ("Occitanie", "Île-de-France", "Auvergne-Rhône-Alpes"):
        response = client.get(f"{REGIONS}{region_slug(name)}/")
        units = release.units.filter(region=name).order_by("position")
        assert schools_in_order(response) == [unit.slug for unit in units if unit.rank is not None]
        for one in units:
            assert one.name in words(response)
            assert one.rank is not None or " ".join(one.unranked_fr.split())[:30] in words(response)
    assert "de la région" in words(client.get(f"{REGIONS}occitanie/"))


@pytest.mark.django_db
@scene(factories.published_release, schools=12)
def test_an_unknown_region_is_not_found(client: Client) -> None:
    for slug in ("atlantide", "Occitanie", "ile-de-france-2"):
        assert client.get(f"{REGIONS}{slug}/").status_code == 404


@pytest.mark.django_db
@scene(factories.published_release, schools=12)
def test_a_school_and_the_sitemap_lead_to_its_region(client: Client) -> None:
    school = client.get(f"{EDITION}ecoles/ecole-des-mines-de-brezac/").content.decode()
    assert f'href="{REGIONS}occitanie/"' in school
    sitemap = client.get(MAP).content.decode()
    assert f"http://testserver{REGIONS}occitanie/" in sitemap
    assert f"http://testserver/en{REGIONS}" in sitemap


@pytest.mark.django_db
def test_schools_without_region_are_named_and_no_region_at_all_is_said(client: Client) -> None:
    nowhere = [factories.unit(f"École nomade {n}", region="", city="") for n in range(5)]
    factories.published_release(factories.edition(nowhere, slug="nomades"))
    said = words(client.get("/nomades/2026/regions/"))
    assert "Aucune école de cette édition n’a de région connue." not in said, "one was left out of the perimeter"
    assert "La région de 5 écoles n’est pas connue" in said
    assert "École nomade 3" in said


@pytest.mark.django_db
@scene(factories.withdrawn_release)
def test_what_was_taken_back_is_gone(client: Client) -> None:
    for address in (REGIONS, f"{REGIONS}occitanie/"):
        response = client.get(address)
        assert (response.status_code, response.headers["Cache-Control"]) == (410, "no-store")
