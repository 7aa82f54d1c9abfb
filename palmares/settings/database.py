"""The database: SQLite in var/ unless DATABASE_URL says otherwise."""

from typing import Any

import dj_database_url

from palmares.settings.base import PRODUCTION, VAR_DIR
from palmares.settings.environment import env

# Without recursive triggers, REPLACE deletes the row in its way without asking the triggers that forbid deletion.
# IMMEDIATE takes the write lock at the start of a transaction: with SQLite's own default two writers that have both
# read cannot both go on, and one fails at once however long the timeout.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
    "PRAGMA recursive_triggers=ON;",
}
TLS_MODES = ("require", "verify-ca", "verify-full")
LOCAL_HOSTS = ("", "localhost", "127.0.0.1", "::1")


def _parsed(url: str) -> dict[str, Any]:
    """Django's description of the database at the address; that of SQLite, and a problem noted, when it is none."""
    default = f"sqlite:///{VAR_DIR / 'palmares.sqlite3'}"
    if not url:
        return dict(dj_database_url.parse(default))
    scheme = url.partition(":")[0]
    if scheme not in ("sqlite", "postgres", "postgresql"):
        env.refuse("DATABASE_URL", f"begins with {scheme!r}; it must be postgres://… or sqlite:///…")
        return dict(dj_database_url.parse(default))
    try:
        return dict(dj_database_url.parse(url))
    except ValueError:
        # The address holds a password: it is never repeated in the message.
        env.refuse("DATABASE_URL", "cannot be read; write postgres://user:password@host:5432/name (encode odd signs).")
        return dict(dj_database_url.parse(default))


def _is_remote(host: str) -> bool:
    return host not in LOCAL_HOSTS and not host.startswith("/")


def _check_for_production(url: str, database: dict[str, Any]) -> None:
    if not url:
        env.refuse("DATABASE_URL", "is missing; production needs postgres://user:password@host:5432/name.")
    elif database["ENGINE"].endswith("sqlite3"):
        if not env.flag("PALMARES_ALLOW_SQLITE") and not env.is_refused("PALMARES_ALLOW_SQLITE"):
            env.refuse("DATABASE_URL", "is SQLite; give a PostgreSQL, or set PALMARES_ALLOW_SQLITE=1 for one machine.")
    elif _is_remote(database["HOST"]) and database.get("OPTIONS", {}).get("sslmode") not in TLS_MODES:
        env.refuse("DATABASE_URL", "crosses the network unencrypted; add ?sslmode=verify-full (at least require).")


_url = env.text("DATABASE_URL")
_database = _parsed(_url)
if PRODUCTION and not env.is_refused("DATABASE_URL"):
    _check_for_production(_url, _database)
if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = SQLITE_OPTIONS
elif PRODUCTION:
    _database["CONN_MAX_AGE"] = 600
    _database["CONN_HEALTH_CHECKS"] = True

DATABASES = {"default": _database}
