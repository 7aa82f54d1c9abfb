"""The process of a running site: as the development server, but without its debug pages, so that errors are ours.

It answers on a port of its own choosing, which it says; it ends with the process that started it.
"""

import logging
import sys
import threading
from http import HTTPStatus

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.core.servers.basehttp import (  # noqa: E402
    ThreadedWSGIServer,
    WSGIRequestHandler,
    get_internal_wsgi_application,
)
from django.http import HttpRequest  # noqa: E402
from django.http.response import HttpResponseBase  # noqa: E402


class _Static(StaticFilesHandler):
    """The static files, kept by the browser as in production: there their names change with what they hold."""

    def get_response(self, request: HttpRequest) -> HttpResponseBase:
        response = super().get_response(request)
        if self._should_handle(request.path) and response.status_code == HTTPStatus.OK:
            response.headers["Cache-Control"] = "max-age=3600, immutable"
        return response


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """The tests say what went wrong; the requests need no trace."""


def main() -> None:
    settings.DEBUG = False
    # Refusals are part of the stories; only what we did not mean is told.
    logging.disable(logging.WARNING)
    # The real hash is slow on purpose; whoever made the accounts used this one.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Silent)
    server.set_app(_Static(get_internal_wsgi_application()))
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    threading.Thread(target=_end_with_the_caller, args=(server,), daemon=True).start()
    server.serve_forever()


def _end_with_the_caller(server: ThreadedWSGIServer) -> None:
    # The other end of this pipe is closed on purpose, or by the death of the tests.
    sys.stdin.read()
    server.shutdown()


if __name__ == "__main__":
    main()
