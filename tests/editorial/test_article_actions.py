"""Writing, reviewing, scheduling and taking back an article."""

import json
from datetime import timedelta

import pytest

from editorial.actions import articles, editions
from editorial.exceptions import Stale
from editorial.models import Article, ArticleWithdrawal
from rankings.models import Release
from tests import factories as make
from tests.editorial.refusing import last_event, refusal
from tests.people import Cast
from tests.scenes import scene

pytestmark = [pytest.mark.django_db, scene(make.sealed_release, schools=3)]


@pytest.fixture
def release(db: None) -> Release:
    return Release.objects.get()


def test_write_is_for_journalists_and_editors(people: Cast, release: Release) -> None:
    said = {"at": make.NOW, "release": release, "draft": make.draft()}
    for by in (people.hugo, people.lise, people.paul):
        assert refusal(articles.write_article, by=by, **said).startswith("Écrire revient")
    written = articles.write_article(by=people.jean, **said)
    assert (written.slug, written.state, written.author) == (
        "l-ecole-des-mines-de-brezac-au-palmares",
        "draft",
        people.jean,
    )
    assert last_event().verb == "article.write"
    assert articles.write_article(by=people.claire, **said).slug == f"{written.slug}-2"
    assert articles.write_article(by=people.claire, **said | {"draft": make.draft(title_fr="!!")}).slug == "article"


def test_edit_is_the_authors_while_a_draft(people: Cast, release: Release) -> None:
    article = make.written_article(release)
    said = {"at": make.NOW, "article": article, "release": release, "draft": make.draft(title_fr="Autre titre")}
    assert "Cet article est de Jean Castel" in refusal(articles.edit_article, by=people.claire, seen_version=1, **said)
    assert "relisez-le" in refusal(articles.edit_article, kind=Stale, by=people.jean, seen_version=5, **said)
    articles.edit_article(by=people.jean, seen_version=1, **said)
    assert (article.title_fr, article.version, article.edited_at) == ("Autre titre", 2, make.NOW)
    assert last_event().verb == "article.edit"
    articles.submit_article(by=people.jean, at=make.NOW, article=article, seen_version=2)
    assert "n’est plus un brouillon" in refusal(articles.edit_article, by=people.jean, seen_version=3, **said)


def test_submit_wants_facts_that_exist(people: Cast, release: Release) -> None:
    article = make.written_article(release, body_fr="Elle est [[rang:nulle-part]].", body_en="[[rang:nowhere]]")
    said = {"by": people.jean, "at": make.NOW, "article": article, "seen_version": 1}
    assert refusal(articles.submit_article, **said) == (
        "On ne peut pas dire ici : [[rang:nulle-part]] : Elle ne figure pas dans l’édition 2026. "
        "[[rang:nowhere]] : Elle ne figure pas dans l’édition 2026. Corrigez le repère ou citez une autre version."
    )
    good = make.written_article(release)
    articles.submit_article(by=people.jean, at=make.NOW, article=good, seen_version=1)
    assert (good.state, last_event().verb) == ("submitted", "article.submit")
    assert "n’est plus un brouillon" in refusal(articles.submit_article, **said | {"article": good})


def test_send_back_says_what_to_mend(people: Cast, release: Release) -> None:
    article = make.submitted_article(release)
    said = {"at": make.NOW, "article": article, "seen_version": 2}
    assert refusal(articles.send_back_article, by=people.jean, reason="non", **said).startswith("Approuver un article")
    assert refusal(articles.send_back_article, by=people.claire, reason=" ", **said).startswith("Dites à l’auteur")
    refusal(articles.send_back_article, kind=Stale, by=people.claire, reason="x", **said | {"seen_version": 1})
    articles.send_back_article(by=people.claire, reason=" Titre à revoir. ", **said)
    assert (article.state, last_event().reason) == ("draft", "Titre à revoir.")


def test_approve_freezes_text_and_facts(people: Cast, release: Release) -> None:
    article = make.submitted_article(release)
    said = {"at": make.NOW, "article": article, "seen_version": 2}
    articles.approve_article(by=people.claire, publish_at=make.FUTURE, **said)
    assert (article.state, article.approved_by, article.publish_at) == ("approved", people.claire, make.FUTURE)
    assert '<data value="classees">2</data>' in article.rendered_fr
    assert article.rendered_en.startswith("<p>It is ")
    assert [fact["token"] for fact in article.facts] == [
        "rang:ecole-des-mines-de-brezac",
        "classees",
        "score:ecole-des-mines-de-brezac",
    ]
    assert json.loads(last_event().details)["publish_at"] == make.FUTURE.isoformat()


@scene(None)
def test_approve_keeps_the_rule_the_denominator_and_the_editions_of_each_fact(people: Cast) -> None:
    make.sealed_release(make.edition(6, year=2025), publish_at=make.PAST - timedelta(days=1))
    now = make.published_release(make.edition(6, year=2026))
    article = make.approved_article(now, body_fr="[[region:ecole-des-mines-de-brezac]]", body_en="")
    (fact,) = article.facts
    assert "3 schools ranked in the Occitanie region" in fact["denominator_en"]
    assert fact["definition_fr"].startswith("Sa place parmi les écoles classées de ce groupe")
    assert fact["editions"] == [{"year": 2026, "number": 1}]
    assert list(article.rests_on.all()) == []
    compared = make.approved_article(now, body_fr="[[gain:ecole-des-mines-de-brezac]]", body_en="[[classees:2025]]")
    assert [release.year for release in compared.rests_on.all()] == [2025]
    assert compared.facts[0]["editions"] == [{"year": 2025, "number": 1}, {"year": 2026, "number": 1}]


def test_approve_without_english_leaves_it_empty(people: Cast, release: Release) -> None:
    article = make.approved_article(release, body_en=" ")
    assert article.rendered_en == ""
    assert article.rendered == article.rendered_fr


def test_approve_refuses_each_wrong_way(people: Cast, release: Release) -> None:
    article = make.submitted_article(release)
    said = {"at": make.NOW, "article": article, "seen_version": 2}
    later = {"publish_at": make.FUTURE}
    assert refusal(articles.approve_article, by=people.jean, **later, **said).startswith("Approuver un article revient")
    by = said | {"by": people.claire}
    assert "Donnez l’instant" in refusal(articles.approve_article, publish_at=None, **by)
    assert "est passé" in refusal(articles.approve_article, publish_at=make.PAST, **by)
    before = make.FUTURE - timedelta(microseconds=1)
    assert "ne paraît pas avant les chiffres" in refusal(articles.approve_article, publish_at=before, **by)
    refusal(articles.approve_article, kind=Stale, **later, **by | {"seen_version": 1})
    own = articles.write_article(by=people.claire, at=make.NOW, release=release, draft=make.draft())
    articles.submit_article(by=people.claire, at=make.NOW, article=own, seen_version=1)
    assert "Vous avez écrit" in refusal(articles.approve_article, **later, **by | {"article": own})
    drafted = make.written_article(release)
    assert "n’attend pas de relecture" in refusal(articles.approve_article, **later, **by | {"article": drafted})


@scene(make.computed_release, schools=3)
def test_approve_wants_a_sealed_release_that_stands(people: Cast) -> None:
    unsealed = Release.objects.get()
    article = make.submitted_article(unsealed)
    said = {"by": people.claire, "at": make.NOW, "seen_version": 2, "publish_at": make.FUTURE}
    assert "n’est pas scellée" in refusal(articles.approve_article, article=article, **said)
    withdrawn = make.withdrawn_release(make.edition(3, year=2024))
    on_it = make.submitted_article(withdrawn)
    assert "ou elle est retirée" in refusal(articles.approve_article, article=on_it, **said)


def test_approve_checks_the_facts_again(people: Cast, release: Release) -> None:
    article = make.submitted_article(release)
    Article.objects.filter(pk=article.pk).update(body_fr="[[rang:nulle-part]]")
    article.refresh_from_db()
    said = {"by": people.claire, "at": make.NOW, "article": article, "seen_version": 2, "publish_at": make.FUTURE}
    assert "rang:nulle-part" in refusal(articles.approve_article, **said)


def test_withdraw_an_approved_article(people: Cast, release: Release) -> None:
    article = make.approved_article(release)
    said = {"at": make.NOW, "article": article, "seen_version": 3}
    assert refusal(articles.withdraw_article, by=people.jean, reason="x", **said).startswith("Retirer un article")
    assert refusal(articles.withdraw_article, by=people.claire, reason=" ", **said) == "Un retrait se motive."
    refusal(articles.withdraw_article, kind=Stale, by=people.claire, reason="x", **said | {"seen_version": 1})
    assert not ArticleWithdrawal.objects.exists()
    articles.withdraw_article(by=people.claire, reason=" Chiffre contesté. ", reason_en="A figure is disputed.", **said)
    assert (article.state, last_event().reason) == ("withdrawn", "Chiffre contesté.")
    told = article.withdrawal
    assert (told.by, told.at, told.reason_fr, told.reason_en) == (
        people.claire, make.NOW, "Chiffre contesté.", "A figure is disputed."
    )  # fmt: skip
    assert "n’est pas programmé" in refusal(articles.withdraw_article, by=people.claire, reason="x", **said)


def test_published_follows_article_and_release(people: Cast, release: Release) -> None:
    make.approved_article(release)
    tick = timedelta(microseconds=1)
    for at, seen in ((make.FUTURE - tick, False), (make.FUTURE, True), (make.FUTURE + tick, True)):
        assert Article.objects.published(at=at).exists() is seen
    editions.withdraw_release(
        by=people.claire, at=make.FUTURE, release=release, reason_fr="Erreur.", reason_en="Error."
    )
    assert not Article.objects.published(at=make.FUTURE + tick).exists()


@scene(make.published_release, schools=3)
def test_a_later_article_waits_for_its_own_instant(people: Cast, release: Release) -> None:
    article = make.approved_article(release, publish_at=make.FUTURE)
    assert not Article.objects.published(at=make.NOW).exists()
    assert Article.objects.published(at=make.FUTURE).get() == article


def test_languages_of_an_article(people: Cast, release: Release) -> None:
    from django.utils.translation import override

    article = make.approved_article(release, title_en="", body_en="")
    with override("en"):
        assert (article.title, article.language) == (article.title_fr, "fr")
        assert str(make.approved_article(release)) == "École des mines de Brézac in the ranking"
        assert make.approved_article(release).language == "en"
        assert make.approved_article(release).summary == "Its place and score, as published."
