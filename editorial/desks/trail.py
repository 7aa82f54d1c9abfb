"""The trail as the newsroom reads it: all of it, or the whole story of one thing; on the page or as a file."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from editorial.desks.pages import desk_page, opened_by, page_of
from editorial.desks.trail_file import trail_file
from editorial.desks.trail_filter import TrailFilter
from editorial.desks.words import history
from editorial.models import AuditEvent
from editorial.stories import STORIES, Story
from schools.typography import in_paris, typeset


@dataclass(frozen=True)
class Told:
    """The thing whose story is read: what it is called, and its page, where it still has one."""

    kind: Story
    label: str
    url: str


@opened_by("editorial.view_auditevent")
def trail(request: HttpRequest) -> HttpResponse:
    """What was done, the latest first."""
    return _page(request, AuditEvent.objects.all(), file=reverse("desk:trail-file"))


@opened_by("editorial.view_auditevent")
def story(request: HttpRequest, word: str, pk: int) -> HttpResponse:
    """All that was done about one thing, the latest first."""
    events = _story_or_404(word).of(pk)
    return _page(
        request, events, file=reverse("desk:trail-story-file", args=[word, pk]), about=_about(word, pk, events)
    )


@opened_by("editorial.view_auditevent")
def file(request: HttpRequest) -> HttpResponseBase:
    """The same acts as a file."""
    return _file(request, AuditEvent.objects.all(), "journal", reverse("desk:trail"))


@opened_by("editorial.view_auditevent")
def story_file(request: HttpRequest, word: str, pk: int) -> HttpResponseBase:
    """The same story as a file."""
    events = _story_or_404(word).of(pk)
    _about(word, pk, events)
    return _file(request, events, f"journal-{word}-{pk}", reverse("desk:trail-story", args=[word, pk]))


def _story_or_404(word: str) -> Story:
    if word not in STORIES:
        raise Http404
    return STORIES[word]


def _about(word: str, pk: int, events: "QuerySet[AuditEvent]") -> Told:
    """What the story is about. A thing that is gone is known by its last act; 404 when there never was one."""
    kind = STORIES[word]
    thing: Any = kind.model._default_manager.filter(pk=pk).first()
    if thing is not None:
        name, column = kind.page
        return Told(kind, typeset(str(thing), get_language()), reverse(name, args=[getattr(thing, column)]))
    last = events.filter(object_type=kind.model._meta.label_lower, object_id=str(pk)).first()
    if last is None:
        raise Http404
    return Told(kind, last.object_label, "")


def _page(
    request: HttpRequest, events: "QuerySet[AuditEvent]", *, file: str, about: Told | None = None
) -> HttpResponse:
    form = TrailFilter(request.GET)
    form.is_valid()
    page = page_of(request, form.apply(events))
    context = {
        "form": form,
        "page_obj": page,
        "query": request.GET,
        "events": history(page.object_list, with_object=True, with_hash=True),
        "about": about,
        "file": file,
        "desk_page": "trail",
    }
    return desk_page(request, "desk/trail.html", context, desk="trail")


def _file(request: HttpRequest, events: "QuerySet[AuditEvent]", name: str, page: str) -> HttpResponseBase:
    form = TrailFilter(request.GET)
    if not form.is_valid():
        # Without this filter the file would hold more than was asked for; the page says what is wrong with it.
        return redirect(f"{page}?{request.GET.urlencode()}")
    day = in_paris(timezone.now()).date()
    return trail_file(form.apply(events), f"{name}-{day.isoformat()}.csv")
