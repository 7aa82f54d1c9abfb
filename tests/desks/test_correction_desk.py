"""The desk of corrections: from the page of a published article to the public."""

import pytest
from django.test import Client
from django.urls import reverse

from editorial.models import Article, ArticleCorrection
from rankings.models import Release
from tests import corrections
from tests import factories as make
from tests.desks.newsroom import at_desk, words
from tests.people import Cast
from tests.scenes import scene

pytestmark = [pytest.mark.django_db, scene(make.approved_article)]


def url(name: str, thing: Article | ArticleCorrection) -> str:
    return reverse(f"desk:{name}", args=[thing.pk])


def typed(article: Article, **said: object) -> dict[str, object]:
    names = ("title_fr", "summary_fr", "body_fr", "title_en", "summary_en", "body_en")
    texts = {name: getattr(article, name) for name in names}
    notes = {"note_fr": "Le titre disait autre chose.", "note_en": "The title said something else."}
    return {"version": article.version, "release": article.release_id} | texts | notes | said


def test_correction_goes_from_the_article_to_the_public(people: Cast) -> None:
    article = Article.objects.get()
    jean, claire = at_desk(people.jean), at_desk(people.claire)
    assert url("article-correct", article) in jean.get(url("article", article)).content.decode()
    begun = jean.get(url("article-correct", article)).context["form"]
    assert begun["title_fr"].value() == article.title_fr
    assert begun["note_fr"].value() == ""
    assert "[[classees]]" in words(jean.get(url("article-correct", article)))
    page = jean.post(url("article-correct", article), typed(article, title_fr="Le bon titre"), follow=True)
    made = ArticleCorrection.objects.get()
    assert "Ce que la note dira au public" in words(page)
    assert "Le titre disait autre chose." in words(page)
    assert jean.post(url("correction-edit", made), typed(article, version=1, title_fr="Mieux")).status_code == 302
    assert jean.post(url("correction-submit", made), {"version": 2}).status_code == 302
    assert jean.post(url("correction-approve", made), {"version": 3}).status_code == 403
    assert reverse("desk:correction", args=[made.pk]) in claire.get("/redaction/").content.decode()
    assert claire.post(url("correction-approve", made), {"version": 1}).status_code == 409
    assert "Mieux" not in words(Client().get(f"/articles/{article.slug}/"))
    assert claire.post(url("correction-approve", made), {"version": 3}, follow=True).status_code == 200
    assert "Mieux" in words(Client().get(f"/articles/{article.slug}/"))
    listed = words(claire.get(reverse("desk:articles")))
    assert "Mieux" in listed
    trail = words(claire.get(url("article", article)))
    assert "Claire Vasseur a publié la correction d’un article" in trail
    assert "Jean Castel a proposé la correction d’un article" in trail


def test_out_of_date_and_incomplete_proposals_keep_what_was_typed(people: Cast) -> None:
    article = Article.objects.get()
    jean = at_desk(people.jean)
    empty = jean.post(url("article-correct", article), typed(article, note_en="", title_fr="Mon titre"))
    assert empty.status_code == 422
    assert "Mon titre" in empty.content.decode()
    stale = jean.post(url("article-correct", article), typed(article, version=1, title_fr="Mon titre"))
    assert stale.status_code == 409
    assert "Mon titre" in stale.content.decode()
    assert jean.post(url("article-correct", article), typed(article)).status_code == 403
    assert not ArticleCorrection.objects.exists()


def test_only_versions_of_the_same_edition_are_proposed(people: Cast) -> None:
    article = Article.objects.select_related("release").get()
    second = make.published_release(article.release.edition, at=make.PAST)
    other = make.published_release(make.edition(3, year=2024))
    form = at_desk(people.jean).get(url("article-correct", article)).context["form"]
    assert list(form.fields["release"].queryset) == [second, article.release]
    answer = at_desk(people.jean).post(url("article-correct", article), typed(article, release=other.pk))
    assert answer.status_code == 422


def test_unknown_figure_is_shown_and_not_submitted(people: Cast) -> None:
    made = corrections.proposed(Article.objects.get(), body_fr="Elle est [[rang:nullepart]].")
    jean = at_desk(people.jean)
    assert "Repères à reprendre" in words(jean.get(url("correction", made)))
    assert reverse("preview-correction", args=[made.pk]) not in jean.get(url("correction", made)).content.decode()
    assert jean.get(reverse("preview-correction", args=[made.pk])).status_code == 404
    answer = jean.post(url("correction-submit", made), {"version": 1})
    assert answer.status_code == 403
    assert "rang:nullepart" in words(answer)


def test_reviewer_sees_what_the_correction_changes_and_nothing_else(people: Cast) -> None:
    article = Article.objects.select_related("release").get()
    said = {name: getattr(article, name) for name in ("title_fr", "title_en", "summary_fr", "summary_en", "body_en")}
    first = corrections.approved(article, **said, body_fr=f"{article.body_fr}\r\n\r\nUn paragraphe.")
    (added,) = at_desk(people.claire).get(url("correction", first)).context["changes"]
    assert (str(added.label), added.before, added.after) == ("texte", "", "Un paragraphe.")
    second = make.published_release(article.release.edition, at=make.PAST)
    next_one = corrections.submitted(article, release=second, **said, body_fr="Un paragraphe.")
    page = at_desk(people.claire).get(url("correction", next_one))
    removed, quoted = page.context["changes"]
    assert (removed.before, removed.after) == (article.body_fr, "")
    assert quoted.before.endswith("version 1")
    assert quoted.after.endswith("version 2")
    assert "<del>" in page.content.decode()


def test_sent_back_then_abandoned(people: Cast) -> None:
    made = corrections.submitted(Article.objects.get())
    claire, jean = at_desk(people.claire), at_desk(people.jean)
    assert claire.post(url("correction-send-back", made), {"version": 2, "reason": " "}).status_code == 403
    assert claire.post(url("correction-send-back", made), {"version": 2, "reason": "Le chapeau."}).status_code == 302
    assert "Le chapeau." in words(jean.get(url("correction", made)))
    assert url("correction", made) in jean.get("/redaction/").content.decode()
    assert at_desk(people.lise).post(url("correction-abandon", made), {"version": 3}).status_code == 403
    assert jean.post(url("correction-abandon", made), {"version": 3}).status_code == 302
    page = words(jean.get(url("correction", made)))
    assert "abandonnée" in page
    assert "Voir comme le public" not in page


def test_article_that_cannot_be_corrected_says_why(people: Cast) -> None:
    article = Article.objects.get()
    made = corrections.proposed(article)
    page = at_desk(people.claire).get(url("article", article))
    assert "Une correction de cet article est déjà en cours, par Jean Castel." in words(page)
    assert url("correction", made) in page.content.decode()
    lise = words(at_desk(people.lise).get(url("article", article)))
    assert "Proposer une correction revient aux journalistes" in lise


@pytest.mark.parametrize("build", [corrections.proposed, corrections.submitted, corrections.approved])
def test_preview_shows_the_correction_as_the_public_will_read_it(build, people: Cast) -> None:
    article = Article.objects.get()
    before = Client().get(f"/articles/{article.slug}/").content
    made = build(article)
    there = reverse("preview-correction", args=[made.pk])
    page = at_desk(people.claire).get(there)
    said = words(page)
    assert "Aperçu, non publié" in said
    assert "L’École des mines de Brézac, corrigée" in said
    assert "Le texte disait une place de trop." in said
    assert "et rien d’autre." in said
    first = f"{there}articles/{article.slug}/version/1/"
    assert first in page.content.decode()
    assert "L’École des mines de Brézac au palmarès" in words(at_desk(people.claire).get(first))
    assert "Le texte disait une place de trop." in words(at_desk(people.claire).get(f"{there}corrections/"))
    assert "Brézac, corrigée" in words(at_desk(people.claire).get(f"{there}articles/"))
    if build is not corrections.approved:
        assert Client().get(f"/articles/{article.slug}/").content == before
        assert not ArticleCorrection.objects.get().rendered_fr
    assert at_desk(people.paul).get(there).status_code == 403


def test_preview_of_a_correction_on_a_version_under_embargo(people: Cast) -> None:
    article = Article.objects.select_related("release").get()
    later = make.sealed_release(article.release.edition, at=make.PAST, publish_at=make.FUTURE)
    made = corrections.submitted(article, release=later)
    page = at_desk(people.claire).get(reverse("preview-correction", args=[made.pk]))
    assert "version 2" in words(page)
    desk = words(at_desk(people.claire).get(url("correction", made)))
    assert "ne paraît pas avant les chiffres" in desk
    assert Release.objects.published(at=make.NOW).count() == 1
