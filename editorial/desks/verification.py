"""The verifier's desk: her queue, then one value at a time beside its source."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial import audit, rules
from editorial.actions import values
from editorial.desks import priorities
from editorial.desks.columns import column_of, other_years, row_of
from editorial.desks.narrowing import Narrowing, chips, choices
from editorial.desks.pages import desk_page, number_in, opened_by, page_of, person, seen_version
from editorial.desks.source_views import source_views
from editorial.desks.words import history
from editorial.exceptions import Refused
from editorial.models import User
from schools.models import ValueRevision, ValueState, VerifiedMeaning


class ApproveForm(forms.Form):
    """What the verifier vouches for."""

    meaning = forms.ChoiceField(
        label=gettext_lazy("Ce que vous attestez"),
        choices=VerifiedMeaning.choices,
        initial=VerifiedMeaning.TRUE_TO_SOURCE,
    )


class RejectForm(forms.Form):
    """Why she refuses; an empty reason is for the rule to refuse."""

    reason = forms.CharField(
        label=gettext_lazy("Motif, que lira la personne qui l’a entrée"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def next_for(user: User, narrowing: Narrowing, after: int = 0) -> ValueRevision | None:
    """The value this person decides next, after this one, by priority; None when none is left."""
    return priorities.following(narrowing.apply(ValueRevision.objects.decidable_by(user.pk)), after)


@opened_by("schools.verify_value")
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for this person, the most pressing first; her own entries are counted apart."""
    user, narrowing = person(request), Narrowing.of(request.GET)
    waiting = narrowing.apply(ValueRevision.objects.pending())
    rows = (
        priorities.in_order(narrowing.apply(ValueRevision.objects.decidable_by(user.pk)))
        .select_related("unit", "indicator", "source", "author")
        .prefetch_related("anomalies")
    )
    lists = choices()
    page = _headed(page_of(request, rows))
    context = {
        "page_obj": page,
        "query": request.GET,
        "counts": [{"n": page.paginator.count, "label": _("à vérifier par vous")}, *priorities.counts_of(rows)],
        "own": waiting.filter(author=user).count(),
        "narrowing": narrowing,
        "suffix": narrowing.query(),
        "first": next_for(user, narrowing),
        "chips": chips(narrowing),
        "bulk": [batch for batch in lists["batches"] if batch.created_by_id != user.pk],
        **lists,
    }
    return desk_page(request, "desk/queue.html", context, desk="queue")


def _headed(page: Page[Any]) -> Page[Any]:
    for revision in page:
        revision.heading = priorities.PRIORITIES[revision.priority].heading
    return page


@opened_by("schools.verify_value")
def following(request: HttpRequest) -> HttpResponse:
    """The address of the next value to decide, after the one in `apres`; of the queue when none is left."""
    return _to_next(person(request), Narrowing.of(request.GET), number_in(request.GET.get("apres")) or 0)


def _to_next(user: User, narrowing: Narrowing, after: int) -> HttpResponseRedirect:
    following = next_for(user, narrowing, after)
    place = reverse("desk:value", args=[following.pk]) if following else reverse("desk:queue")
    return HttpResponseRedirect(place + narrowing.query())


def _revision(pk: int) -> ValueRevision:
    whole = ValueRevision.objects.select_related(
        "unit", "indicator", "source", "batch__source", "author", "decided_by"
    ).prefetch_related("cells", "anomalies")
    return get_object_or_404(whole, pk=pk)


@opened_by("schools.view_valuerevision")
def value(request: HttpRequest, pk: int) -> HttpResponse:
    """One value beside its source, and the decisions this person may take or why not."""
    return _value_page(request, _revision(pk))


def _value_page(
    request: HttpRequest, revision: ValueRevision, *, refusal: Refused | None = None, **forms_as_sent: forms.Form
) -> HttpResponse:
    user, narrowing = person(request), Narrowing.of(request.GET)
    same = ValueRevision.objects.same_cell_as(revision).select_related("author", "source", "indicator")
    context: dict[str, Any] = {
        "revision": revision,
        "column": column_of(revision),
        "years": other_years(revision),
        "row": row_of(revision),
        "in_force": next((r for r in same if r.state == ValueState.IN_FORCE), None),
        "anomalies": sorted(revision.anomalies.all(), key=lambda found: (found.severity != "blocking", found.pk)),
        "rivals": [r for r in same if r.state == ValueState.PENDING],
        "why_not_approve": rules.why_not_approve(user, revision),
        "why_not_reject": rules.why_not_verify(user, revision),
        "why_not_withdraw": rules.why_not_withdraw_value(user, revision),
        "own": revision.author_id == user.pk,
        "approve_form": ApproveForm(),
        "reject_form": RejectForm(),
        "left": narrowing.apply(ValueRevision.objects.decidable_by(user.pk)).count(),
        "suffix": narrowing.query(),
        "skip": narrowing.query(apres=revision.pk),
        "narrowing": narrowing,
        "may_verify": user.has_perm("schools.verify_value"),
        "events": history(audit.trail_of(revision)[:20]),
        **source_views(revision),
        **forms_as_sent,
    }
    return desk_page(request, "desk/value.html", context, desk="queue", refusal=refusal)


@opened_by("schools.view_valuerevision", "POST")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the value in force, and go to the next."""
    revision, form = _revision(pk), ApproveForm(request.POST)
    if not form.is_valid():
        return _value_page(request, revision, refusal=Refused(_("Dites ce que vous attestez.")), approve_form=form)
    try:
        values.approve_value(
            by=person(request),
            at=timezone.now(),
            revision=revision,
            seen_version=seen_version(request),
            meaning=form.cleaned_data["meaning"],
        )
    except Refused as refusal:
        return _value_page(request, _revision(pk), refusal=refusal, approve_form=form)
    messages.success(request, _("Approuvée : %(value)s.") % {"value": revision})
    return _to_next(person(request), Narrowing.of(request.GET), revision.pk)


@opened_by("schools.view_valuerevision", "POST")
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse the value with a reason, and go to the next."""
    revision, form = _revision(pk), RejectForm(request.POST)
    if not form.is_valid():
        return _value_page(request, revision, refusal=Refused(_("Ce motif est trop long.")), reject_form=form)
    try:
        values.reject_value(
            by=person(request),
            at=timezone.now(),
            revision=revision,
            seen_version=seen_version(request),
            reason=form.cleaned_data["reason"],
        )
    except Refused as refusal:
        return _value_page(request, _revision(pk), refusal=refusal, reject_form=form)
    messages.success(request, _("Rejetée : %(value)s.") % {"value": revision})
    return _to_next(person(request), Narrowing.of(request.GET), revision.pk)


@opened_by("schools.view_valuerevision", "POST")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one's own waiting value."""
    revision = _revision(pk)
    try:
        values.withdraw_value(
            by=person(request), at=timezone.now(), revision=revision, seen_version=seen_version(request)
        )
    except Refused as refusal:
        return _value_page(request, _revision(pk), refusal=refusal)
    messages.success(request, _("Retirée : %(value)s.") % {"value": revision})
    return redirect("desk:entry")
