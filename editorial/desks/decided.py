"""What a verifier has decided, and why a decision is not undone."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.desks.instants import day_began
from editorial.desks.pages import desk_page, opened_by, page_of, person
from editorial.models import User
from schools.models import ValueRevision, ValueState

# What each filter is called in the address, and the states it keeps. An approved value that was replaced was approved.
KINDS = {
    "approuvees": [ValueState.IN_FORCE, ValueState.SUPERSEDED],
    "rejetees": [ValueState.REJECTED],
}


def decided_by(user: User) -> "QuerySet[ValueRevision]":
    """The values this person approved or rejected, the last decided first; what she withdrew was her own."""
    states = [state for states in KINDS.values() for state in states]
    return ValueRevision.objects.filter(decided_by=user, state__in=states).order_by("-decided_at", "-pk")


def decided_today(user: User) -> dict[str, int]:
    """How many of each this person decided since the newsroom's day began. One query."""
    today = decided_by(user).filter(decided_at__gte=day_began(timezone.now()))
    states = list(today.order_by().values_list("state", flat=True))
    return {kind: sum(state in wanted for state in states) for kind, wanted in KINDS.items()}


@opened_by("schools.verify_value")
def decided(request: HttpRequest) -> HttpResponse:
    """This person's decisions; `voir` keeps one kind, `jour` those of today."""
    user, kind, today = person(request), request.GET.get("voir", ""), "jour" in request.GET
    rows = decided_by(user).select_related("unit", "indicator", "source", "author")
    if kind in KINDS:
        rows = rows.filter(state__in=KINDS[kind])
    if today:
        rows = rows.filter(decided_at__gte=day_began(timezone.now()))
    context = {
        "page_obj": page_of(request, rows),
        "query": request.GET,
        "counts": _counts(user, kind, today=today),
    }
    return desk_page(request, "desk/decided.html", context, desk="queue")


def _counts(user: User, kind: str, *, today: bool) -> list[dict[str, object]]:
    done = decided_today(user)
    labels = {"approuvees": _("approuvées aujourd’hui"), "rejetees": _("rejetées aujourd’hui")}
    every: list[dict[str, object]] = [
        {"n": decided_by(user).count(), "label": _("décidées en tout"), "url": "?", "current": not (kind or today)}
    ]
    return every + [
        {"n": done[one], "label": label, "url": f"?voir={one}&jour=1", "current": today and one == kind}
        for one, label in labels.items()
    ]
