"""Every answer carries the headers that keep it safe, and enters no cache it must not enter."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.urls import path

from palmares import urls as site
from palmares.middleware import no_store

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)


def set_cookie(request):
    response = HttpResponse()
    response.set_cookie("any", "value")
    return response


def broken(request):
    raise RuntimeError("the reason nobody outside may read")


urlpatterns = [
    path("page/", lambda request: HttpResponse("page")),
    path("cookie/", set_cookie),
    path("redaction/broken/", broken),
    *site.urlpatterns,
]
pytestmark = pytest.mark.urls(__name__)


@pytest.mark.parametrize(
    "address", ["/page/", "/livez", "/no-such-page/", "/redaction/connexion/", "/redaction/admin/"]
)
@pytest.mark.django_db
def test_every_answer_has_the_safe_headers(client, address):
    headers = client.get(address).headers
    assert headers["Content-Security-Policy"] == CSP
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_a_public_page_sets_no_cookie_and_varies_on_nothing(client):
    response = client.get("/page/")
    assert response.status_code == 200
    assert not response.cookies
    assert "Vary" not in response.headers
    assert "Cache-Control" not in response.headers


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/redaction/admin/", 302),
        ("/redaction/connexion/", 200),
        ("/redaction/no-such-page/", 404),
        ("/redaction/admin", 301),
        ("/redaction/broken/", 500),
        ("/redaction/no-such/../file.css", 404),
    ],
)
@pytest.mark.django_db
def test_the_back_office_is_never_stored(client, address, status):
    client.raise_request_exception = False
    response = client.get(address)
    assert response.status_code == status
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_what_an_authenticated_person_gets_is_never_stored(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("agathe"))
    for address in ("/page/", "/no-such-page/"):
        assert client.get(address).headers["Cache-Control"] == "private, no-store"


def test_a_file_of_the_site_is_stored_whoever_asks(rf, settings):
    request = rf.get("/static/palmares/css/base.css")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "key"
    answer = HttpResponse(headers={"Cache-Control": "max-age=315360000, public, immutable"})
    assert no_store(lambda request: answer)(request).headers["Cache-Control"] == "max-age=315360000, public, immutable"


@pytest.mark.django_db
def test_an_error_is_never_stored(client):
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert response.headers["Cache-Control"] == "no-store"


def test_an_answer_with_a_cookie_is_never_stored(client):
    assert client.get("/cookie/").headers["Cache-Control"] == "private, no-store"


def test_an_address_that_only_begins_like_the_back_office_is_public(rf):
    response = no_store(lambda request: HttpResponse())(rf.get("/redactions/"))
    assert "Cache-Control" not in response.headers


def test_no_store_is_the_outermost_middleware():
    assert settings.MIDDLEWARE[0] == "palmares.middleware.no_store"
