"""The desk of editions: what one is made of, what blocks it, and its computation."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial import audit, rules
from editorial.actions import editions as actions
from editorial.desks.column_forms import ColumnsForm
from editorial.desks.edition_forms import MethodForm, OpenForm, RankingForm, TextsForm
from editorial.desks.method_words import problem_words
from editorial.desks.pages import desk_page, opened_by, person, seen_version
from editorial.desks.settling import settled_blocks
from editorial.desks.stages import stage_of, stage_of_release
from editorial.desks.words import history
from editorial.exceptions import Refused
from rankings.doubts import doubts
from rankings.engine import MethodError, parse_method
from rankings.models import Edition, MethodVersion
from rankings.printed import read_print


@opened_by("rankings.view_edition", "GET", "HEAD", "POST")
def editions(request: HttpRequest) -> HttpResponse:
    """The editions and their stages; the forms that open an edition or a palmarès."""
    open_form, ranking_form = OpenForm(), RankingForm()
    if request.method != "POST":
        return _list(request, open_form, ranking_form)
    by, at = person(request), timezone.now()
    try:
        if request.POST.get("what") == "ranking":
            ranking_form = RankingForm(request.POST)
            if not ranking_form.is_valid():
                return _list(request, open_form, ranking_form, status=422)
            actions.open_ranking(by=by, at=at, **ranking_form.cleaned_data)
            return redirect("desk:editions")
        open_form = OpenForm(request.POST)
        if not open_form.is_valid():
            return _list(request, open_form, ranking_form, status=422)
        edition = actions.open_edition(by=by, at=at, texts=actions.Texts(), **open_form.cleaned_data)
    except Refused as refusal:
        return _list(request, open_form, ranking_form, refusal=refusal)
    return redirect("desk:edition", edition.pk)


def _list(
    request: HttpRequest,
    open_form: OpenForm,
    ranking_form: RankingForm,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    found = Edition.objects.select_related("ranking", "method").prefetch_related("releases__withdrawal")
    rows = []
    for edition in found.order_by("ranking", "-year"):
        latest = max(edition.releases.all(), key=lambda release: release.number, default=None)
        rows.append({"edition": edition, "stage": stage_of_release(latest) if latest else None, "release": latest})
    context = {
        "rows": rows,
        "open_form": open_form,
        "ranking_form": ranking_form,
        "errors": [form for form in (open_form, ranking_form) if form.is_bound and form.errors],
        "why_not": rules.why_not_change_edition(person(request)),
    }
    return desk_page(request, "desk/editions.html", context, desk="editions", refusal=refusal, status=status)


def edition_or_404(pk: int) -> Edition:
    """The edition with its ranking and method."""
    return get_object_or_404(Edition.objects.select_related("ranking", "method__ranking", "created_by"), pk=pk)


@opened_by("rankings.view_edition")
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition: texts, method, years, schools, what blocks, its versions."""
    return edition_page(request, edition_or_404(pk))


def edition_page(
    request: HttpRequest, edition: Edition, *, refusal: Refused | None = None, status: int = 200, **as_sent: Any
) -> HttpResponse:
    """The page of an edition; `as_sent` replaces its forms by those a person just filled."""
    user = person(request)
    settled = settled_blocks(edition, user)
    obstacles = tuple(one.block for one in settled)
    releases = edition.releases.select_related("withdrawal", "computed_by", "signed_by", "sealed_by").order_by(
        "-number"
    )
    context: dict[str, Any] = {
        "edition": edition,
        "stage": stage_of(edition),
        "blocks": settled,
        "texts_form": TextsForm(initial={name: getattr(edition, name) for name in vars(actions.Texts())}),
        "method_form": MethodForm(edition=edition, initial={"filed": edition.method_id}),
        "columns_form": columns_form(edition),
        "method": _method_view(edition.method),
        "columns": list(edition.columns.select_related("indicator").order_by("indicator__code")),
        "included": edition.perimeter.filter(status="included").count(),
        "left_out": list(edition.perimeter.filter(status="excluded").select_related("unit")),
        "set_aside": edition.set_aside.current().count(),
        "waits": any(block.code == "waiting" for block in obstacles),
        "why_not_change": rules.why_not_change_edition(user),
        "why_not_compute": rules.why_not_compute(user) or _stopping(obstacles),
        "releases": [{"release": release, "stage": stage_of_release(release)} for release in releases],
        "needs_reason": any(release.sealed_at for release in releases),
        "typed": request.POST,
        "events": history(audit.trail_of(edition)[:20]),
        **_print(edition),
        **as_sent,
    }
    context["errors"] = [form for form in as_sent.values() if isinstance(form, forms.Form) and form.errors]
    return desk_page(request, "desk/edition.html", context, desk="editions", refusal=refusal, status=status)


def _print(edition: Edition) -> dict[str, Any]:
    """The places of an archival edition and what looks wrong in them; nothing of another, or before they are there."""
    if not edition.archival or not edition.places.exists():
        return {}
    printed = read_print(edition)
    return {"printed": printed, "doubts": doubts(printed.record, printed.places)}


def _stopping(obstacles: tuple[Any, ...]) -> str | None:
    """Why nothing can be computed at all: the same three blocks the action stops at."""
    found = [block.sentence for block in obstacles if block.code in actions.STOPPING]
    return " ".join(found) or None


def _method_view(version: MethodVersion | None) -> Any:
    """The parsed method; None when there is none or it does not read, which `blocks` says."""
    if version is None:
        return None
    try:
        return parse_method(version.text)
    except MethodError:
        return None


def columns_form(edition: Edition, data: Any = None) -> ColumnsForm | None:
    """The form of the years, three fields for each indicator that is read; None without a method."""
    if edition.method is None:
        return None
    columns = list(edition.columns.select_related("indicator").order_by("indicator__code"))
    return ColumnsForm(data, used=list(edition.method.indicators.order_by("code")), columns=columns)


@opened_by("rankings.view_edition", "POST")
def texts(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what the edition says of itself."""
    edition, form = edition_or_404(pk), TextsForm(request.POST)
    if not form.is_valid():
        return edition_page(request, edition, texts_form=form, status=422)
    try:
        actions.write_texts(
            by=person(request),
            at=timezone.now(),
            edition=edition,
            seen_version=seen_version(request),
            texts=actions.Texts(**form.cleaned_data),
        )
    except Refused as refusal:
        return edition_page(request, edition_or_404(pk), refusal=refusal, texts_form=form)
    messages.success(request, _("Textes enregistrés."))
    return redirect("desk:edition", pk)


@opened_by("rankings.view_edition", "POST")
def method(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the method: one filed before, or a new one that is filed by the same act."""
    edition = edition_or_404(pk)
    form = MethodForm(request.POST, request.FILES, edition=edition)
    if not form.is_valid():
        return edition_page(request, edition, method_form=form, status=422)
    try:
        _file_and_choose(request, edition, form)
    except MethodError as refused:
        return edition_page(
            request, edition, method_form=form, method_problems=[problem_words(p) for p in refused.problems], status=422
        )
    except Refused as refusal:
        return edition_page(request, edition_or_404(pk), refusal=refusal, method_form=form)
    messages.success(request, _("Méthode choisie."))
    return redirect("desk:edition", pk)


def _file_and_choose(request: HttpRequest, edition: Edition, form: MethodForm) -> None:
    by, at, said = person(request), timezone.now(), form.cleaned_data
    with transaction.atomic():
        version = said.get("filed") or actions.file_method(by=by, at=at, ranking=edition.ranking, text=said["text"])
        actions.choose_method(by=by, at=at, edition=edition, seen_version=seen_version(request), method=version)


@opened_by("rankings.view_edition", "POST")
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say in which year each indicator is read."""
    edition = edition_or_404(pk)
    form = columns_form(edition, request.POST)
    if form is None:
        return edition_page(request, edition, refusal=Refused(_("Choisissez d’abord une méthode.")))
    if not form.is_valid():
        return edition_page(request, edition, columns_form=form, status=422)
    try:
        actions.set_columns(
            by=person(request),
            at=timezone.now(),
            edition=edition,
            seen_version=seen_version(request),
            years=form.years,
            carry_over=form.carry_over,
            context_from=form.context_from,
        )
    except Refused as refusal:
        return edition_page(request, edition_or_404(pk), refusal=refusal, columns_form=form)
    messages.success(request, _("Années enregistrées."))
    return redirect("desk:edition", pk)


@opened_by("rankings.view_edition", "POST")
def compute(request: HttpRequest, pk: int) -> HttpResponse:
    """Compute the edition as the base stands."""
    try:
        release = actions.compute_release(
            by=person(request),
            at=timezone.now(),
            edition=edition_or_404(pk),
            reason_fr=request.POST.get("reason_fr", "")[:2000],
            reason_en=request.POST.get("reason_en", "")[:2000],
        )
    except Refused as refusal:
        return edition_page(request, edition_or_404(pk), refusal=refusal)
    return redirect("desk:release", release.pk)
