"""A school's page: each value down to its cells, and what a licence keeps back kept back everywhere."""

import pytest
from django.test import Client

from rankings.models import Release
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
