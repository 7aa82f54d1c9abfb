"""The whole demonstration, played once: what the site says, what waits on the desks, and what stays inside."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from editorial.demo.cast import CAST
from editorial.demo.generator.roster import HERO
from editorial.demo.story import PRINTED, SLUG
from editorial.demo.work import YEAR as IN_PREPARATION
from editorial.desks.mappings import mapping_choices
from editorial.models import Article, ArticleState, AuditEvent, User
from rankings.facts import Facts
from rankings.models import Edition, Release
from schools.models import Anomaly, ImportBatch, Sector, ValueRevision, ValueState
from tests.scenes import scene


def play() -> None:
    """The demonstration, as the command makes it."""
    said("demo_data")


def said(name: str, *args: object, **options: object) -> str:
    out = StringIO()
    call_command(name, *args, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


pytestmark = [pytest.mark.django_db, scene(play)]

NEWEST = 2023
# The same on SQLite and PostgreSQL, and on any machine: they change when the demonstration's data or methods do.
DIGESTS = {
    (2018, 1): "63053dfc43a40ab9614236e4947740f03111abc2ca9509c11d1aa8ece075b642",
    (2019, 1): "fed6d151e7f18465e66def20de3e8dbcaf952d8700b37ab40dcd748e57dbb50f",
    (2020, 1): "5bbada418d0e4be1436642fe24f03e76c40e12b8bfe920b388718d7092c7cd7c",
    (2021, 1): "52c96fc63b99c234528fdfd8c6a36eb8a6667f5bb74b73e97fc20062f704e10c",
    (2022, 1): "61a1b4d2c3387b4da3b80d1d0c1e4ebd8a8c655b1b3e3c34ea3cb1970d9ea6d6",
    (2022, 2): "352a7d07cf6a6149b9504c385c51358cec10dbb81616394c42960d67c4820ad6",
    (2023, 1): "c69a8fb1fbffbc38704d9b698494ab70a2569bbeda8e20ad453726d1648a12af",
}
RANKS = {2018: (52, False), 2019: (43, True), 2020: (41, True), 2021: (34, True), 2022: (26, True), 2023: (16, True)}


def release(year: int) -> Release:
    """The edition of this year as the public reads it now."""
    return Release.objects.current(at=timezone.now()).get(year=year)


def page(client: Client, path: str) -> str:
    """The words of a page, one space between them, typographic spaces made plain."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    words = re.sub(r"</?(sup|data|strong|em)\b[^>]*>", "", answer.content.decode())
    text = unescape(re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", words, flags=re.DOTALL))
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def test_six_editions_are_published_at_their_dates_and_are_the_same_everywhere() -> None:
    sealed = Release.objects.filter(sealed_at__isnull=False).order_by("year", "number")
    assert {(each.year, each.number): each.digest for each in sealed} == DIGESTS
    assert [each.year for each in sealed if each.archival] == list(PRINTED)
    instants = [each.publish_at.date().isoformat() for each in sealed if each.publish_at]
    assert instants == [
        "2017-12-06", "2018-12-04", "2019-12-05", "2020-12-17", "2022-01-13", "2022-01-21", "2023-02-09",
    ]  # fmt: skip
    counts = {year: (release(year).ranked_count, release(year).unranked_count) for year in RANKS}
    assert counts == {2018: (164, 0), 2019: (174, 0), 2020: (167, 0), 2021: (168, 2), 2022: (172, 2), 2023: (169, 5)}


def test_a_second_run_changes_nothing_and_says_the_same() -> None:
    before = AuditEvent.objects.count()
    printed = said("demo_data", port=8123)
    assert said("demo_data", port=8123, migrate=True) == printed
    assert AuditEvent.objects.count() == before
    assert f"http://127.0.0.1:8123/{SLUG}/{NEWEST}/" in printed
    assert all(person.login in printed for person in CAST)
    assert DIGESTS[NEWEST, 1] in printed


def test_the_trail_the_seals_and_the_computations_hold() -> None:
    assert f"{len(DIGESTS)} sealed releases are as they were written." in said("check_trail")
    # The editions before are of schools that changed their names since.
    assert f"{DIGESTS[NEWEST, 1]}: the same as release 1." in said("recompute", SLUG, str(NEWEST))


def test_the_schools_of_2023_are_spread_as_the_real_ones() -> None:
    ranked = release(NEWEST).units.filter(rank__isnull=False)
    assert ranked.filter(sector=Sector.PUBLIC).count() == 134
    assert (ranked.filter(entry="post_bac").count(), ranked.filter(entry="post_prepa").count()) == (79, 90)
    assert ranked.values("region").distinct().count() == 15
    assert 50 < ranked.filter(tied=True).count() < release(2022).units.filter(tied=True).count()


@pytest.mark.parametrize(("year", "place"), RANKS.items())
def test_the_school_of_the_story_rises_at_each_edition(year: int, place: tuple[int, bool]) -> None:
    row = release(year).units.get(slug=HERO)
    assert (row.rank, row.tied) == place


def test_it_is_first_of_its_region_and_the_unranked_are_named() -> None:
    region = release(NEWEST).units.filter(region="Occitanie")
    assert not region.filter(rank__lte=16).exclude(slug=HERO).exists()
    rivals = list(region.filter(rank=None).values_list("name", flat=True))
    assert len(rivals) == 2
    fact = Facts(release(NEWEST)).get(f"region:{HERO}")
    assert fact.figure("fr") == "1re"
    assert all(name in fact.note("fr") for name in rivals)


def test_it_is_in_the_top_tenth_by_a_division_that_is_told() -> None:
    fact = Facts(release(NEWEST)).get(f"parmi:{HERO}")
    assert fact.figure("fr") == "10\u00a0%"
    assert "16 ÷ 169" in fact.denominator("fr")
    assert "9,5\u00a0%" in fact.denominator("fr")
    assert fact.definition("fr")
    assert fact.definition("en")


def test_it_stands_out_in_three_families_above_all_in_diversity() -> None:
    facts = Facts(release(NEWEST))
    assert facts.get(f"surtout:{HERO}").figure("fr").strip("« »\u00a0") == "Diversité des étudiants"
    stood = facts.get(f"familles:{HERO}").figure("fr")
    assert "Excellence académique" in stood
    assert "Proximité avec les entreprises" in stood
    assert "international" not in stood


def hero_article() -> Article:
    return Article.objects.get(title_fr__startswith="L’École des mines du Gardon entre")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "fr",
            ("du top 30 au top 20", "16e ex aequo", "169 écoles", "dans les 10 %", "1re école d’Occitanie", "52e place",
             "à chaque édition depuis 2018"),
        ),
        (
            "en",
            ("from the top 30 to the top 20", "16th equal", "169 engineering schools", "1st in Occitanie",
             "52nd place", "at every edition since 2018"),
        ),
    ],
)  # fmt: skip
def test_its_announcement_says_it_all_with_facts(client: Client, language: str, words: tuple[str, ...]) -> None:
    prefix = "" if language == "fr" else f"/{language}"
    read = page(client, f"{prefix}/articles/{hero_article().slug}/")
    assert not [each for each in words if each not in read], read


def test_every_figure_of_the_published_articles_is_a_fact() -> None:
    published = Article.objects.published(at=timezone.now())
    assert published.count() == 5
    for article in published:
        typed = re.sub(r"\[\[[^\]]+\]\]", "", f"{article.body_fr} {article.body_en}")
        # Years, the top of a scale, and what the method says in words.
        assert set(re.findall(r"\d+", typed)) <= {"2018", "2019", "2020", "2021", "2022", "10", "55"}, article


def test_its_page_and_the_ranking_show_it(client: Client) -> None:
    school = page(client, f"/{SLUG}/{NEWEST}/ecoles/{HERO}/")
    assert "École des mines du Gardon" in school
    assert "16e ex aequo" in school
    assert "ecole-des-mines-du-gardon.example" in school
    assert school.split("Distinctions")[1].split("On en parle")[0].count("chaque critère est noté sur 5 en 2022") == 1
    ranking = page(client, f"/{SLUG}/{NEWEST}/")
    assert "École centrale de Lorsange" in ranking
    assert "N’a pas répondu à l’enquête" in ranking


def test_the_correction_is_public_with_its_reason(client: Client) -> None:
    first, second = Release.objects.filter(year=2022).order_by("number")
    rank = {each.number: each.units.get(slug="ecole-des-mines-de-retz").rank for each in (first, second)}
    assert rank[1] is not None
    assert rank[2] is not None
    assert rank[1] < rank[2]
    assert "virgule mal placée" in second.reason_fr
    assert release(2022) == second
    read = page(client, "/corrections/")
    assert "virgule mal placée" in read
    assert "École des mines de Retz" in read


def paths() -> Iterator[str]:
    yield from (
        "/",
        "/en/",
        "/articles/",
        f"/{SLUG}/",
        "/sitemap.xml",
        "/sitemap/site.xml",
        "/api/",
        "/api/v1/rankings/",
        "/api/v1/editions/",
    )
    yield from (f"/{SLUG}/{year}/" for year in RANKS)
    yield from (f"/{SLUG}/2018/methode/", f"/{SLUG}/2018/ecoles/{HERO}/", f"/{SLUG}/2018/donnees/", "/corrections/")
    yield from (f"/{SLUG}/{NEWEST}/ecoles/{HERO}/", f"/{SLUG}/{NEWEST}/methode/", f"/{SLUG}/{NEWEST}/donnees/")


def test_nothing_in_preparation_is_public(client: Client) -> None:
    assert Edition.objects.filter(year=IN_PREPARATION).exists()
    assert not Release.objects.filter(year=IN_PREPARATION).exists()
    assert client.get(f"/{SLUG}/{IN_PREPARATION}/").status_code == 404
    hidden = Article.objects.exclude(pk__in=Article.objects.published(at=timezone.now()))
    assert hidden.count() == 4
    canaries = [str(IN_PREPARATION) + "/", *(article.title_fr for article in hidden)]
    read = 0
    for path in paths():
        answer = client.get(path)
        assert answer.status_code in {200, 302}, path
        if answer.status_code == 200:
            body = unescape(b"".join(answer).decode() if answer.streaming else answer.content.decode())
            assert not [canary for canary in canaries if canary in body], path
            read += 1
    assert read >= 19


def test_every_desk_has_work(client: Client) -> None:
    pending = ValueRevision.objects.filter(state=ValueState.PENDING)
    assert 150 < pending.count() < 400
    assert ValueRevision.objects.filter(state=ValueState.REJECTED).count() == 1
    assert Anomaly.objects.filter(revisions__in=pending).distinct().count() == 2
    assert ImportBatch.objects.filter(state=ImportBatch.State.PREVIEWED).count() == 1
    states = Article.objects.values_list("state", flat=True)
    assert sorted(states) == sorted([ArticleState.APPROVED] * 6 + [ArticleState.DRAFT] * 2 + [ArticleState.SUBMITTED])
    scheduled = Article.objects.get(state=ArticleState.APPROVED, publish_at__gt=timezone.now())
    assert client.get(f"/articles/{scheduled.slug}/").status_code == 404
    for person in CAST:
        client.force_login(User.objects.get(username=person.login), backend="editorial.backends.NewsroomBackend")
        assert client.get(reverse("desk:home")).status_code == 200, person.login


def test_the_files_and_their_mappings_are_offered_at_the_import_desk() -> None:
    _pasted, (_group, own), *_used = mapping_choices()
    names = {choice for choice, _title in own}
    assert {"file:demonstration_cti", "file:demonstration_cdefi", "file:demonstration_repertoire"} <= names
    assert not [title for _choice, title in own if "illisible" in title]


def test_everything_was_done_by_people_in_the_order_of_time() -> None:
    assert not AuditEvent.objects.filter(actor_id=None).exists()
    sealed = Release.objects.filter(sealed_at__isnull=False)
    assert all(each.computed_at < each.signed_at < each.sealed_at < each.publish_at for each in sealed)
    assert all(each.signed_by_id != each.sealed_by_id for each in sealed)
    counted = ValueRevision.objects.in_force().select_related("author", "decided_by")
    assert not [value for value in counted if value.author_id == value.decided_by_id]
    assert AuditEvent.objects.earliest("number").at < datetime(2018, 1, 1, tzinfo=UTC)
