"""The desk where an edition is let out without values that nobody has verified yet, with a public reason."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from editorial import rules
from editorial.actions.set_aside import set_aside, take_back
from editorial.actions.values import Seen
from editorial.desks.editions import edition_or_404
from editorial.desks.pages import desk_page, number_in, opened_by, page_of, person
from editorial.exceptions import Refused, Stale
from rankings.blocks import waiting_values
from rankings.models import Edition
from schools.models import ValueRevision

PER_PAGE = 100


class ReasonForm(forms.Form):
    """Why an edition goes out without these values; empty reasons are for the rule to refuse."""

    reason_fr = forms.CharField(
        label=gettext_lazy("Raison, que lira le public"),
        required=False,
        max_length=rules.LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason_en = forms.CharField(
        label=gettext_lazy("Raison, en anglais"),
        required=False,
        max_length=rules.LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@opened_by("rankings.view_edition", "GET", "HEAD", "POST")
def aside(request: HttpRequest, pk: int) -> HttpResponse:
    """The values that block an edition, and those it goes out without. A post sets aside those ticked, or all."""
    edition = edition_or_404(pk)
    if request.method != "POST":
        return _page(request, edition, ReasonForm())
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, edition, form, status=422)
    try:
        count = set_aside(
            by=person(request), at=timezone.now(), edition=edition, seen=_chosen(request, edition), **form.cleaned_data
        )
    except Refused as refusal:
        return _page(request, edition, form, refusal=refusal)
    sentence = ngettext("%(count)s valeur mise de côté.", "%(count)s valeurs mises de côté.", count)
    messages.success(request, sentence % {"count": count})
    return redirect("desk:edition-aside", pk)


@opened_by("rankings.view_edition", "POST")
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a value set aside block the edition again."""
    edition = edition_or_404(pk)
    found = edition.set_aside.filter(revision=number_in(request.POST.get("revision"))).select_related("revision")
    try:
        item = found.first()
        if item is None:
            raise Stale(_("Cette valeur n’est plus mise de côté : relisez la liste."))
        take_back(by=person(request), at=timezone.now(), edition=edition, revision=item.revision)
    except Refused as refusal:
        return _page(request, edition, ReasonForm(), refusal=refusal)
    messages.success(request, _("Cette valeur bloque de nouveau l’édition."))
    return redirect("desk:edition-aside", pk)


def _chosen(request: HttpRequest, edition: Edition) -> list[Seen]:
    """The values ticked, as « number:version », or all of those seen when the whole was asked for."""
    if request.POST.get("what") == "all":
        waiting = waiting_values(edition)
        if request.POST.get("digest") != seen_digest(waiting):
            raise Stale(_("La liste a changé depuis que vous avez ouvert la page : relisez-la."))
        return [Seen(revision, revision.version) for revision in waiting]
    ticked: dict[int, int] = {}
    for text in request.POST.getlist("value"):
        number, _colon, version = text.partition(":")
        if (pk := number_in(number)) is not None:
            ticked[pk] = number_in(version) or 0
    return [Seen(revision, ticked[revision.pk]) for revision in ValueRevision.objects.filter(pk__in=ticked)]


def seen_digest(waiting: Sequence[ValueRevision]) -> str:
    """The list a person saw, as one number: each value with its version."""
    seen = ",".join(sorted(f"{revision.pk}:{revision.version}" for revision in waiting))
    return hashlib.sha256(seen.encode()).hexdigest()


def _page(
    request: HttpRequest, edition: Edition, form: ReasonForm, *, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    waiting = waiting_values(edition)
    rows = (
        ValueRevision.objects.filter(pk__in=[revision.pk for revision in waiting])
        .select_related("unit", "indicator")
        .prefetch_related("anomalies")
        .order_by("unit__search_key", "indicator__code", "reference_year")
    )
    current = edition.set_aside.current().select_related("revision__unit", "revision__indicator", "by")
    context: dict[str, Any] = {
        "edition": edition,
        "form": form,
        "errors": [form] if form.is_bound and form.errors else [],
        "page_obj": page_of(request, rows, PER_PAGE),
        "digest": seen_digest(waiting),
        "set_aside": list(current.order_by("revision__unit__search_key", "revision__indicator__code")),
        "query": request.GET,
        "ticked": request.POST.getlist("value"),
        "why_not": rules.why_not_change_edition(person(request)),
    }
    return desk_page(request, "desk/edition_aside.html", context, desk="editions", refusal=refusal, status=status)
