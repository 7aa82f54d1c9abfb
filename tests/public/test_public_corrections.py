"""The register tells every correction with its figures before and after, and nothing that was never public."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.models import Article
from palmares.public.corrections.copies import copies_of
from palmares.public.corrections.difference import Difference
from rankings.models import Release, ReleaseUnit
from tests import factories
from tests.public import corrected
from tests.public.reading import EDITION, release_with_licences, words
from tests.scenes import scene

pytestmark = pytest.mark.django_db

PAGE = "/corrections/"


@scene(factories.published_release)
def test_register_without_correction_says_so(client: Client) -> None:
    assert "Rien n’a encore été corrigé ni retiré." in words(client.get(PAGE))


@scene(corrected.corrected)
def test_correction_is_told_with_its_reason_and_figures_before_and_after(client: Client) -> None:
    said = words(client.get(PAGE))
    assert "Version 2 Une valeur a été corrigée. 1 valeur corrigée" in said
    assert "École centrale de Vaucelles Emploi à six mois 86,2 % 31,4 %" in said
    assert 'id="ecoles-ingenieurs-2026-v2"' in client.get(PAGE).content.decode()
    english = words(client.get(f"/en{PAGE}"))
    assert "A value was corrected. 1 value corrected" in english
    assert "86.2% 31.4%" in english


@scene(corrected.corrected)
def test_ranks_before_and_after_are_those_of_the_two_versions() -> None:
    first, second = Release.objects.order_by("number")
    copies = copies_of([first, second])
    told = {change.unit.slug: change for change in Difference(copies[first.pk], copies[second.pk]).ranks}
    before, after = ({unit.slug: unit for unit in release.units.all()} for release in (first, second))
    moved = {slug for slug in after if (before[slug].rank, before[slug].tied) != (after[slug].rank, after[slug].tied)}
    assert set(told) == moved != set()
    for slug, change in told.items():
        assert change.before == before[slug]
        assert change.after == after[slug]


@scene(corrected.corrected)
def test_page_of_the_edition_leads_to_what_was_corrected(client: Client) -> None:
    assert 'href="/corrections/#ecoles-ingenieurs-2026-v2"' in client.get(EDITION).content.decode()
    assert 'href="/corrections/#ecoles-ingenieurs-2026-v2"' in client.get("/").content.decode()


@scene(release_with_licences)
def test_figure_kept_back_by_its_licence_is_told_neither_before_nor_after(client: Client) -> None:
    first = Release.objects.get()
    kept = factories.source("Base des salaires")
    factories.approved_value(
        "60123", of=factories.units(1)[0], indicator_code="salaire", said_by=kept, at=factories.PAST
    )
    factories.published_release(first.edition, at=factories.PAST, publish_at=factories.PAST + timedelta(days=1))
    content = client.get(PAGE).content.decode()
    for secret in ("51739", "51\u202f739", "60123", "60\u202f123"):
        assert secret not in content
    assert "leur correction ne se lit que dans les points et les rangs" in words(client.get(PAGE))


@scene(corrected.corrected)
def test_article_on_an_earlier_version_is_named(client: Client) -> None:
    article = factories.approved_article(Release.objects.get(number=1), publish_at=factories.NOW)
    assert article.title in words(client.get(PAGE))


@scene(corrected.corrected)
def test_version_taken_back_is_told_without_what_it_said(client: Client) -> None:
    corrected.withdraw(Release.objects.get(number=1))
    said = words(client.get(PAGE))
    assert "Version 1, retirée" in said
    assert "Une source s’est rétractée." in said
    assert "Aucune version antérieure ne peut plus se lire" in said
    assert "86,2" not in said


@scene(factories.published_release)
def test_correction_under_embargo_changes_no_byte(client: Client) -> None:
    addresses = (PAGE, f"/en{PAGE}", "/", EDITION)
    before = [(client.get(address).content, client.get(address).headers["ETag"]) for address in addresses]
    corrected.correct(Release.objects.get(), publish_at=timezone.now() + timedelta(minutes=5))
    after = [(client.get(address).content, client.get(address).headers["ETag"]) for address in addresses]
    assert before == after


@scene(None)
def test_what_was_taken_back_before_its_instant_is_never_told(client: Client) -> None:
    empty = client.get(PAGE).content
    release = factories.sealed_release()
    corrected.withdraw(release)
    other = factories.sealed_release(factories.edition(4, year=2024))
    corrected.withdrawn_article(other, publish_at=factories.FUTURE)
    assert client.get(PAGE).content == empty
    assert client.get(f"/articles/{Article.objects.get().slug}/").status_code == 404


@scene(corrected.withdrawn_article)
def test_article_taken_back_is_told_and_answers_410_with_the_reason(client: Client) -> None:
    article = Article.objects.get()
    said = words(client.get(PAGE))
    assert "Communiqué retiré" in said
    assert article.title_fr in said
    response = client.get(f"/articles/{article.slug}/")
    assert response.status_code == 410
    assert response.headers["Cache-Control"] == "no-store"
    assert "Le texte attribuait à l’école le chiffre d’une autre." in words(response)
    assert "The text gave the school the figure of another." in words(client.get(f"/en/articles/{article.slug}/"))
    assert article.title_fr not in words(response)


@scene(factories.approved_article)
def test_article_taken_back_with_its_release_says_why(client: Client) -> None:
    corrected.withdraw(Release.objects.get())
    response = client.get(f"/articles/{Article.objects.get().slug}/")
    assert response.status_code == 410
    assert "Une source s’est rétractée." in words(response)


@scene(corrected.corrected)
def test_etag_moves_with_each_thing_that_is_told(client: Client) -> None:
    seen = {client.get(PAGE).headers["ETag"]}
    corrected.withdrawn_article(Release.objects.get(number=2), publish_at=factories.PAST + timedelta(days=1))
    seen.add(client.get(PAGE).headers["ETag"])
    corrected.withdraw(Release.objects.get(number=1))
    seen.add(client.get(PAGE).headers["ETag"])
    assert len(seen) == 3


def test_register_costs_the_same_for_one_correction_and_for_many(client: Client) -> None:
    corrected.corrected()
    one = cost(client)
    for year in (2024, 2025):
        first = factories.published_release(factories.edition(14, year=year), publish_at=factories.PAST)
        for _more in range(2):
            factories.published_release(first.edition, publish_at=factories.PAST, at=factories.PAST)
    assert cost(client) == one <= 9


def cost(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(PAGE).status_code == 200
    return len(queries)


@scene(None)
def test_another_method_between_two_versions_is_told(client: Client) -> None:
    from editorial.actions import editions
    from tests.methods import METHOD
    from tests.people import cast

    first = factories.published_release(publish_at=factories.PAST)
    edition = first.edition
    edition.refresh_from_db()
    text = METHOD.replace("minimum_coverage = 0.5", "minimum_coverage = 0.6")
    filed = editions.file_method(by=cast().hugo, at=factories.START, ranking=edition.ranking, text=text)
    editions.choose_method(
        by=cast().hugo, at=factories.START, edition=edition, seen_version=edition.version, method=filed
    )
    edition.refresh_from_db()
    factories.published_release(edition, publish_at=factories.PAST, at=factories.PAST)
    said = words(client.get(PAGE))
    assert "La méthode a changé" in said
    assert "une école doit avoir 60 % du poids de la méthode connu ; 50 % auparavant." in said
    assert "Aucun rang n’a changé." in said


CONTACT = "/contact/?palmares=ecoles-ingenieurs&annee=2026"
SCHOOL = f"{CONTACT}&ecole=ecole-des-mines-de-brezac"


@scene(factories.published_release)
def test_report_begins_with_what_is_published(client: Client, settings) -> None:
    settings.CONTACT_EMAIL = "redaction@palmares.example"
    response = client.get(f"{SCHOOL}&indicateur=salaire")
    said = words(response)
    assert "École des mines de Brézac" in said
    assert "Ce que le site publie : 52 000 €" in said
    content = response.content.decode()
    assert "mailto:redaction@palmares.example?subject=Erreur%20signal%C3%A9e" in content
    assert "%0A%C3%89cole" in content


@scene(factories.published_release)
def test_report_without_an_address_says_there_is_none(client: Client, settings) -> None:
    settings.CONTACT_EMAIL = ""
    response = client.get(SCHOOL)
    assert "Ce site n’a pas encore d’adresse de contact." in words(response)
    assert "mailto:" not in response.content.decode()


@scene(factories.published_release)
@pytest.mark.parametrize(
    "query",
    [
        "palmares=ecoles-ingenieurs&annee=2027",
        "palmares=ecoles-ingenieurs&annee=deux",
        "palmares=%00&annee=2026",
        "palmares=ecoles-ingenieurs&annee=2026&ecole=inconnue&indicateur=salaire",
        "ecole=ecole-des-mines-de-brezac",
        f"palmares={'x' * 900}&annee=2026",
    ],
)
def test_report_on_what_is_not_published_is_a_plain_one(client: Client, query: str) -> None:
    response = client.get(f"/contact/?{query}")
    assert response.status_code == 200
    assert "Ce que le site publie" not in words(response)


@scene(factories.published_release)
def test_report_on_an_edition_under_embargo_is_as_if_there_were_none(client: Client) -> None:
    address = "/contact/?palmares=ecoles-ingenieurs&annee=2027&ecole=institut-ampere-lavoisier"
    before = client.get(address)
    factories.sealed_release(factories.edition(4, year=2027))
    after = client.get(address)
    assert (before.content, before.headers["ETag"]) == (after.content, after.headers["ETag"])


@scene(factories.published_release)
def test_school_page_leads_to_the_report_of_each_of_its_figures(client: Client) -> None:
    unit = ReleaseUnit.objects.filter(rank=1).earliest("position")
    content = client.get(f"{EDITION}ecoles/{unit.slug}/").content.decode()
    address = f"/contact/?palmares=ecoles-ingenieurs&amp;annee=2026&amp;ecole={unit.slug}"
    assert f'href="{address}"' in content
    assert f'href="{address}&amp;indicateur=emploi"' in content
