"""What happens to whoever guesses passwords."""

import math
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def client_address(request: HttpRequest) -> str:
    """The address a request comes from, as far as it can be believed.

    Each of the settings.TRUSTED_PROXIES adds on the right of X-Forwarded-For the address it was called from, so the one
    that counts is that many places from the right; what stands further left is the client's own invention. Without a
    proxy, or with a header shorter than it should be, it is the address of the connection.
    """
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    proxies = settings.TRUSTED_PROXIES
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """The answer 429 to a login refused for too many failures, with the seconds to wait in Retry-After."""
    wait = settings.AXES_COOLOFF_TIME
    page = render_to_string("429.html", {"minutes": math.ceil(wait.total_seconds() / 60)}, request=request)
    return HttpResponse(page, status=429, headers={"Retry-After": str(int(wait.total_seconds()))})
