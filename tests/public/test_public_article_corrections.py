"""A corrected article: its address stays, what was wrong is said, what was printed can still be read."""

import json
import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from editorial.models import Article
from rankings.models import Release
from tests import corrections
from tests import factories as make
from tests.public.corrected import withdraw
from tests.public.reading import words
from tests.scenes import scene

pytestmark = [pytest.mark.django_db, scene(corrections.approved)]
SLUG = "l-ecole-des-mines-de-brezac-au-palmares"
PAGE = f"/articles/{SLUG}/"
FIRST = f"{PAGE}version/1/"
PLACES = (PAGE, f"/en{PAGE}", "/", "/articles/", "/corrections/", "/flux/articles.xml", "/sitemap.xml",
          "/api/v1/articles/", f"/api/v1/articles/{SLUG}/", "/api/v1/articles/?format=csv",
          "/ecoles-ingenieurs/2026/ecoles/ecole-des-mines-de-brezac/",
          "/flux/ecoles/ecole-des-mines-de-brezac.xml")  # fmt: skip


def answers(client: Client) -> dict[str, tuple[bytes, str]]:
    return {place: (client.get(place).content, client.get(place).headers.get("ETag", "")) for place in PLACES}


def test_page_says_the_new_text_and_what_was_wrong(client: Client) -> None:
    response = client.get(PAGE)
    said = words(response)
    assert "L’École des mines de Brézac, corrigée" in said
    assert "et rien d’autre" in said
    assert "Le texte disait une place de trop." in said
    assert re.search(r"Corrigé le \d", said)
    assert "avec 8" not in said
    content = response.content.decode()
    assert f'href="{FIRST}"' in content
    assert f'href="/corrections/#{SLUG}-c1"' in content
    english = words(client.get(f"/en{PAGE}"))
    assert "The text claimed one place too many." in english
    assert "and nothing else" in english
    assert "une place de trop" not in english


def test_first_text_is_read_as_it_was_printed(client: Client) -> None:
    response = client.get(FIRST)
    said = words(response)
    assert response.status_code == 200
    assert "L’École des mines de Brézac au palmarès" in said
    assert "points." in said
    assert "et rien d’autre" not in said
    assert "Ancien texte" in said
    content = response.content.decode()
    assert '<meta name="robots" content="noindex">' in content
    assert re.search(rf'rel="canonical" href="http://testserver{PAGE}"', content)
    assert f'href="{PAGE}"' in content


@pytest.mark.parametrize(("number", "status"), [("2", 302), ("3", 404), ("0", 404), ("x", 404)])
def test_only_texts_that_were_replaced_have_an_archive(client: Client, number: str, status: int) -> None:
    response = client.get(f"{PAGE}version/{number}/")
    assert response.status_code == status
    if status == 302:
        assert response.headers["Location"] == PAGE


def test_every_text_is_kept_one_after_the_other(client: Client) -> None:
    article = Article.objects.get()
    corrections.approved(
        article, title_fr="Deuxième correction", note_fr="Encore.", at=corrections.AT + corrections.DAY
    )
    said = words(client.get(PAGE))
    assert said.index("Encore.") < said.index("Le texte disait une place de trop.")
    assert "Deuxième correction" in said
    assert "L’École des mines de Brézac, corrigée" in words(client.get(f"{PAGE}version/2/"))
    assert "L’École des mines de Brézac au palmarès" in words(client.get(FIRST))
    assert "L’École des mines de Brézac, corrigée" not in words(client.get(FIRST))


def test_register_lists_it_and_leads_to_the_text_before(client: Client) -> None:
    content = client.get("/corrections/").content.decode()
    assert f'id="{SLUG}-c1"' in content
    assert f'href="{FIRST}"' in content
    said = words(client.get("/corrections/"))
    assert "Communiqué corrigé" in said
    assert "Le texte disait une place de trop." in said


def test_feed_and_api_say_when_it_was_corrected(client: Client) -> None:
    feed = client.get("/flux/articles.xml").content.decode()
    assert f"<updated>{corrections.AT:%Y-%m-%dT%H:%M:%S}+00:00</updated>" in feed
    assert f"<published>{make.PAST:%Y-%m-%dT%H:%M:%S}+00:00</published>" in feed
    assert "Le texte disait une place de trop." in feed
    stamp = corrections.AT.astimezone(ZoneInfo("Europe/Paris")).isoformat()
    (row,) = json.loads(client.get("/api/v1/articles/").content)["results"]
    assert (row["corrected_at"], row["title_fr"]) == (stamp, "L’École des mines de Brézac, corrigée")
    detail = json.loads(client.get(f"/api/v1/articles/{SLUG}/").content)
    assert "et rien d’autre" in detail["html_fr"]
    (correction,) = detail["corrections"]
    assert correction == {
        "number": 1,
        "corrected_at": stamp,
        "note_fr": "Le texte disait une place de trop.",
        "note_en": "The text claimed one place too many.",
    }
    assert stamp in client.get("/api/v1/articles/?format=csv").content.decode()


@scene(make.approved_article)
def test_every_answer_and_its_etag_move_with_the_correction_and_not_before(client: Client) -> None:
    before = answers(client)
    made = corrections.submitted(Article.objects.get(slug=SLUG))
    assert answers(client) == before
    from editorial.actions.corrections import approve_correction
    from tests.people import cast

    approve_correction(by=cast().claire, at=make.NOW, correction=made, seen_version=2)
    after = answers(client)
    same = {place for place in PLACES if after[place][0] == before[place][0]}
    # The site map too, which says when each page last changed.
    assert same == set()
    assert {place for place in PLACES if after[place][1] == before[place][1]} == set()


@scene(make.approved_article)
def test_article_without_correction_says_nothing_of_any(client: Client) -> None:
    corrections.abandoned(Article.objects.get())
    assert "orrigé" not in words(client.get(PAGE)).replace("Corrections", "")
    assert json.loads(client.get(f"/api/v1/articles/{SLUG}/").content)["corrected_at"] is None
    assert client.get(FIRST).status_code == 302


def test_text_that_quotes_what_was_taken_back_is_gone_and_the_corrected_one_stays(client: Client) -> None:
    release = Release.objects.get()
    second = make.published_release(release.edition, at=make.PAST)
    corrections.approved(Article.objects.get(), release=second, title_fr="Sur la deuxième", at=make.NOW)
    withdraw(release)
    assert "Sur la deuxième" in words(client.get(PAGE))
    gone = client.get(FIRST)
    assert gone.status_code == 410
    assert "cite des chiffres retirés" in words(gone)
    assert gone.headers["Cache-Control"] == "no-store"
    from editorial.actions.editions import withdraw_release
    from tests.people import cast

    said = {"reason_fr": "Encore faux.", "reason_en": "Wrong again."}
    withdraw_release(by=cast().claire, at=make.NOW + timedelta(microseconds=1), release=second, **said)
    assert "Encore faux." in words(client.get(PAGE))
    assert client.get(FIRST).status_code == 410


def test_corrected_article_taken_back_is_told_by_its_last_title(client: Client) -> None:
    from editorial.actions.articles import withdraw_article
    from tests.people import cast

    article = Article.objects.get()
    withdraw_article(by=cast().claire, at=make.NOW, article=article, seen_version=4, reason="Tout est faux.")
    said = words(client.get("/corrections/"))
    assert "L’École des mines de Brézac, corrigée" in said
    assert "une place de trop" not in said
    assert client.get(PAGE).status_code == client.get(FIRST).status_code == 410


def test_articles_of_a_school_are_those_of_the_text_in_force(client: Client) -> None:
    article = Article.objects.get()
    corrections.approved(article, body_fr="[[rang:ensi-montfaucon]]", body_en="", at=make.NOW)
    about = "/api/v1/articles/?unit="
    assert json.loads(client.get(f"{about}ensi-montfaucon").content)["count"] == 1
    assert json.loads(client.get(f"{about}ecole-des-mines-de-brezac").content)["count"] == 0


def test_page_costs_one_query_more_whatever_was_corrected(client: Client) -> None:
    article = Article.objects.get()
    one = cost(client)
    for number in range(3):
        at = corrections.AT + (number + 1) * corrections.DAY
        corrections.approved(article, title_fr=f"Titre {number}", at=at)
    assert cost(client) == one <= 6


def cost(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(PAGE).status_code == 200
    return len(queries)
