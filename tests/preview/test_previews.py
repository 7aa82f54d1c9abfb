"""Previews: the public's own pages before their instant, for who may, marked, kept by nobody, leading nowhere else."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from editorial.models import Article
from palmares.public.foresight import Foresight
from rankings.models import Release
from tests import factories as make
from tests.desks.newsroom import at_desk, words
from tests.people import Cast
from tests.scenes import scene

pytestmark = pytest.mark.django_db
MARK = "Aperçu, non publié"
ROOT = Path(__file__).resolve().parents[2]


def inside(release: Release, path: str = "") -> str:
    return reverse("preview-release", args=[release.pk]) + path


def two_editions() -> None:
    """An edition that is published, the next one computed and not signed."""
    make.published_release(make.edition(5, year=2025))
    make.approved_value("30000", of=make.units(1)[0], indicator_code="salaire")
    make.computed_release(make.edition([*make.units(4), make.unit("École nouvelle")], year=2026))


PAGES = (
    "", "ecoles-ingenieurs/2026/", "ecoles-ingenieurs/2026/ecoles/ecole-nouvelle/", "ecoles-ingenieurs/2026/methode/",
    "ecoles-ingenieurs/2026/donnees/", "ecoles-ingenieurs/2026/regions/", "ecoles-ingenieurs/2026/version/1/",
    "articles/", "recherche/?q=nouvelle", "ecoles-ingenieurs/2025/", "en/ecoles-ingenieurs/2026/", "en/",
    "ecoles-ingenieurs/2026/comparer/?ecole=ecole-nouvelle&ecole=ensi-montfaucon",
)  # fmt: skip


@scene(two_editions)
@pytest.mark.parametrize("path", PAGES)
def test_every_public_page_is_shown_as_it_will_be_and_marked(path: str, people: Cast) -> None:
    release = Release.objects.get(year=2026)
    page = at_desk(people.claire).get(inside(release, path))
    assert page.status_code == 200
    english = path.startswith("en/")
    assert ("Preview, not published" if english else MARK) in words(page)
    assert page["Content-Language"] == ("en" if english else "fr")
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Robots-Tag"] == "noindex"
    assert "ETag" not in page.headers
    # What it leads to stays inside, but for the desk it came from.
    prefix = inside(release)
    led = set(re.findall(r'(?:href|action)="(/[^"]*)"', page.content.decode()))
    outside = {to for to in led if not to.startswith((prefix, "/static/")) and to != "/redaction/langue/"}
    assert outside == {reverse("desk:release", args=[release.pk])}


@scene(two_editions)
def test_pages_are_the_public_s_own_the_new_edition_in_them(people: Cast) -> None:
    release = Release.objects.get(year=2026)
    client = at_desk(people.lise)
    home = words(client.get(inside(release)))
    assert "École nouvelle" in home
    assert "Ce qui a bougé depuis 2025" in home
    table = client.get(inside(release, "ecoles-ingenieurs/2026/?q=nouvelle"))
    assert [unit.name for unit in table.context["unranked"]] == ["École nouvelle"]
    assert client.get(inside(release, "ecoles-ingenieurs/")).headers["Location"] == inside(
        release, "ecoles-ingenieurs/2026/"
    )


@scene(two_editions)
def test_nothing_of_it_is_public_before_during_or_after(people: Cast) -> None:
    release, stranger = Release.objects.get(year=2026), Client()
    public = ["/", "/ecoles-ingenieurs/", "/ecoles-ingenieurs/2026/", "/recherche/?q=nouvelle", "/sitemap.xml"]
    before = [stranger.get(address).content for address in public]
    assert at_desk(people.claire).get(inside(release)).status_code == 200
    assert [stranger.get(address).content for address in public] == before
    assert stranger.get("/ecoles-ingenieurs/2026/").status_code == 404
    assert b"nouvelle" not in before[0]
    # A person of the newsroom reads the public pages as everybody does.
    assert at_desk(people.claire).get("/ecoles-ingenieurs/2026/").status_code == 404
    assert not Release.objects.filter(sealed_at__isnull=False, year=2026).exists()


@scene(two_editions)
def test_doors_of_a_preview(people: Cast) -> None:
    release = Release.objects.get(year=2026)
    for address in (inside(release), inside(release, "ecoles-ingenieurs/2026/")):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("login"))
        assert at_desk(people.paul).get(address).status_code == 403
        assert at_desk(people.claire).post(address).status_code == 405
        assert at_desk(people.jean).head(address).status_code == 200
    assert at_desk(people.claire).get(reverse("preview-release", args=[10**6])).status_code == 404


@scene(two_editions)
@pytest.mark.parametrize("path", [
    "ecoles-ingenieurs/2026/donnees/classement.csv", "ecoles-ingenieurs/2026/donnees/version.json",
    "ecoles-ingenieurs/2026/donnees/methode.toml", "api/v1/editions/", "redaction/", "redaction/journal/",
    "redaction/apercu/version/1/", "sitemap.xml", "livez", "static/palmares/css/base.css", "nulle-part/ailleurs/x/",
    "ecoles-ingenieurs/2026/ecoles/inconnue/", "..%2f..%2fredaction/", "//ailleurs.example/",
])  # fmt: skip
def test_only_public_pages_are_previewed_and_no_file(path: str, people: Cast) -> None:
    release = Release.objects.get(year=2026)
    assert at_desk(people.alice).get(inside(release, path)).status_code == 404


@scene(two_editions)
def test_preview_is_never_answered_from_what_a_browser_keeps(people: Cast) -> None:
    release, client = Release.objects.get(year=2025), at_desk(people.claire)
    etag = Client().get("/ecoles-ingenieurs/2025/")["ETag"]
    page = client.get(inside(release, "ecoles-ingenieurs/2025/"), headers={"if-none-match": etag})
    assert page.status_code == 200


def test_sealed_version_is_shown_on_its_day_with_what_comes_out_by_then(people: Cast) -> None:
    early = make.sealed_release(make.edition(4, year=2025), publish_at=make.NOW + timedelta(days=5))
    late = make.sealed_release(make.edition(4, year=2026), publish_at=make.NOW + timedelta(days=9))
    make.approved_article(early, title_fr="Annonce du palmarès", publish_at=early.publish_at + timedelta(hours=1))
    client = at_desk(people.claire)
    assert "Annonce du palmarès" not in words(client.get(inside(early, "articles/")))
    assert client.get(inside(early, "ecoles-ingenieurs/2026/")).status_code == 404
    on_the_day = client.get(inside(late, "articles/"))
    assert "Annonce du palmarès" in words(on_the_day)
    assert client.get(inside(late, "ecoles-ingenieurs/2025/")).status_code == 200


def test_correction_is_shown_in_place_of_the_version_it_corrects(people: Cast) -> None:
    first = make.published_release(make.edition(4))
    make.approved_value("12.5", of=make.units(1)[0])
    second = make.computed_release(first.edition)
    client = at_desk(people.claire)
    page = client.get(inside(second, f"ecoles-ingenieurs/{first.year}/"))
    assert page.context["release"] == second
    versions = words(client.get(inside(second, f"ecoles-ingenieurs/{first.year}/donnees/")))
    assert "Une valeur a été corrigée." in versions
    assert client.get(inside(first, f"ecoles-ingenieurs/{first.year}/")).context["release"] == first


@pytest.mark.parametrize("state", ["written_article", "submitted_article", "approved_article"])
def test_article_is_shown_as_it_will_be_read_with_the_release_it_quotes(state: str, people: Cast) -> None:
    release = make.sealed_release(make.edition(4), publish_at=make.FUTURE)
    article = getattr(make, state)(release)
    there = reverse("preview-article", args=[article.pk])
    page = at_desk(people.jean).get(there)
    seen = words(page)
    assert MARK in seen
    assert "3 écoles sont classées." in seen
    assert "Les chiffres de cet article" in seen
    assert article.title_fr in words(at_desk(people.jean).get(there + "articles/"))
    english = at_desk(people.jean).get(there + f"en/articles/{article.slug}/")
    assert "3 schools are ranked." in words(english)
    assert Client().get(f"/articles/{article.slug}/").status_code == 404
    kept = Article.objects.get(pk=article.pk)
    assert bool(kept.rendered_fr) == (state == "approved_article")
    assert at_desk(people.paul).get(there).status_code == 403


def test_draft_on_a_release_that_is_not_sealed_is_shown_too(people: Cast) -> None:
    article = make.written_article(make.computed_release(make.edition(4)))
    page = at_desk(people.jean).get(reverse("preview-article", args=[article.pk]))
    assert "3 écoles sont classées." in words(page)


def test_article_whose_figures_cannot_be_said_has_no_preview(people: Cast) -> None:
    article = make.written_article(body_fr="Elle est [[rang:nullepart]].")
    assert at_desk(people.jean).get(reverse("preview-article", args=[article.pk])).status_code == 404
    assert "Voir comme le public" not in words(at_desk(people.jean).get(reverse("desk:article", args=[article.pk])))


@scene(two_editions)
def test_desks_lead_to_it(people: Cast) -> None:
    release = Release.objects.get(year=2026)
    there = inside(release, "ecoles-ingenieurs/2026/")
    assert there in at_desk(people.claire).get(reverse("desk:release", args=[release.pk])).content.decode()


def test_nobody_else_makes_an_instant_of_a_preview() -> None:
    made = re.compile(r"\bForesight(?:\.of)?\(")
    where = {
        path.relative_to(ROOT).as_posix()
        for folder in ("palmares", "editorial", "rankings", "schools")
        for path in (ROOT / folder).rglob("*.py")
        if made.search(path.read_text())
    }
    assert where == {"palmares/preview/views.py", "palmares/public/foresight.py"}
    assert Foresight.of(make.NOW) == make.NOW
    assert (Foresight.of(make.NOW) + timedelta(days=1)).release is None  # type: ignore[attr-defined]


@scene(two_editions)
def test_no_picture_goes_with_a_preview(people: Cast) -> None:
    release = Release.objects.get(year=2026)
    claire = at_desk(people.claire)
    assert b"og:image" not in claire.get(inside(release, "ecoles-ingenieurs/2026/")).content
    for name in ("accueil", "classement", "ecoles/ecole-nouvelle"):
        assert claire.get(inside(release, f"ecoles-ingenieurs/2026/version/1/partage/{name}.png")).status_code == 404
