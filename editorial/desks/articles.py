"""The desk of articles: write with the facts of a release, have it reviewed, schedule it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial import article_rules as rules
from editorial import audit
from editorial.actions import articles as actions
from editorial.desks.article_forms import DraftForm
from editorial.desks.edition_forms import InstantForm
from editorial.desks.pages import desk_page, number_in, opened_by, page_of, person, seen_version
from editorial.desks.quotable import as_read, facts_to_quote
from editorial.desks.words import history
from editorial.exceptions import Refused
from editorial.models import Article, ArticleState
from rankings.models import Release


@opened_by("editorial.view_article")
def articles(request: HttpRequest) -> HttpResponse:
    """The articles, by state."""
    found = Article.objects.as_corrected().select_related("author").order_by("-edited_at", "-pk")
    state = request.GET.get("etat", "")
    if state in ArticleState.values:
        found = found.filter(state=state)
    every = list(Article.objects.values_list("state", flat=True))
    context = {
        "page_obj": page_of(request, found),
        "query": request.GET,
        "counts": [
            {
                "n": every.count(one.value),
                "label": one.label,
                "url": f"?etat={one.value}",
                "current": one.value == state,
            }
            for one in ArticleState
        ],
        "why_not_write": rules.why_not_write(person(request)),
    }
    return desk_page(request, "desk/articles.html", context, desk="articles")


@opened_by("editorial.write_article", "GET", "HEAD", "POST")
def article_new(request: HttpRequest) -> HttpResponse:
    """Begin an article."""
    if request.method != "POST":
        begun = {"release": _wanted_release(request), "signature": person(request).display_name}
        return _form_page(request, DraftForm(initial=begun), None)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, None, status=422)
    try:
        article = actions.write_article(
            by=person(request), at=timezone.now(), release=form.cleaned_data["release"], draft=form.draft
        )
    except Refused as refusal:
        return _form_page(request, form, None, refusal=refusal)
    return redirect("desk:article", article.pk)


def _wanted_release(request: HttpRequest) -> int | None:
    """The release the address asks to write on (`version`); the last computed when it asks for none."""
    asked = Release.objects.filter(pk=number_in(request.GET.get("version")) or 0)
    found = asked.first() or Release.objects.order_by("-computed_at").first()
    return found.pk if found else None


def _article(pk: int) -> Article:
    found = Article.objects.as_corrected()
    return get_object_or_404(found.select_related("author", "approved_by", "correction__approved_by"), pk=pk)


@opened_by("editorial.write_article", "GET", "HEAD", "POST")
def article_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own draft."""
    article = _article(pk)
    if request.method != "POST":
        return _form_page(request, DraftForm(initial=DraftForm.of(article)), article)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _form_page(request, form, article, status=422)
    try:
        actions.edit_article(
            by=person(request),
            at=timezone.now(),
            article=article,
            seen_version=seen_version(request),
            release=form.cleaned_data["release"],
            draft=form.draft,
        )
    except Refused as refusal:
        return _form_page(request, form, article, refusal=refusal)
    messages.success(request, _("Article enregistré."))
    return redirect("desk:article", pk)


def _form_page(
    request: HttpRequest,
    form: DraftForm,
    article: Article | None,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    release = form.quoted
    context = {
        "form": form,
        "article": article,
        "version": article.version if article else None,
        "errors": [form] if form.is_bound and form.errors else [],
        "why_not": rules.why_not_write(person(request), article),
        "release": release,
        **facts_to_quote(request, release),
    }
    return desk_page(request, "desk/article_form.html", context, desk="articles", refusal=refusal, status=status)


@opened_by("editorial.view_article")
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """One article as it would be read, and what may be done with it."""
    return _page(request, _article(pk))


def _page(
    request: HttpRequest,
    article: Article,
    *,
    refusal: Refused | None = None,
    instant: InstantForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user, now = person(request), timezone.now()
    corrections = list(article.every_correction.select_related("author", "approved_by"))
    context: dict[str, Any] = {
        "article": article,
        "instant_form": instant or InstantForm(),
        "errors": [instant] if instant is not None and instant.errors else [],
        "typed": request.POST,
        "why_not_edit": rules.why_not_write(user, article),
        "why_not_review": rules.why_not_review(user, article),
        "why_not_withdraw": rules.why_not_withdraw_article(user, article, reason="…"),
        "published": Article.objects.published(at=now).filter(pk=article.pk).exists(),
        "corrections": corrections,
        "why_not_correct": rules.why_not_correct(user, article, at=now),
        "events": history(audit.trail_of(article, *corrections)[:20]),
        **as_read(article),
    }
    return desk_page(request, "desk/article.html", context, desk="articles", refusal=refusal, status=status)


@opened_by("editorial.view_article", "POST")
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the review of one's own draft."""
    try:
        actions.submit_article(
            by=person(request), at=timezone.now(), article=_article(pk), seen_version=seen_version(request)
        )
    except Refused as refusal:
        return _page(request, _article(pk), refusal=refusal)
    messages.success(request, _("Article à relire par une autre personne."))
    return redirect("desk:article", pk)


@opened_by("editorial.view_article", "POST")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it back to its author, with the reason."""
    try:
        actions.send_back_article(
            by=person(request),
            at=timezone.now(),
            article=_article(pk),
            seen_version=seen_version(request),
            reason=request.POST.get("reason", "")[:2000],
        )
    except Refused as refusal:
        return _page(request, _article(pk), refusal=refusal)
    messages.success(request, _("Article renvoyé à son auteur."))
    return redirect("desk:articles")


@opened_by("editorial.view_article", "POST")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve and schedule it, for now or for the instant chosen."""
    form, at = InstantForm(request.POST), timezone.now()
    if not form.is_valid():
        return _page(request, _article(pk), instant=form, status=422)
    try:
        actions.approve_article(
            by=person(request),
            at=at,
            article=_article(pk),
            seen_version=seen_version(request),
            publish_at=form.publish_at(at),
        )
    except Refused as refusal:
        return _page(request, _article(pk), refusal=refusal, instant=form)
    messages.success(request, _("Article approuvé."))
    return redirect("desk:article", pk)


@opened_by("editorial.view_article", "POST")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a scheduled or published article back."""
    try:
        actions.withdraw_article(
            by=person(request),
            at=timezone.now(),
            article=_article(pk),
            seen_version=seen_version(request),
            reason=request.POST.get("reason", "")[:2000],
            reason_en=request.POST.get("reason_en", "")[:2000],
        )
    except Refused as refusal:
        return _page(request, _article(pk), refusal=refusal)
    messages.success(request, _("Article retiré."))
    return redirect("desk:article", pk)
