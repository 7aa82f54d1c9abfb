"""The pictures of shared links: what they show, that they follow publication, and that they are drawn once."""

import html
import io
import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from editorial.models import Article
from rankings.models import Edition, Release
from rankings.models.releases import ReleaseQuerySet
from schools.typography import ordinal, rank_words
from tests import corrections, factories
from tests.public import corrected, two_years
from tests.public.reading import EDITION, PAGES
from tests.scenes import scene

pytestmark = pytest.mark.django_db

OF = f"{EDITION}version/1/partage/"
SCHOOL = f"{OF}ecoles/ecole-des-mines-de-brezac.png"
PICTURES = (f"{OF}accueil.png", f"{OF}classement.png", SCHOOL)


@pytest.fixture(autouse=True)
def _nothing_drawn_yet() -> None:
    caches["pictures"].clear()


def opened(response: HttpResponse) -> Image.Image:
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/png"
    picture = Image.open(io.BytesIO(response.content))
    picture.load()
    return picture


def said(response: HttpResponse) -> str:
    """What the picture says, for who cannot see it."""
    text = opened(response).text["Description"]  # type: ignore[attr-defined]
    return re.sub(r"\s", " ", text)


def meta(page: str, name: str) -> list[str]:
    return re.findall(rf'<meta (?:property|name)="{name}" content="([^"]*)">', page)


@scene(factories.approved_article)
def test_each_is_a_whole_picture_of_its_own_in_both_languages(client: Client) -> None:
    article = Article.objects.get()
    addresses = [*PICTURES, f"/articles/{article.slug}/partage/1.png", "/partage.png"]
    answers = [client.get(prefix + address) for address in addresses for prefix in ("", "/en")]
    for response in answers:
        picture = opened(response)
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
        colours = picture.convert("RGB").getcolors(1 << 16)
        # Paper, ink, the margin line: more than a blank sheet, and on it the colours of the pages.
        assert len(colours) > 20
        assert {(0xF6, 0xF6, 0xF3), (0xD0, 0x48, 0x6A), (0x4A, 0x2A, 0x8A)} <= {colour for _count, colour in colours}
    assert len({response.content for response in answers}) == len(answers)


@scene(factories.approved_article)
def test_figures_are_those_of_the_release(client: Client) -> None:
    release, article = Release.objects.get(), Article.objects.get()
    row = release.units.get(slug="ecole-des-mines-de-brezac")
    french, english = said(client.get(SCHOOL)), said(client.get(f"/en{SCHOOL}"))
    assert french.startswith(f"{release.title_fr} {release.year} · École des mines de Brézac · {row.rank}")
    assert f"sur {release.ranked_count} écoles classées" in french
    assert f"{release.ranked_count} schools ranked" in english
    first = release.units.filter(rank=1).first()
    assert first is not None
    place = re.sub(r"\s", " ", rank_words(1, first.tied))
    assert f"{place}, {first.name}" in said(client.get(f"{OF}classement.png"))
    told = said(client.get(f"/articles/{article.slug}/partage/1.png"))
    assert article.title_fr.replace("\u00a0", " ") in told
    assert f"{row.rank}" in told


@scene(two_years.both)
def test_ranks_over_the_editions_are_drawn_and_a_change_of_method_is_said(client: Client) -> None:
    release = Release.objects.get(year=2026)
    moved = release.units.filter(rank__isnull=False).last()
    assert moved is not None
    told = said(client.get(f"{OF}ecoles/{moved.slug}.png"))
    before = Release.objects.get(year=2025).units.get(slug=moved.slug)
    assert f"{ordinal(before.rank or 0)} en 2025, {ordinal(moved.rank or 0)} en 2026" in told
    assert "En pointillé : la méthode a changé" in told


@scene(factories.published_release)
def test_school_without_rank_says_so_and_why(client: Client) -> None:
    row = Release.objects.get().units.filter(rank=None).first()
    assert row is not None
    told = said(client.get(f"{OF}ecoles/{row.slug}.png"))
    assert "Non classée" in told
    assert re.sub(r"\s", " ", row.unranked_fr) in told


@scene(factories.published_release)
def test_the_same_bytes_whenever_it_is_drawn(client: Client) -> None:
    first = [client.get(address).content for address in PICTURES]
    caches["pictures"].clear()
    assert [client.get(address).content for address in PICTURES] == first


@scene(factories.published_release)
def test_it_is_drawn_once_whoever_asks(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    etag = client.get(SCHOOL).headers["ETag"]
    with django_assert_num_queries(3):
        again = client.get(f"{SCHOOL}?who=crawler")
    assert len(again.content) > 10_000
    with django_assert_num_queries(3):
        unchanged = client.get(SCHOOL, headers={"If-None-Match": etag})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


@scene(factories.approved_article)
def test_nothing_of_an_edition_to_come_is_drawn(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [client.get(address).content for address in PICTURES]
    school = factories.unit("École du Canari-7F3A")
    release = factories.sealed_release(
        factories.edition([school, *factories.units(4)], year=2027), publish_at=timezone.now() + timedelta(minutes=10)
    )
    article = factories.approved_article(release, publish_at=release.publish_at, title_fr="Le canari")
    hidden = [address.replace("2026", "2027") for address in PICTURES]
    hidden += [f"/ecoles-ingenieurs/2027/version/1/partage/ecoles/{school.slug}.png"]
    hidden += [f"/articles/{article.slug}/partage/1.png"]
    never = client.get("/ecoles-ingenieurs/2031/version/1/partage/accueil.png")
    for address in hidden:
        response = client.get(address)
        assert (response.status_code, response.headers["Cache-Control"]) == (404, "no-store"), address
        assert response.headers["Content-Type"] == never.headers["Content-Type"]
    assert [client.get(address).content for address in PICTURES] == before
    # The control: were the predicate not asked, they would be drawn.
    monkeypatch.setattr(ReleaseQuerySet, "published", lambda self, *, at: self.all())
    assert {client.get(address).status_code for address in hidden[:-2]} == {200}
    assert "Canari-7F3A" in said(client.get(hidden[-2]))


@scene(factories.approved_article)
def test_what_was_taken_back_is_410_like_its_page(client: Client) -> None:
    corrected.withdraw(Release.objects.get())
    article = Article.objects.get()
    for address in (*PICTURES, f"/articles/{article.slug}/partage/1.png"):
        response = client.get(address)
        assert (response.status_code, response.headers["Cache-Control"]) == (410, "no-store"), address
        assert "Une source s’est rétractée." in response.content.decode()
    assert client.get(f"/articles/{article.slug}/").status_code == 410


@scene(corrected.withdrawn_article)
def test_picture_of_an_article_taken_back_is_410(client: Client) -> None:
    article = Article.objects.get()
    assert client.get(f"/articles/{article.slug}/partage/1.png").status_code == 410


@scene(factories.edition, 6)
def test_a_correction_has_an_address_of_its_own_and_the_first_keeps_its_picture(client: Client) -> None:
    edition = Edition.objects.get()
    factories.published_release(edition)
    first = client.get(f"{OF}classement.png").content
    assert client.get(f"{EDITION}version/2/partage/classement.png").status_code == 404
    factories.published_release(edition)
    second = client.get(f"{EDITION}version/2/partage/classement.png")
    assert "version 2, corrigée" in said(second)
    assert client.get(f"{OF}classement.png").content == first != second.content
    assert meta(client.get(EDITION).content.decode(), "og:image") == [
        f"http://testserver{EDITION}version/2/partage/classement.png"
    ]


@scene(corrections.approved)
def test_an_article_keeps_the_picture_of_each_of_its_texts(client: Client) -> None:
    address = f"/articles/{Article.objects.get().slug}/"
    first, second = (client.get(f"{address}partage/{number}.png") for number in (1, 2))
    assert "corrigée" in said(second)
    assert "corrigée" not in said(first)
    assert meta(client.get(address).content.decode(), "og:image") == [f"http://testserver{address}partage/2.png"]
    page = client.get(f"{address}version/1/").content.decode()
    assert meta(page, "og:image") == [f"http://testserver{address}partage/1.png"]
    assert client.get(f"{address}partage/3.png").status_code == 404


@scene(factories.approved_article)
def test_what_never_was_has_no_picture(client: Client) -> None:
    assert client.get("/articles/inconnu/partage/1.png").status_code == 404
    assert client.get(f"{OF}ecoles/inconnue.png").status_code == 404
    assert client.get(f"{EDITION}version/9/partage/accueil.png").status_code == 404


@scene(factories.approved_article)
def test_every_page_says_what_goes_with_a_link_to_it(client: Client, subtests: pytest.Subtests) -> None:
    article = f"/articles/{Article.objects.get().slug}/"
    for address in (*PAGES, article):
        for prefix, locale, other in (("", "fr_FR", "en_GB"), ("/en", "en_GB", "fr_FR")):
            with subtests.test(prefix + address):
                page = client.get(prefix + address).content.decode()
                title = re.sub(r"[ \n]+", " ", re.findall(r"<title>(.*?) – Palmarès</title>", page, re.DOTALL)[0])
                assert meta(page, "og:title") == [title]
                assert meta(page, "og:description") == meta(page, "description")
                assert meta(page, "og:description") != [""]
                assert meta(page, "og:site_name") == ["Palmarès"]
                assert (meta(page, "og:locale"), meta(page, "og:locale:alternate")) == ([locale], [other])
                assert meta(page, "og:type") == ["article" if address == article else "website"]
                assert meta(page, "og:image:alt") != [""]
                assert (meta(page, "og:image:width"), meta(page, "og:image:height")) == (["1200"], ["630"])
                assert meta(page, "twitter:card") == ["summary_large_image"]
                (picture,) = meta(page, "og:image")
                assert client.get(picture.removeprefix("http://testserver")).headers["Content-Type"] == "image/png"


@scene(factories.approved_article)
def test_canonical_page_and_its_other_language_name_each_other(client: Client, subtests: pytest.Subtests) -> None:
    for address in PAGES:
        for prefix in ("", "/en"):
            with subtests.test(prefix + address):
                page = client.get(prefix + address).content.decode()
                (canonical,) = re.findall(r'<link rel="canonical" href="([^"]*)">', page)
                others = dict(re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">', page))
                assert set(others) == {"fr", "en", "x-default"}
                assert others["x-default"] == others["fr"]
                assert canonical == others["en" if prefix else "fr"] == meta(page, "og:url")[0]
                # Filters are not part of it; the schools that are compared are.
                assert ("?" in canonical) == ("?ecole=" in address)
                twin = client.get(html.unescape(others["fr" if prefix else "en"]).removeprefix("http://testserver"))
                assert f'hreflang="{"en" if prefix else "fr"}" href="{canonical}"' in twin.content.decode()


@scene(factories.published_release)
def test_link_to_the_other_language_keeps_the_filters(client: Client) -> None:
    page = client.get(f"{EDITION}?region=Occitanie").content.decode()
    assert f'<a class="lang" href="http://testserver/en{EDITION}?region=Occitanie"' in page


def test_before_anything_is_published_the_site_has_its_picture(client: Client) -> None:
    (picture,) = meta(client.get("/en/").content.decode(), "og:image")
    assert picture == "http://testserver/en/partage.png"
    assert "The ranking of schools" in said(client.get("/en/partage.png"))
