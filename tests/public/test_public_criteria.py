"""Families, criteria and indicators: what each is, what is known of it, and every school in its order."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from editorial.actions import editions
from palmares.public.board import Board
from palmares.public.criteria import Criteria
from rankings.models import Release, ReleasePoints
from schools.typography import number
from tests import factories
from tests.people import cast
from tests.public import two_years
from tests.public.reading import EDITION, MAP, release_with_licences, schools_in_order, words
from tests.rankings import families, shares
from tests.scenes import scene

pytestmark = pytest.mark.django_db

CRITERIA = f"{EDITION}criteres/"


def criterion(key: str) -> str:
    return f"{CRITERIA}{key}/"


@scene(factories.published_release, schools=12)
def test_every_family_and_criterion_is_listed_with_its_weight_and_leads_to_its_page(client: Client) -> None:
    response = client.get(CRITERIA)
    said, page = words(response), response.content.decode()
    for node in Release.objects.get().nodes.all():
        assert f'href="{criterion(node.key)}"' in page
        assert node.title in said
        assert client.get(criterion(node.key)).status_code == 200
    for part in ("Insertion 10 points, 60,0 % du score", "10 points, 40,0 % du score", "10 points, 20,0 % du score"):
        assert part in said


@scene(factories.published_release, schools=12)
def test_schools_stand_in_the_order_of_the_value_best_first(client: Client) -> None:
    release = Release.objects.get()
    rows = ReleasePoints.objects.filter(unit__release=release, node__key="doctorants", unit__rank__isnull=False)
    values = {row.unit.slug: Decimal(row.value) for row in rows.select_related("unit") if row.value}
    response = client.get(criterion("doctorants"))
    order = schools_in_order(response)
    assert [values[slug] for slug in order] == sorted(values.values(), reverse=True)
    assert len(set(values.values())) > 3
    assert "La place est prise sur la valeur" in words(response)


@scene(factories.published_release, schools=12)
def test_places_are_competition_ranks_and_ties_are_said(client: Client) -> None:
    found = Criteria(Board(Release.objects.get())).by_key["salaire"]
    values = [Decimal(standing.mark.value.split("\xa0")[0].replace("\u202f", "")) for standing in found.standings]
    for standing, value in zip(found.standings, values, strict=True):
        assert standing.place == 1 + sum(other > value for other in values)
        assert standing.tied is (values.count(value) > 1)
    assert any(standing.tied for standing in found.standings)


@scene(factories.published_release, schools=12)
def test_a_family_is_in_the_order_of_its_points_with_what_it_holds(client: Client) -> None:
    release = Release.objects.get()
    rows = ReleasePoints.objects.filter(unit__release=release, node__key="insertion", unit__rank__isnull=False)
    points = {row.unit.slug: Decimal(row.points) for row in rows.select_related("unit")}
    response = client.get(criterion("insertion"))
    order = schools_in_order(response)
    assert [points[slug] for slug in order] == sorted(points.values(), reverse=True)
    assert ": Salaire , Emploi" in words(response)
    assert "La place est prise sur les points imprimés" in words(response)


@scene(factories.published_release, schools=12)
def test_the_scale_the_year_the_sources_and_the_way_to_the_method_are_there(client: Client) -> None:
    said = words(client.get(criterion("emploi")))
    for part in ("Emploi à six mois", "à partir de 90 %", "Année 2025", "Enquête certifiée", "Plus c’est haut, mieux"):
        assert part in said
    assert f'href="{EDITION}methode/#c-emploi"' in client.get(criterion("emploi")).content.decode()


@scene(factories.published_release, schools=12)
def test_absences_are_counted_by_kind_and_shares_are_of_the_perimeter(client: Client) -> None:
    said = words(client.get(criterion("salaire")))
    assert "12 écoles dans le champ." in said
    assert "Connue 11 91,7 %" in said
    assert "Secret statistique 1 8,3 %" in said


@scene(factories.published_release, schools=12)
def test_an_unranked_school_is_named_apart_without_a_place(client: Client) -> None:
    release = Release.objects.get()
    secret = release.units.get(rank=None, values__kind="secret", values__indicator__code="salaire")
    response = client.get(criterion("salaire"))
    assert secret.slug not in schools_in_order(response)
    assert f"{secret.name} : secret statistique" in words(response)
    assert f"{secret.name} : " in words(client.get(criterion("emploi"))), "its other values are told"


@scene(release_with_licences)
def test_a_withheld_value_stays_so_and_places_are_then_taken_on_points(client: Client) -> None:
    response = client.get(criterion("salaire"))
    assert "51739" not in response.content.decode().replace("\u202f", "")
    assert "La place est prise sur les points imprimés" in words(response)
    assert "non publiable" in words(response)
    assert "Les bornes ne sont pas publiées" in words(response)
    assert "97,3 %" in words(client.get(criterion("emploi"))), "a value to look at only"


def test_a_criterion_that_divides_has_its_formula_and_each_figure_its_page(client: Client) -> None:
    shares.with_years()
    edition = f"/{shares.SLUG}/2026/"
    response = client.get(f"{edition}criteres/parite/")
    assert "Se calcule Femmes ÷ (femmes + hommes)" in words(response)
    assert f'href="{edition}indicateurs/femmes/"' in response.content.decode()
    said = words(client.get(f"{edition}indicateurs/femmes/"))
    assert "Compte pour Femmes parmi les élèves" in said
    assert "Manquante" not in said
    assert "Manquante 1 20,0 %" in words(client.get(f"{edition}indicateurs/hommes/"))
    assert "reprise de 2024" in words(client.get(f"{edition}indicateurs/places/"))


def test_an_indicator_that_a_criterion_reads_alone_is_told_by_that_criterion(client: Client) -> None:
    shares.with_years()
    response = client.get(f"/{shares.SLUG}/2026/indicateurs/emploi/")
    assert (response.status_code, response.headers["Location"]) == (302, f"/{shares.SLUG}/2026/criteres/emploi/")
    assert response.headers["Cache-Control"] == "no-store"


def test_an_indicator_of_places_or_of_yes_and_no_has_its_page_too(client: Client) -> None:
    edition, bounds = families.edition(), {"minimum": Decimal(0), "maximum": Decimal(9)}
    for code, measure, figures in (("charte", "boolean", "011001"), ("niveau", "ordinal", "122355")):
        column = factories.indicator(code, measure=measure, decimals=0, **bounds)
        for school, figure in zip(factories.units(6), figures, strict=True):
            factories.approved_value(figure, of=school, indicator_code=column.code)
    years = {one.indicator: factories.YEAR for one in edition.columns.all()}
    years |= {factories.indicator(code): factories.YEAR for code in ("charte", "niveau")}
    said = {"by": cast().hugo, "at": factories.START, "edition": edition, "seen_version": edition.version}
    editions.set_columns(**said, years=years)
    factories.published_release(edition)
    assert "3 oui sur 6" in words(client.get(f"{EDITION}indicateurs/charte/"))
    assert "médiane 2,5" in words(client.get(f"{EDITION}indicateurs/niveau/"))
    assert client.get(CRITERIA).status_code == 200


def test_a_bonus_is_beside_the_total_and_a_branch_of_a_branch_has_its_page(client: Client) -> None:
    release = families.published()
    edition = f"/{release.ranking_slug}/{release.year}/"
    said = words(client.get(f"{edition}criteres/"))
    assert "En plus du total" in said
    assert "bonus de 1 au plus, en plus du total" in said
    assert "2 oui sur 5" in said, "of yes and no there is no median"
    assert "médiane non" not in said
    for node in release.nodes.all():
        response = client.get(f"{edition}criteres/{node.key}/")
        assert response.status_code == 200, node.key
        assert "None" not in words(response)


@scene(two_years.both)
def test_the_name_it_had_is_said_even_under_another_key(client: Client) -> None:
    response = client.get(criterion("ouverture"))
    assert "D’une édition à l’autre" in words(response)
    assert f'href="{EDITION.replace("2026", "2025")}criteres/recherche/"' in response.content.decode()
    assert "2026 nouvelle méthode Ouverture" in words(response)
    assert "2025 elle n’a rien de tel" in words(client.get(criterion("mobilite")))
    then = client.get(f"{EDITION.replace('2026', '2025')}criteres/recherche/")
    assert f'href="{criterion("ouverture")}"' in then.content.decode(), "and what it was called since"


@scene(two_years.both)
def test_medians_of_each_edition_are_those_of_its_own_page(client: Client) -> None:
    for year in (2025, 2026):
        board = Board(Release.objects.get(year=year))
        node = next(node for node in board.nodes if node.key == "salaire")
        assert board.median_values[node.pk] in client.get(criterion("salaire")).content.decode()
        family = next(node for node in board.nodes if node.key == "insertion")
        assert number(board.medians[family.pk]) in words(client.get(criterion("insertion")))


@scene(factories.published_release)
def test_what_is_not_there_is_not_found(client: Client) -> None:
    for address in (criterion("inconnu"), f"{EDITION}indicateurs/inconnu/", criterion("SALAIRE")):
        response = client.get(address)
        assert (response.status_code, response.headers["Cache-Control"]) == (404, "no-store")


@scene(factories.published_release)
def test_school_method_and_sitemap_lead_to_criteria(client: Client) -> None:
    school = client.get(f"{EDITION}ecoles/ecole-des-mines-de-brezac/").content.decode()
    method = client.get(f"{EDITION}methode/").content.decode()
    for key in ("salaire", "emploi", "doctorants", "mobilite"):
        assert f'href="{criterion(key)}"' in school
        assert f'href="{criterion(key)}"' in method
    assert f"http://testserver{criterion('insertion')}" in client.get(MAP).content.decode()
    assert "Starting salary" in words(client.get(f"/en{criterion('salaire')}"))


@scene(factories.withdrawn_release)
def test_what_was_taken_back_is_gone(client: Client) -> None:
    for address in (CRITERIA, criterion("salaire"), f"{EDITION}indicateurs/salaire/", f"{EDITION}comparer/"):
        assert client.get(address).status_code == 410


def test_an_edition_taken_from_print_is_compared_from_another(client: Client) -> None:
    factories.archival_release()
    factories.published_release()
    old = EDITION.replace("2026", "2018")
    assert client.get(f"{old}criteres/").headers["Location"] == old
    assert client.get(f"{old}criteres/salaire/").status_code == 404
    both = words(client.get(f"{EDITION}comparer/?ecole=ecole-des-mines-de-brezac&ecole=institut-ampere-lavoisier"))
    assert "repris de l’imprimé" in both
    assert re.search(r"2018 .*ex aequo|2018 \d", both)
