"""The desk where an import is held against its source: what would be approved in bulk, what not, and why."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from editorial import rules
from editorial.actions.verification import Comparison, Outcome, approve_equal, comparison
from editorial.desks.pages import desk_page, opened_by, page_of, person
from editorial.exceptions import Refused
from schools.models import ImportBatch

# What each filter of the page is called in the address, and in words.
KINDS = {
    "egales": (Outcome.EQUAL, ngettext_lazy("égale à sa source", "égales à leur source")),
    "anomalies": (Outcome.ANOMALOUS, ngettext_lazy("touchée par une anomalie", "touchées par une anomalie")),
    "differentes": (Outcome.DIFFERS, ngettext_lazy("différente de sa source", "différentes de leur source")),
    "contestees": (Outcome.CONTESTED, ngettext_lazy("contestée", "contestées")),
}


def _batch(pk: int) -> ImportBatch:
    return get_object_or_404(ImportBatch.objects.select_related("source", "created_by", "closed_by"), pk=pk)


@opened_by("schools.view_importbatch")
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """The waiting values of an import against its kept file, read again at every opening."""
    return _page(request, _batch(pk))


def _page(request: HttpRequest, batch: ImportBatch, *, refusal: Refused | None = None) -> HttpResponse:
    user, compared = person(request), comparison(batch)
    wanted = request.GET.get("voir", "")
    kind = wanted if wanted in KINDS else _first_kind(compared)
    approvable = len(compared.approvable_by(user.pk))
    context: dict[str, Any] = {
        "batch": batch,
        "compared": compared,
        "kind": kind,
        "counts": _counts(compared, kind),
        "page_obj": page_of(request, list(compared.of(KINDS[kind][0]))),
        "query": request.GET,
        "approvable": approvable,
        "why_not": rules.why_not_approve_equal(user, batch) or _why_none(approvable),
        "anomalies": page_anomalies(batch),
        "steps": [_("Fichier"), _("Aperçu"), _("Enregistrement"), _("Vérification")],
    }
    return desk_page(request, "desk/import_compare.html", context, desk="imports", refusal=refusal)


def page_anomalies(batch: ImportBatch) -> dict[str, list[Any]]:
    """The anomalies of an import: those that hold values back, and the remarks. One query."""
    found = list(batch.anomalies.order_by("pk"))
    return {
        "blocking": [anomaly for anomaly in found if anomaly.severity == "blocking"],
        "remarks": [anomaly for anomaly in found if anomaly.severity != "blocking"],
    }


def _why_none(approvable: int) -> str | None:
    return None if approvable else _("Aucune de ces valeurs ne peut être approuvée d’un coup : regardez-les une à une.")


def _first_kind(compared: Comparison) -> str:
    """What needs an eye first: what differs, then what is contested or anomalous."""
    order = ("differentes", "contestees", "anomalies")
    return next((kind for kind in order if compared.of(KINDS[kind][0])), "egales")


def _counts(compared: Comparison, current: str) -> list[dict[str, object]]:
    return [
        {"n": n, "label": label % n, "url": f"?voir={kind}", "current": kind == current}
        for kind, (outcome, label) in KINDS.items()
        for n in [len(compared.of(outcome))]
    ]


@opened_by("schools.view_importbatch", "POST")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve what is equal, as the person saw it."""
    batch = _batch(pk)
    try:
        done = approve_equal(
            by=person(request), at=timezone.now(), batch=batch, seen_digest=request.POST.get("digest", "")
        )
    except Refused as refusal:
        return _page(request, _batch(pk), refusal=refusal)
    sentence = ngettext("%(count)s valeur approuvée.", "%(count)s valeurs approuvées.", done.values)
    left = ngettext("%(left)s attend encore.", "%(left)s attendent encore.", done.left)
    messages.success(request, f"{sentence} {left}" % {"count": done.values, "left": done.left})
    return redirect("desk:import", pk)
