"""What every answer carries."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

type GetResponse = Callable[[HttpRequest], HttpResponse]

DESK_PREFIX = "/redaction"
# A ranking needs none of these, and neither does anything that might get into its pages.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "publickey-credentials-get",
        "usb",
    )
)


def language_of(path: str) -> str:
    """The language of the page at the path: that of its prefix (`/en/`), or the default one.

    The path alone decides: neither Accept-Language nor a cookie, so that a cache holds one page per address.
    """
    for code, _name in settings.LANGUAGES:
        if code != settings.LANGUAGE_CODE and (path == f"/{code}" or path.startswith(f"/{code}/")):
            return code
    return settings.LANGUAGE_CODE


def at_desk(request: HttpRequest) -> bool:
    """Whether the address is one of the back office's."""
    return request.path_info == DESK_PREFIX or request.path_info.startswith(f"{DESK_PREFIX}/")


def chosen_language(request: HttpRequest) -> str:
    """The language a person chose for the back office; French until she does.

    Its cookie is sent to the back office alone, whose answers no cache keeps.
    """
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def language_from_path(get_response: GetResponse) -> GetResponse:
    """Speak the language of the path; in the back office, the one the person chose."""

    def middleware(request: HttpRequest) -> HttpResponse:
        language = chosen_language(request) if at_desk(request) else language_of(request.path_info)
        # Not given back afterwards: a streamed answer is still being written when this function returns.
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def no_store(get_response: GetResponse) -> GetResponse:
    """Forbid every cache to keep what the back office answers, redirects and errors included, and errors anywhere.

    The session's cookie counts as being authenticated: a look at `request.user` would read the session on public pages.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        cookie = settings.SESSION_COOKIE_NAME
        # The site's own files are the same for everybody, and the desks would fetch them again for each page.
        authenticated = cookie in request.COOKIES and not request.path_info.startswith(settings.STATIC_URL)
        if at_desk(request) or authenticated or response.cookies:
            response.headers["Cache-Control"] = "private, no-store"
        elif response.status_code >= 400:
            # A « not found » that a cache kept would outlive the instant of publication.
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def permissions_policy(get_response: GetResponse) -> GetResponse:
    """Switch off the features of the browser that no page of ours uses."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware
