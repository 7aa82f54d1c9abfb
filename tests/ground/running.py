"""Starts the program as a process of its own, in an environment the test chooses."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def environment(**variables: str) -> dict[str, str]:
    """The environment of this process without any variable of ours, and with those given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PALMARES_", "DJANGO_"))}
    for name in ("DATABASE_URL", "MAKEFLAGS", "MAKELEVEL"):
        kept.pop(name, None)
    return kept | variables


def production(private: Path) -> dict[str, str]:
    """The variables of a production that starts; the folder exists."""
    return {
        "PALMARES_ENV": "production",
        "PALMARES_SECRET_KEY": secrets.token_urlsafe(48),
        "PALMARES_ALLOWED_HOSTS": "palmares.example.fr",
        "PALMARES_PRIVATE_DIR": str(private),
        "DATABASE_URL": "postgres://palmares:secret-word@127.0.0.1:5432/palmares",
    }


def python(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """What the Python code, run from the root of the project in that environment, printed and answered."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(**variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
