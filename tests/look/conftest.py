"""A server that shows the look without any database."""

import threading
from collections.abc import Iterator
from types import ModuleType
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path


class _Silent(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """The tests say what went wrong; the requests need no trace."""


def _page(template: str, status: int = 200) -> object:
    def view(request: HttpRequest) -> HttpResponse:
        return render(request, template, status=status)

    return view


@pytest.fixture
def look_url(settings: object) -> Iterator[str]:
    """The address of a server of the style guide, the sign-in page's template and an error page."""
    from django.contrib.auth.views import LoginView

    from palmares.styleguide import styleguide

    # Only what is looked at: the rest of the site has its own browser tests.
    addresses = ModuleType("look_addresses")
    addresses.urlpatterns = [  # type: ignore[attr-defined]
        path("charte/", styleguide),
        path("connexion/", LoginView.as_view(), name="login"),
        path("introuvable/", _page("404.html", 404)),  # type: ignore[arg-type]
    ]
    settings.ROOT_URLCONF = addresses  # type: ignore[attr-defined]
    server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), handler_class=_Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
