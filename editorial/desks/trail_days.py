"""The trail counted: who did how much, day by day."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from editorial.desks.instants import midnight
from editorial.desks.pages import desk_page, opened_by, page_of
from editorial.desks.trail_filter import SYSTEM, TrailFilter
from editorial.models import AuditEvent
from schools.typography.dates import PARIS

DAYS_PER_PAGE = 30


@opened_by("editorial.view_auditevent")
def days(request: HttpRequest) -> HttpResponse:
    """The newsroom's days on which something was done, the latest first, with who did how much. Five queries."""
    form = TrailFilter(request.GET)
    form.is_valid()
    by_day = form.apply(AuditEvent.objects.all()).order_by().annotate(day=TruncDate("at", tzinfo=PARIS))
    page = page_of(request, by_day.values("day").annotate(n=Count("pk")).order_by("-day"), DAYS_PER_PAGE)
    shown = [row["day"] for row in page.object_list]
    who = _who(by_day, shown)
    rows = [
        {**row, "url": _url(form, row["day"]), "people": _people(form, row["day"], who)} for row in page.object_list
    ]
    context = {"form": form, "page_obj": page, "query": request.GET, "rows": rows, "desk_page": "days"}
    return desk_page(request, "desk/trail_days.html", context, desk="trail")


def _who(by_day: "QuerySet[Any]", shown: list[date]) -> dict[date, list[dict[str, Any]]]:
    """Who did how much on each of these days, the busiest first. One query."""
    found: dict[date, list[dict[str, Any]]] = defaultdict(list)
    if not shown:
        return found
    span: dict[str, datetime] = {"at__gte": midnight(shown[-1]), "at__lt": midnight(shown[0] + timedelta(days=1))}
    counted = by_day.filter(**span).values("day", "actor_id", "actor_name").annotate(n=Count("pk"))
    for row in counted.order_by("-day", "-n", "actor_name"):
        found[row["day"]].append(row)
    return found


def _people(form: TrailFilter, day: date, who: dict[date, list[dict[str, Any]]]) -> list[dict[str, object]]:
    return [
        {"name": row["actor_name"], "n": row["n"], "url": _url(form, day, qui=row["actor_id"] or SYSTEM)}
        for row in who[day]
    ]


def _url(form: TrailFilter, day: date, **more: object) -> str:
    """The acts of one day, under the other filters as they stand."""
    asked, span = form.cleaned_data, {"depuis": day.isoformat(), "jusque": day.isoformat()}
    kept = {name: asked[name] for name in ("qui", "acte", "objet", "intitule") if asked.get(name)}
    return f"{reverse('desk:trail')}?{urlencode({**kept, **more, **span})}"
