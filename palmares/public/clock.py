"""The instant of a request."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone


def now(request: HttpRequest) -> datetime:
    """The instant at which this request is answered: what is published is decided by it alone.

    The same all along one request, so that a page begun before an instant does not end after it.
    """
    instant: datetime | None = getattr(request, "palmares_instant", None)
    if instant is None:
        instant = timezone.now()
        request.palmares_instant = instant  # type: ignore[attr-defined]
    return instant
