"""Archival editions on the public site: ranks as printed, what is unknown said so, nothing computed, no page broken."""

import csv
import hashlib
import io
import json
from dataclasses import replace

import pytest
from django.http import HttpResponse
from django.test import Client

from rankings.facts import Facts
from rankings.models import Release
from schools.models import Unit
from tests import factories
from tests.public.reading import schools_in_order, words
from tests.scenes import scene

pytestmark = [pytest.mark.django_db, scene(factories.archival_release)]
PRINTED = "/ecoles-ingenieurs/2018/"
FIRST = f"{PRINTED}ecoles/ecole-des-mines-de-brezac/"
API = f"/api/v1/editions{PRINTED}"


def printed_and_computed() -> None:
    factories.archival_release(publish_at=factories.PAST)
    factories.published_release()


def rows(response: HttpResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_ranking_has_the_ranks_and_ties_as_printed(client: Client) -> None:
    response = client.get(PRINTED)
    assert schools_in_order(response) == list(Release.objects.get().units.values_list("slug", flat=True))
    said = words(response)
    assert "Rangs repris de l’imprimé ; non recalculables." in said
    assert "L’imprimé classe 63 écoles ; 6 sont connues ici, la place des autres est inconnue." in said
    assert said.count("ex aequo") == 2 * 2  # two places, and the cells they are read in
    assert "Édition d’archive" in said
    assert "Le trait dans chaque barre" not in said
    assert "permettent de refaire le calcul" not in said


def test_ranking_leads_each_place_to_its_cells(client: Client) -> None:
    said = words(client.get(PRINTED))
    assert "C4, Rang 3e ex aequo" in said


def test_filters_and_their_sentence_know_of_unknown_places(client: Client) -> None:
    response = client.get(PRINTED, {"region": "Occitanie", "order": "name"})
    assert schools_in_order(response)
    assert "ou dont la place n’est pas connue ici" in words(response)


def test_a_threshold_of_a_print_without_families_is_said_to_be_none(client: Client) -> None:
    response = client.get(PRINTED, {"min_insertion": "2"})
    assert "« min_insertion » : cette édition n’a pas cette famille." in words(response)
    assert len(schools_in_order(response)) == 6


def test_school_page_says_its_rank_of_how_many_and_where_it_is_written(client: Client) -> None:
    said = words(client.get(FIRST))
    assert "1 re sur 63" in said
    assert "Le magazine, n° 412, p. 38" in said
    assert "C2" in said
    assert "1re" in said
    assert "non recalculables" in said


def test_school_that_the_print_does_not_give_is_not_found(client: Client) -> None:
    factories.unit("École inconnue de l’imprimé")
    assert client.get(f"{PRINTED}ecoles/ecole-inconnue-de-l-imprime/").status_code == 404


@scene(printed_and_computed)
def test_school_page_leads_to_its_places_in_the_other_editions(client: Client) -> None:
    content = client.get(FIRST).content.decode()
    assert 'href="/ecoles-ingenieurs/2026/ecoles/ecole-des-mines-de-brezac/"' in content


def test_method_is_that_of_the_print_in_words(client: Client) -> None:
    said = words(client.get(f"{PRINTED}methode/"))
    assert factories.PRINT_WORDS.method_fr in said
    assert "57 autres sont inconnues" in said
    assert "palmares_2018.csv" in said
    english = words(client.get(f"/en{PRINTED}methode/"))
    assert factories.PRINT_WORDS.method_en in english


@pytest.mark.parametrize("name", ["valeurs.csv", "evolution.csv", "methode.toml"])
def test_files_of_what_a_print_has_not_are_not_there(client: Client, name: str) -> None:
    assert client.get(f"{PRINTED}donnees/{name}").status_code == 404
    assert name not in client.get(f"{PRINTED}donnees/").content.decode()


def test_files_have_the_places_and_their_cells(client: Client) -> None:
    found = rows(client.get(f"{PRINTED}donnees/classement.csv"))
    assert [(row["rang"], row["ex aequo"], row["score"]) for row in found][2:5] == [
        ("3", "1", ""),
        ("3", "1", ""),
        ("16", "0", ""),
    ]
    assert "C4 = 3e ex aequo" in found[2]["cellules"]
    document = client.get(f"{PRINTED}donnees/version.json")
    release = Release.objects.get()
    assert hashlib.sha256(document.content).hexdigest() == release.digest
    assert json.loads(document.content)["archival"] is True


def test_api_says_that_it_is_archival_and_where_it_was_printed(client: Client) -> None:
    edition = client.get(API).json()
    assert (edition["archival"], edition["ranked_count"], edition["method_digest"]) == (True, 63, "")
    assert edition["printed"]["title"] == "Le magazine, n° 412, p. 38"
    units = client.get(f"{API}units/").json()
    assert units["count"] == 6
    assert units["results"][2]["tied"] is True
    assert units["results"][0]["score"] is None
    assert [cell["cell"] for cell in units["results"][0]["cells"]] == ["A2", "B2", "C2"]
    assert client.get(f"{API}nodes/").json() == []
    assert client.get(f"{API}document/").status_code == 200


@scene(factories.published_release)
def test_api_of_a_computed_edition_has_no_print(client: Client) -> None:
    edition = client.get("/api/v1/editions/ecoles-ingenieurs/2026/").json()
    assert (edition["archival"], edition["printed"], edition["out_of"]) == (False, None, "")


@pytest.mark.parametrize("page", ["comparer/", "regions/", "regions/occitanie/", "criteres/"])
def test_pages_that_only_points_could_make_lead_to_the_ranking(client: Client, page: str) -> None:
    response = client.get(f"{PRINTED}{page}")
    assert response.status_code == 302
    assert response["Location"].partition("?")[0] == PRINTED


def test_every_page_of_an_archive_answers(client: Client, subtests: pytest.Subtests) -> None:
    for page in ("/", "/donnees/", PRINTED, FIRST, f"{PRINTED}donnees/", f"{PRINTED}version/1/", "/recherche/?q=mines"):
        for prefix in ("", "/en"):
            with subtests.test(page=prefix + page):
                assert client.get(prefix + page).status_code == 200


def test_nothing_of_an_archive_is_read_before_its_instant(client: Client) -> None:
    factories.archival_release(year=2019, publish_at=factories.FUTURE)
    address = PRINTED.replace("2018", "2019")
    for page in ("", "ecoles/ecole-des-mines-de-brezac/", "methode/", "donnees/", "version/1/", "donnees/version.json"):
        assert client.get(address + page).status_code == 404
    assert client.get(f"/api/v1/editions{address}units/").status_code == 404
    for page in ("/", "/sitemap.xml", "/sitemap/site.xml", "/donnees/", "/api/v1/editions/", "/api/v1/units/", FIRST):
        assert "2019" not in client.get(page).content.decode().replace(str(factories.NOW.year), "")


def test_points_are_shown_where_they_are_printed(client: Client) -> None:
    from editorial.actions import editions, prints
    from tests.people import cast

    school = Unit.objects.get(slug="ecole-des-mines-de-brezac")
    edition = editions.open_edition(
        by=cast().hugo, at=factories.START, ranking=factories.ranking(), year=2019, texts=factories.TEXTS, archival=True
    )
    content = factories.printed_file((school.name, "1", "41,25"), head=("École", "Rang", "Points"))
    prints.enter_places(
        by=cast().hugo,
        at=factories.START,
        edition=edition,
        seen_version=1,
        received=factories.received_print(content),
        columns=prints.PlaceColumns(points="Points"),
        words=replace(factories.PRINT_WORDS, out_of="63"),
    )
    factories.sealed_release(edition, publish_at=factories.PAST)
    address = PRINTED.replace("2018", "2019")
    assert "41,25" in words(client.get(address))
    assert "sur 63" in words(client.get(address))
    assert "41,25 sur 63" in words(client.get(f"{address}ecoles/{school.slug}/"))
    assert rows(client.get(f"{address}donnees/classement.csv"))[0]["score"] == "41.25"


def test_facts_of_an_archive_are_its_ranks(client: Client) -> None:
    facts = Facts(Release.objects.get())
    assert facts.get("rang:ecole-des-mines-de-brezac").figure("fr") == "1re"
