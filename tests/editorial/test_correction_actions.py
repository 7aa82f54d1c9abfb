"""Correcting a published article: by one person, approved by another, the text before kept."""

import json
from datetime import timedelta

import pytest

from editorial.actions import articles
from editorial.actions import corrections as actions
from editorial.exceptions import Stale
from editorial.models import Article, ArticleCorrection
from rankings.models import Release
from tests import corrections
from tests import factories as make
from tests.editorial.refusing import last_event, refusal
from tests.people import Cast
from tests.scenes import scene

pytestmark = [pytest.mark.django_db, scene(make.approved_article)]


@pytest.fixture
def article(db: None) -> Article:
    return Article.objects.select_related("release").get()


def test_propose_is_for_journalists_and_editors_on_a_published_article(people: Cast, article: Article) -> None:
    said = {"at": make.NOW, "article": article, "seen_version": 3, "release": article.release}
    said |= {"corrected": corrections.corrected()}
    for by in (people.hugo, people.lise, people.paul):
        assert refusal(actions.propose_correction, by=by, **said).startswith("Proposer une correction revient")
    stale = said | {"seen_version": 2}
    assert "relisez-le" in refusal(actions.propose_correction, kind=Stale, by=people.jean, **stale)
    made = actions.propose_correction(by=people.jean, **said)
    assert (made.number, made.state, made.author) == (1, "draft", people.jean)
    assert (last_event().verb, last_event().object_id) == ("correction.propose", str(made.pk))
    assert "déjà en cours, par Jean Castel" in refusal(actions.propose_correction, by=people.claire, **said)
    article.refresh_from_db()
    assert (article.version, article.correction) == (3, None)


def test_what_is_not_published_is_not_corrected(people: Cast, article: Article) -> None:
    waiting = make.approved_article(article.release, publish_at=make.FUTURE)
    withdrawn = make.approved_article(article.release)
    articles.withdraw_article(by=people.claire, at=make.NOW, article=withdrawn, seen_version=3, reason="Faux.")
    for one in (waiting, withdrawn, make.written_article(article.release)):
        said = {"by": people.jean, "at": make.NOW, "article": one, "seen_version": one.version}
        said |= {"release": article.release, "corrected": corrections.corrected()}
        assert refusal(actions.propose_correction, **said).startswith("Seul un article publié se corrige")


def test_propose_refuses_what_says_nothing_new_or_nothing_of_what_was_wrong(people: Cast, article: Article) -> None:
    said = {"by": people.jean, "at": make.NOW, "article": article, "seen_version": 3, "release": article.release}
    for empty in ({"note_fr": " "}, {"note_en": ""}):
        answer = refusal(actions.propose_correction, corrected=corrections.corrected(**empty), **said)
        assert answer.startswith("Dites ce qui était faux")
    names = ("title_fr", "title_en", "summary_fr", "summary_en", "body_fr", "body_en")
    same = corrections.corrected(**{name: getattr(article, name) + "\r\n" * (name[:4] == "body") for name in names})
    assert "ne change rien" in refusal(actions.propose_correction, corrected=same, **said)
    other = make.published_release(make.edition(4, year=2024))
    elsewhere = said | {"release": other, "corrected": corrections.corrected()}
    assert "cite la même édition" in refusal(actions.propose_correction, **elsewhere)
    # The same words on a later version of the edition are other figures.
    second = make.published_release(article.release.edition, at=make.PAST)
    assert actions.propose_correction(**said | {"release": second, "corrected": same}).release == second


def test_draft_is_its_proposers_until_submitted(people: Cast, article: Article) -> None:
    made = corrections.proposed(article)
    said = {"at": make.NOW, "correction": made, "release": article.release, "corrected": corrections.corrected()}
    assert "est de Jean Castel" in refusal(actions.edit_correction, by=people.claire, seen_version=1, **said)
    refusal(actions.edit_correction, kind=Stale, by=people.jean, seen_version=4, **said)
    better = said | {"corrected": corrections.corrected(title_fr="Mieux")}
    actions.edit_correction(by=people.jean, seen_version=1, **better)
    assert (made.title_fr, made.version, last_event().verb) == ("Mieux", 2, "correction.edit")
    assert json.loads(last_event().details)["after"] == {"title_fr": "Mieux"}
    actions.submit_correction(by=people.jean, at=make.NOW, correction=made, seen_version=2)
    assert "n’est plus un brouillon" in refusal(actions.edit_correction, by=people.jean, seen_version=3, **said)


def test_figures_are_facts_as_in_the_first_text(people: Cast, article: Article) -> None:
    made = corrections.proposed(article, body_fr="Elle est [[rang:nulle-part]].")
    said = {"by": people.jean, "at": make.NOW, "correction": made, "seen_version": 1}
    assert "[[rang:nulle-part]]" in refusal(actions.submit_correction, **said)


def test_approve_is_for_another_person_and_goes_out_at_once(people: Cast, article: Article) -> None:
    made = corrections.submitted(article)
    said = {"at": make.NOW, "correction": made, "seen_version": 2}
    assert refusal(actions.approve_correction, by=people.lise, **said).startswith("Approuver une correction revient")
    refusal(actions.approve_correction, kind=Stale, by=people.claire, **said | {"seen_version": 1})
    assert Article.objects.as_corrected().get().title_fr == article.title_fr
    actions.approve_correction(by=people.claire, **said)
    assert (made.state, made.approved_by, made.corrected_at) == ("approved", people.claire, make.NOW)
    assert json.loads(last_event().details)["number"] == 1
    assert last_event().reason == "Le texte disait une place de trop."
    kept = Article.objects.get()
    assert (kept.version, kept.title_fr, kept.rendered_fr) == (4, article.title_fr, article.rendered_fr)
    read = Article.objects.as_corrected().published(at=make.NOW).get()
    assert (read.slug, read.title_fr, read.corrected_at) == (article.slug, made.title_fr, make.NOW)
    assert '<data value="classees">' in read.rendered_fr
    assert len(read.facts) == 2


def test_who_proposed_never_approves_not_even_an_editor_in_chief(people: Cast, article: Article) -> None:
    said = {"at": make.NOW, "article": article, "seen_version": 3, "release": article.release}
    made = actions.propose_correction(by=people.claire, corrected=corrections.corrected(), **said)
    actions.submit_correction(by=people.claire, at=make.NOW, correction=made, seen_version=1)
    own = {"by": people.claire, "at": make.NOW, "correction": made, "seen_version": 2}
    assert refusal(actions.approve_correction, **own).startswith("Vous avez proposé cette correction")
    assert refusal(actions.send_back_correction, reason="x", **own).startswith("Vous avez proposé")
    actions.approve_correction(**own | {"by": people.marc})
    assert made.approved_by == people.marc


def test_send_back_and_abandon(people: Cast, article: Article) -> None:
    made = corrections.submitted(article)
    said = {"by": people.claire, "at": make.NOW, "correction": made, "seen_version": 2}
    assert "ce qu’il y a à reprendre" in refusal(actions.send_back_correction, reason=" ", **said)
    assert "n’est plus un brouillon" in refusal(actions.abandon_correction, **said | {"by": people.jean})
    actions.send_back_correction(reason=" Le titre. ", **said)
    assert (made.state, last_event().reason) == ("draft", "Le titre.")
    assert refusal(actions.abandon_correction, **said | {"by": people.lise, "seen_version": 3}).startswith("Écrire")
    actions.abandon_correction(**said | {"seen_version": 3})
    assert made.state == "abandoned"
    assert corrections.proposed(article).number == 1


def test_each_correction_is_the_next_and_begins_with_what_is_read(people: Cast, article: Article) -> None:
    corrections.approved(article)
    second = corrections.approved(article, title_fr="Encore", at=corrections.AT + corrections.DAY)
    assert second.number == 2
    assert Article.objects.as_corrected().get().title_fr == "Encore"
    assert sorted(ArticleCorrection.objects.values_list("number", flat=True)) == [1, 2]


def test_withdrawn_article_is_not_corrected_by_what_waited(people: Cast, article: Article) -> None:
    made = corrections.submitted(article)
    articles.withdraw_article(by=people.claire, at=make.NOW, article=article, seen_version=3, reason="Faux.")
    made.refresh_from_db()
    said = {"by": people.claire, "at": make.NOW, "correction": made, "seen_version": 2}
    assert refusal(actions.approve_correction, **said).startswith("Cet article n’est plus publié")


def test_withdrawing_wants_the_version_that_was_corrected(people: Cast, article: Article) -> None:
    corrections.approved(article)
    said = {"by": people.claire, "at": make.NOW, "article": article, "reason": "Faux."}
    refusal(articles.withdraw_article, kind=Stale, seen_version=3, **said)
    articles.withdraw_article(seen_version=4, **said)
    assert not Article.objects.published(at=make.NOW).exists()


def test_correction_goes_out_neither_before_its_figures_nor_on_a_release_taken_back(
    people: Cast, article: Article
) -> None:
    later = make.sealed_release(article.release.edition, at=make.PAST, publish_at=make.FUTURE)
    made = corrections.submitted(article, release=later)
    said = {"by": people.claire, "correction": made, "seen_version": 2}
    tick = timedelta(microseconds=1)
    answer = refusal(actions.approve_correction, at=make.FUTURE - tick, **said)
    assert "ne paraît pas avant les chiffres" in answer
    actions.approve_correction(at=make.FUTURE, **said)
    assert made.release == later


def test_release_in_force_decides_whether_the_article_is_read(people: Cast, article: Article) -> None:
    first, second = article.release, make.published_release(article.release.edition, at=make.PAST)
    corrections.approved(article, release=second)
    at = make.NOW
    assert Article.objects.published(at=at).exists()
    _take_back(first)
    assert Article.objects.published(at=at).exists()
    assert not Article.objects.readable(at=at).exists()
    _take_back(second)
    assert not Article.objects.published(at=at).exists()


def test_what_a_correction_rests_on_decides_too(people: Cast, article: Article) -> None:
    before = make.published_release(make.edition(4, year=2025), publish_at=make.PAST - corrections.DAY)
    made = corrections.approved(article, body_fr="[[rang:ecole-des-mines-de-brezac:2025]]", body_en="")
    assert list(made.rests_on.all()) == [before]
    _take_back(before)
    assert not Article.objects.published(at=make.NOW).exists()


def _take_back(release: Release) -> None:
    from tests.public.corrected import withdraw

    withdraw(Release.objects.get(pk=release.pk))
