"""The process of a running site: as the development server, but without its debug pages, so that errors are ours.

It answers on a port of its own choosing, which it says; it ends with the process that started it.
"""

import logging
import sys
import threading

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.core.servers.basehttp import (  # noqa: E402
    ThreadedWSGIServer,
    WSGIRequestHandler,
    get_internal_wsgi_application,
)


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
    server.set_app(StaticFilesHandler(get_internal_wsgi_application()))
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
