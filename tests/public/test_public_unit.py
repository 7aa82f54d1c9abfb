"""A school's page: each value down to its cells, and what a licence keeps back kept back everywhere."""

from decimal import Decimal

import pytest
from django.test import Client

from palmares.public.quotients import decimals_shown
from rankings.models import Release, ReleaseIndicator
from schools.models import Unit
from tests import factories
from tests.public.reading import API, EDITION, FILES, PAGES, release_with_licences, words
from tests.scenes import scene

pytestmark = pytest.mark.django_db

BREZAC = f"{EDITION}ecoles/ecole-des-mines-de-brezac/"


@scene(factories.published_release)
def test_value_leads_to_its_document_cell_text_and_verification(client: Client) -> None:
    said = words(client.get(BREZAC))
    for part in ("Salaire à la sortie", "52 000 €", "Enquête certifiée", "Observatoire des écoles", "p. 12", "Vu le"):
        assert part in said
    assert "une personne qui n’a pas saisi la valeur l’a comparée" in said


@scene(release_with_licences)
def test_many_cells_are_listed_in_a_part_that_opens(client: Client) -> None:
    page = client.get(BREZAC).content.decode()
    assert "<details><summary>9 cellules</summary>" in page.replace("\n", "")
    assert "lu 11" in page


@scene(release_with_licences)
def test_withheld_value_leaves_by_no_door(client: Client) -> None:
    for address in (*PAGES, *FILES, *API):
        body = client.get(address).content.decode().replace("\u202f", "").replace("\xa0", "").replace(" ", "")
        assert "51739" not in body, address
    assert "non publiable" in words(client.get(BREZAC))
    assert "ne laisse sortir que les points" in words(client.get(BREZAC))


@scene(release_with_licences)
def test_value_to_look_at_only_is_on_the_page_and_in_no_file(client: Client) -> None:
    assert "97,3 %" in words(client.get(BREZAC))
    for address in (*FILES, *API):
        body = client.get(address).content.decode()
        assert "97.3" not in body, address
        assert "97,3" not in body, address


@scene(release_with_licences)
def test_bounds_that_would_say_a_withheld_value_are_not_printed(client: Client) -> None:
    said = words(client.get(f"{EDITION}methode/"))
    assert "Les bornes ne sont pas publiées" in said


@scene(factories.published_release)
def test_unranked_school_has_its_page_with_the_reason(client: Client) -> None:
    release = Release.objects.get()
    for unit in release.units.filter(rank=None):
        response = client.get(f"{EDITION}ecoles/{unit.slug}/")
        assert response.status_code == 200
        assert "Non classée" in words(response)


@scene(factories.published_release)
def test_absence_is_said_in_words(client: Client) -> None:
    release = Release.objects.get()
    last = release.units.filter(rank=None, values__kind="secret").first()
    assert last is not None
    assert "secret statistique" in words(client.get(f"{EDITION}ecoles/{last.slug}/"))


def test_hostile_name_is_only_text(client: Client) -> None:
    school = factories.unit("École <script>alert(1)</script>", city='"><img src=x>')
    factories.published_release(factories.edition([school, *factories.units(4)]))
    for address in (EDITION, f"{EDITION}ecoles/{school.slug}/", "/", "/recherche/?q=script"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_site_of_the_school_is_a_link_out_as_it_was_when_the_release_was_sealed(client: Client) -> None:
    school = factories.unit("École du Gué", website="https://www.ecole-du-gue.example/")
    odd = factories.unit("École du Pont", website="javascript:alert(1)")
    factories.published_release(factories.edition([school, odd, *factories.units(4)]))
    Unit.objects.update(website="https://ailleurs.example/")
    page = client.get(f"{EDITION}ecoles/{school.slug}/")
    assert 'href="https://www.ecole-du-gue.example/" rel="external noopener"' in page.content.decode()
    assert "Site de l’école ecole-du-gue.example (autre site)" in words(page)
    assert "ailleurs.example" not in page.content.decode()
    other = client.get(f"{EDITION}ecoles/{odd.slug}/").content.decode()
    assert "javascript:" not in other
    assert "Site de l’école" not in other


@pytest.mark.parametrize(("figure", "digits"), [("46.75", 2), ("46.7", 1), ("46", 1), ("1E+2", 1)])
def test_a_median_between_two_values_is_not_rounded(figure: str, digits: int) -> None:
    assert decimals_shown(ReleaseIndicator(decimals=1), Decimal(figure)) == digits
