"""What every desk shares: who may open it, the bar above it, how a refusal is shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from editorial.exceptions import Refused, Stale
from editorial.models import User
from editorial.roles import roles_of

type View = Callable[..., HttpResponseBase]

READ = ("GET", "HEAD")
WRITE = ("POST",)
PER_PAGE = 50


@dataclass(frozen=True)
class Desk:
    """One entry of the bar: the name of its address, its label, the right that opens it."""

    name: str
    label: str | Promise
    permission: str


DESKS = (
    Desk("queue", _("Vérification"), "schools.verify_value"),
    Desk("entry", _("Saisie"), "schools.enter_value"),
    Desk("grid", _("Grilles"), "schools.view_valuerevision"),
    Desk("imports", _("Imports"), "schools.view_importbatch"),
    Desk("matches", _("Rapprochements"), "schools.view_matchdecision"),
    Desk("editions", _("Éditions"), "rankings.view_edition"),
    Desk("articles", _("Articles"), "editorial.view_article"),
    Desk("trail", _("Journal"), "editorial.view_auditevent"),
)


def person(request: HttpRequest) -> User:
    """Who asks; only behind `opened_by`, which lets nobody else in than accounts of ours."""
    return cast(User, request.user)


def opened_by(permission: str, *methods: str) -> Callable[[View], View]:
    """A view for people with this right, under these methods: 405, then the login page, then 403.

    An empty permission asks for an account only.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def allowed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if permission and not person(request).has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return require_http_methods(methods or READ)(login_required(allowed))

    return decorate


def desk_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    desk: str = "",
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page of the newsroom. With a refusal it says why on top: 409 when the page was out of date, else 403."""
    if refusal:
        status = 409 if isinstance(refusal, Stale) else 403
    shared = {
        "desk_nav": bar(person(request), desk),
        "desk_role": ", ".join(roles_of(request.user)),
        "refusal": refusal,
        "stale": isinstance(refusal, Stale),
        # A page that answers a post may have an address of posts alone.
        "here": request.get_full_path() if request.method in READ else reverse("desk:home"),
    }
    return render(request, template, {**shared, **context}, status=status)


def bar(user: User, current: str) -> list[dict[str, object]]:
    """The desks this person may open, in the order of the work."""
    return [
        {"label": desk.label, "url": reverse(f"desk:{desk.name}"), "current": desk.name == current}
        for desk in DESKS
        if user.has_perm(desk.permission)
    ]


def page_of(request: HttpRequest, rows: QuerySet[Any] | list[Any], per_page: int = PER_PAGE) -> Page[Any]:
    """The page of a list the address asks for; the first for nonsense, the last beyond the end."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


def number_in(text: str | None) -> int | None:
    """A whole number of an address or a hidden field; None when it is not one, or longer than any of ours."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 15 else None


def seen_version(request: HttpRequest) -> int:
    """The version the person had under her eyes; 0, which nothing ever has, when the form does not say."""
    return number_in(request.POST.get("version")) or 0
