"""The pages of errors say what happened and nothing of the inside."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404
from django.urls import path

from palmares import urls as site

SECRET = "CANARI-7F3A"


def raising(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("400/", raising(BadRequest(SECRET))),
    path("403/", raising(PermissionDenied(SECRET))),
    path("404/", raising(Http404(SECRET))),
    path("500/", raising(RuntimeError(SECRET))),
    *site.urlpatterns,
]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_error_page(client, status):
    client.raise_request_exception = False
    response = client.get(f"/{status}/")
    page = response.content.decode()
    assert response.status_code == status
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert '<html lang="fr"' in page
    assert "<h1" in page
    for leak in (SECRET, "Traceback", "RuntimeError", "Django"):
        assert leak not in page
    assert not response.cookies


def test_a_form_without_its_token_is_refused_in_our_own_words():
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/redaction/connexion/", {"username": "a", "password": "b"})
    page = response.content.decode()
    assert response.status_code == 403
    assert "<style" not in page
    assert "Django" not in page
