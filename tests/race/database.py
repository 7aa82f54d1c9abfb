"""A real database of its own for processes that race: a file for SQLite, a database of the server for PostgreSQL."""

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.race.steady import Steady

ROOT = Path(__file__).resolve().parents[2]
URL = os.environ.get("DATABASE_URL", "")
ON_POSTGRESQL = URL.startswith("postgres")


def environment(url: str, private: Path) -> dict[str, str]:
    """What a process of ours is told: this database, this private folder, and nothing else of the shell's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PALMARES_")}
    return kept | {
        "DATABASE_URL": url,
        "PALMARES_VAR_DIR": str(private),
        "DJANGO_SETTINGS_MODULE": "palmares.settings",
        "PYTHONPATH": str(ROOT),
    }


def start(url: str, private: Path, module: str, *arguments: str) -> subprocess.Popen[str]:
    """A module of ours in a process of its own; its standard output can be read line by line."""
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env=environment(url, private),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _on_server(statement: str) -> None:
    with psycopg.connect(_named("postgres"), autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def steady(module: str, folder: Path) -> Steady:
    """A process that stays, of this module; on no base yet, with this private folder."""
    nowhere = _named("postgres") if ON_POSTGRESQL else f"sqlite:///{folder / 'nowhere.sqlite3'}"
    return Steady(module, lambda named: start(nowhere, folder, named))


def _named(name: str) -> str:
    return urlunsplit(urlsplit(URL)._replace(path=f"/{name}"))


@contextmanager
def template(folder: Path, worker: Steady) -> Iterator[str]:
    """A migrated database that nobody uses, to be copied: migrating takes longer than racing.

    `worker` migrates it, by its command `migrate`.
    """
    if not ON_POSTGRESQL:
        path = folder / "template.sqlite3"
        _migrate(worker, f"sqlite:///{path}", folder)
        yield str(path)
        return
    name = f"palmares_race_{uuid.uuid4().hex[:12]}"
    _on_server(f"CREATE DATABASE {name}")
    try:
        _migrate(worker, _named(name), folder)
        yield name
    finally:
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def copy_of(model: str, folder: Path) -> Iterator[str]:
    """The address of a fresh copy of the template, gone afterwards."""
    if not ON_POSTGRESQL:
        path = folder / "race.sqlite3"
        shutil.copy(model, path)
        yield f"sqlite:///{path}"
        return
    name = f"palmares_race_{uuid.uuid4().hex[:12]}"
    _on_server(f"CREATE DATABASE {name} TEMPLATE {model}")
    try:
        yield _named(name)
    finally:
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def _migrate(worker: Steady, url: str, folder: Path) -> None:
    """Migrate, and close the journal of SQLite so that the file alone is the database."""
    with worker.on(url, folder):
        worker.ask("migrate")
