"""Which schools an edition is about, and which it leaves out and why."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial import rules
from editorial.actions.editions import LeftOut, set_perimeter
from editorial.desks.edition_forms import PerimeterForm
from editorial.desks.editions import edition_or_404
from editorial.desks.pages import desk_page, opened_by, page_of, person, seen_version
from editorial.exceptions import Refused
from rankings.models import Edition, EditionUnit
from schools.models import Unit, ValueRevision, ValueState


def with_a_value(edition: Edition) -> "QuerySet[Unit]":
    """The schools that have a value in force, or waiting, for any indicator this edition reads."""
    live = ValueRevision.objects.filter(
        state__in=[ValueState.IN_FORCE, ValueState.PENDING],
        indicator__in=edition.columns.values("indicator_id"),
        reference_year__in=edition.columns.values("reference_year"),
    )
    return Unit.objects.filter(pk__in=live.values("unit_id"))


@opened_by("rankings.view_edition", "GET", "HEAD", "POST")
def perimeter(request: HttpRequest, pk: int) -> HttpResponse:
    """The schools of an edition. A post does one thing: take all with a value, leave one out, take one in or away."""
    edition = edition_or_404(pk)
    if request.method != "POST":
        return _page(request, edition, PerimeterForm())
    form = PerimeterForm(request.POST if request.POST.get("what") == "leave" else None)
    if form.is_bound and not form.is_valid():
        return _page(request, edition, form, status=422)
    try:
        included, left_out = _wanted(request, edition, form)
        set_perimeter(
            by=person(request),
            at=timezone.now(),
            edition=edition,
            seen_version=seen_version(request),
            units=included,
            left_out=left_out,
        )
    except Refused as refusal:
        return _page(request, edition, form, refusal=refusal)
    messages.success(request, _("Liste enregistrée : %(count)s écoles dans le champ.") % {"count": len(included)})
    return redirect("desk:edition-units", pk)


def _wanted(request: HttpRequest, edition: Edition, form: PerimeterForm) -> tuple[list[Unit], list[LeftOut]]:
    """The whole perimeter after what was asked."""
    rows = list(edition.perimeter.select_related("unit"))
    included = {r.unit_id: r.unit for r in rows if r.status == EditionUnit.Status.INCLUDED}
    left = {r.unit_id: LeftOut(r.unit, r.reason_fr, r.reason_en) for r in rows if r.unit_id not in included}
    what = request.POST.get("what")
    if what == "all":
        included |= {unit.pk: unit for unit in with_a_value(edition) if unit.pk not in left}
    elif what == "leave":
        unit = form.cleaned_data["unit"]
        included.pop(unit.pk, None)
        left[unit.pk] = LeftOut(unit, form.cleaned_data["reason_fr"], form.cleaned_data["reason_en"])
    else:
        chosen = {unit.pk: unit for unit in Unit.objects.filter(slug__in=request.POST.getlist("unit"))}
        if what == "in":
            included |= chosen
            left = {pk: item for pk, item in left.items() if pk not in chosen}
        elif what == "out":
            included = {pk: unit for pk, unit in included.items() if pk not in chosen}
            left = {pk: item for pk, item in left.items() if pk not in chosen}
        else:
            raise Refused(_("Cette demande ne se comprend pas."))
    return list(included.values()), list(left.values())


def _page(
    request: HttpRequest,
    edition: Edition,
    form: PerimeterForm,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:120]
    rows = edition.perimeter.select_related("unit").order_by("unit__search_key")
    present = set(edition.perimeter.values_list("unit_id", flat=True))
    context = {
        "edition": edition,
        "form": form,
        "errors": [form] if form.is_bound and form.errors else [],
        "included": page_of(request, rows.filter(status=EditionUnit.Status.INCLUDED), 100),
        "left_out": list(rows.filter(status=EditionUnit.Status.EXCLUDED)),
        "candidates": with_a_value(edition).exclude(pk__in=present).count(),
        "words": words,
        "found": [unit for unit in Unit.objects.matching(words)[:40] if unit.pk not in present] if words else None,
        "query": request.GET,
        "why_not": rules.why_not_change_edition(person(request)),
    }
    return desk_page(request, "desk/edition_units.html", context, desk="editions", refusal=refusal, status=status)
