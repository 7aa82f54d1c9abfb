"""The desk of articles."""

import pytest
from django.urls import reverse

from editorial.models import Article, ArticleState, AuditEvent
from rankings.models import Release
from tests import factories as make
from tests.desks.newsroom import at_desk, words
from tests.people import Cast
from tests.scenes import scene

pytestmark = pytest.mark.django_db


def url(name: str, article: Article) -> str:
    return reverse(f"desk:{name}", args=[article.pk])


def draft(release, **said) -> dict[str, object]:
    return {
        "release": release.pk,
        "genre": "article",
        "title_fr": "Un titre",
        "summary_fr": "Un chapeau.",
        "body_fr": "Il y a [[classees]] écoles.",
    } | said


@scene(make.sealed_release)
def test_article_is_written_previewed_submitted_and_approved_by_another(people: Cast) -> None:
    release = Release.objects.get()
    jean = at_desk(people.jean)
    page = jean.post(reverse("desk:article-new"), draft(release), follow=True)
    article = Article.objects.get()
    assert "Il y a 5 écoles." in words(page)
    assert "Aperçu, avant approbation" in words(page)
    assert jean.post(url("article-edit", article), draft(release, version=1, title_fr="Mieux")).status_code == 302
    assert jean.post(url("article-submit", article), {"version": 2}).status_code == 302
    own = jean.post(url("article-approve", article), {"version": 3, "when": "now"})
    assert own.status_code == 403
    claire = at_desk(people.claire)
    early = claire.post(url("article-approve", article), {"version": 3, "when": "now"})
    assert early.status_code == 403
    assert "ne paraît pas avant les chiffres" in words(early)
    assert claire.post(url("article-approve", article), {"version": 3, "when": "later"}).status_code == 422
    later = {"version": 3, "when": "later", "day": f"{make.FUTURE + make.timedelta(days=2):%Y-%m-%d}", "clock": "08:00"}
    assert claire.post(url("article-approve", article), later | {"version": 1}).status_code == 409
    assert claire.post(url("article-approve", article), later).status_code == 302
    article.refresh_from_db()
    assert (article.state, article.title_fr, article.approved_by) == (ArticleState.APPROVED, "Mieux", people.claire)


def test_unknown_figure_is_shown_and_not_submitted(people: Cast) -> None:
    article = make.written_article(body_fr="Elle est [[rang:nullepart]].")
    page = at_desk(people.jean).get(url("article", article))
    assert "Repères à reprendre" in words(page)
    answer = at_desk(people.jean).post(url("article-submit", article), {"version": 1})
    assert answer.status_code == 403
    assert "rang:nullepart" in words(answer)


def test_raw_html_stays_text_in_the_preview(people: Cast) -> None:
    article = make.written_article(body_fr="<script>alert(1)</script> [x](javascript:alert(1))")
    page = at_desk(people.jean).get(url("article", article)).content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


@scene(make.published_release)
def test_facts_to_quote_are_found_by_school(people: Cast) -> None:
    release = Release.objects.get()
    there = reverse("desk:article-new")
    general = at_desk(people.jean).get(there).context
    assert general["release"] == release
    assert {fact["token"] for fact in general["facts"]} == {
        "[[classees]]",
        "[[non-classees]]",
        "[[millesime]]",
        "[[premiere]]",
    }
    found = at_desk(people.jean).get(there, {"ecole": "brezac"}).context["facts"]
    assert {fact["unit"] for fact in found} == {"ecole-des-mines-de-brezac"}
    assert "[[rang:ecole-des-mines-de-brezac]]" in {fact["token"] for fact in found}
    assert at_desk(people.jean).get(there, {"ecole": "zzz"}).context["facts"] == []


@scene(make.published_release)
def test_each_fact_to_quote_shows_its_rule_and_what_cannot_be_said_its_reason(people: Cast) -> None:
    page = at_desk(people.jean).get(reverse("desk:article-new"), {"ecole": "ecole-des-mines-de-brezac"})
    said = words(page)
    assert "3 écoles classées de la région Occitanie" in said
    assert "Ce qu’on ne peut pas dire, et pourquoi" in said
    assert "L’édition 2025 n’est pas publiée ici." in said
    refused = {fact["token"] for fact in page.context["refused"]}
    assert "[[gain:ecole-des-mines-de-brezac]]" in refused
    assert refused.isdisjoint(fact["token"] for fact in page.context["facts"])


@scene(make.published_release)
def test_several_schools_of_a_name_are_proposed(people: Cast) -> None:
    page = at_desk(people.jean).get(reverse("desk:article-new"), {"ecole": "ecole"})
    assert len(page.context["schools"]) > 1
    assert page.context["facts"] == []
    assert 'href="?ecole=ecole-des-mines-de-brezac"' in page.content.decode()


@scene(make.published_release)
def test_others_and_out_of_date_writers_are_refused_and_keep_their_text(people: Cast) -> None:
    release = Release.objects.get()
    article = make.written_article(release)
    other = at_desk(people.claire).post(url("article-edit", article), draft(release, version=1, body_fr="Mon texte."))
    assert other.status_code == 403
    assert "Mon texte." in other.content.decode()
    stale = at_desk(people.jean).post(url("article-edit", article), draft(release, version=9, body_fr="Mon texte."))
    assert stale.status_code == 409
    assert "Mon texte." in stale.content.decode()
    empty = at_desk(people.jean).post(url("article-edit", article), draft(release, version=1, title_fr=""))
    assert empty.status_code == 422
    assert at_desk(people.jean).post(reverse("desk:article-new"), {"release": "x"}).status_code == 422
    article.refresh_from_db()
    assert article.version == 1
    assert Article.objects.count() == 1


@scene(make.submitted_article)
def test_article_is_sent_back_with_what_to_mend(people: Cast) -> None:
    article = Article.objects.get()
    claire = at_desk(people.claire)
    assert claire.post(url("article-send-back", article), {"version": 2, "reason": " "}).status_code == 403
    assert claire.post(url("article-send-back", article), {"version": 1, "reason": "Le titre."}).status_code == 409
    assert claire.post(url("article-send-back", article), {"version": 2, "reason": "Le titre."}).status_code == 302
    assert "Le titre." in words(at_desk(people.jean).get(url("article", article)))


@scene(make.approved_article)
def test_approved_article_is_withdrawn_with_a_reason(people: Cast) -> None:
    article = Article.objects.get()
    assert "Texte approuvé, figé" in words(at_desk(people.lise).get(url("article", article)))
    events = AuditEvent.objects.count()
    claire = at_desk(people.claire)
    assert (
        at_desk(people.jean).post(url("article-withdraw", article), {"version": 3, "reason": "Non."}).status_code == 403
    )
    assert claire.post(url("article-withdraw", article), {"version": 3, "reason": ""}).status_code == 403
    assert claire.post(url("article-withdraw", article), {"version": 9, "reason": "Non."}).status_code == 409
    assert AuditEvent.objects.count() == events
    assert claire.post(url("article-withdraw", article), {"version": 3, "reason": "Non."}).status_code == 302
    listed = at_desk(people.lise).get(reverse("desk:articles"), {"etat": "withdrawn"})
    assert [one.pk for one in listed.context["page_obj"]] == [article.pk]
