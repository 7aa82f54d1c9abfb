"""The desk of corrections of published articles: propose, have it reviewed, put it out."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial import article_rules as rules
from editorial import audit
from editorial.actions import corrections as actions
from editorial.desks.article_forms import CorrectionForm
from editorial.desks.pages import desk_page, opened_by, person, seen_version
from editorial.desks.quotable import as_read, facts_to_quote
from editorial.desks.text_changes import text_changes
from editorial.desks.words import history
from editorial.exceptions import Refused
from editorial.models import Article, ArticleCorrection


def _correction(pk: int) -> ArticleCorrection:
    found = ArticleCorrection.objects.select_related("release", "author", "approved_by", "article__correction")
    return get_object_or_404(found.select_related("article__release"), pk=pk)


@opened_by("editorial.write_article", "GET", "HEAD", "POST")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose the next correction of a published article, beginning with what it says."""
    article = get_object_or_404(Article.objects.as_corrected(), pk=pk)
    if request.method != "POST":
        begun = CorrectionForm.of(article) | {"note_fr": "", "note_en": ""}
        return _form_page(request, CorrectionForm(initial=begun, article=article), article)
    form = CorrectionForm(request.POST, article=article)
    if not form.is_valid():
        return _form_page(request, form, article, status=422)
    try:
        made = actions.propose_correction(
            by=person(request),
            at=timezone.now(),
            article=article,
            seen_version=seen_version(request),
            release=form.cleaned_data["release"],
            corrected=form.corrected,
        )
    except Refused as refusal:
        return _form_page(request, form, article, refusal=refusal)
    return redirect("desk:correction", made.pk)


@opened_by("editorial.write_article", "GET", "HEAD", "POST")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own draft of a correction."""
    found = _correction(pk)
    if request.method != "POST":
        form = CorrectionForm(initial=CorrectionForm.of(found), article=found.article)
        return _form_page(request, form, found.article, found)
    form = CorrectionForm(request.POST, article=found.article)
    if not form.is_valid():
        return _form_page(request, form, found.article, found, status=422)
    try:
        actions.edit_correction(
            by=person(request),
            at=timezone.now(),
            correction=found,
            seen_version=seen_version(request),
            release=form.cleaned_data["release"],
            corrected=form.corrected,
        )
    except Refused as refusal:
        return _form_page(request, form, found.article, found, refusal=refusal)
    messages.success(request, _("Correction enregistrée."))
    return redirect("desk:correction", pk)


def _form_page(
    request: HttpRequest,
    form: CorrectionForm,
    article: Article,
    correction: ArticleCorrection | None = None,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    user, release = person(request), form.quoted
    why_not = (
        rules.why_not_edit_correction(user, correction)
        if correction
        else rules.why_not_correct(user, article, at=timezone.now())
    )
    context = {
        "form": form,
        "article": article,
        "correction": correction,
        "version": (correction or article).version,
        "errors": [form] if form.is_bound and form.errors else [],
        "why_not": why_not,
        "release": release,
        **facts_to_quote(request, release),
    }
    return desk_page(request, "desk/correction_form.html", context, desk="articles", refusal=refusal, status=status)


@opened_by("editorial.view_article")
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """One correction as it would be read, and what may be done with it."""
    return _page(request, _correction(pk))


def _page(request: HttpRequest, found: ArticleCorrection, *, refusal: Refused | None = None) -> HttpResponse:
    user = person(request)
    context: dict[str, Any] = {
        "correction": found,
        "article": found.article,
        "typed": request.POST,
        "why_not_edit": rules.why_not_edit_correction(user, found),
        "why_not_abandon": rules.why_not_abandon_correction(user, found),
        "why_not_review": rules.why_not_review_correction(user, found),
        "why_not_approve": rules.why_not_approve_correction(user, found, at=timezone.now()),
        "events": history(audit.trail_of(found)[:20]),
        "changes": text_changes(found),
        **as_read(found),
    }
    return desk_page(request, "desk/correction.html", context, desk="articles", refusal=refusal)


def _do(request: HttpRequest, pk: int, action: Callable[..., None], done: str, **said: Any) -> HttpResponse:
    """Have an action done on a correction as the person saw it; the page says it, or why not."""
    try:
        action(
            by=person(request),
            at=timezone.now(),
            correction=_correction(pk),
            seen_version=seen_version(request),
            **said,
        )
    except Refused as refusal:
        return _page(request, _correction(pk), refusal=refusal)
    messages.success(request, done)
    return redirect("desk:correction", pk)


@opened_by("editorial.view_article", "POST")
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the review of one's own correction."""
    return _do(request, pk, actions.submit_correction, _("Correction à relire par une autre personne."))


@opened_by("editorial.view_article", "POST")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it back to who proposed it, with the reason."""
    reason = request.POST.get("reason", "")[:2000]
    return _do(request, pk, actions.send_back_correction, _("Correction renvoyée à son auteur."), reason=reason)


@opened_by("editorial.view_article", "POST")
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop it."""
    return _do(request, pk, actions.abandon_correction, _("Correction abandonnée : l’article reste comme il est."))


@opened_by("editorial.view_article", "POST")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve it: it is public from now on."""
    return _do(request, pk, actions.approve_correction, _("Correction publiée."))
