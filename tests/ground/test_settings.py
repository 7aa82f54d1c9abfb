"""The site starts with a sound environment and refuses every unsound one, saying all that is wrong at once."""

import json
from pathlib import Path

import pytest

from tests.ground.running import production, python

IMPORT = "import palmares.settings"


def shown(*names: str) -> str:
    """Code that prints these settings as JSON."""
    pairs = ", ".join(f"{name!r}: str(settings.{name})" for name in names)
    return f"import json, palmares.settings as settings; print(json.dumps({{{pairs}}}))"


@pytest.fixture
def var_dir(tmp_path):
    return {"PALMARES_VAR_DIR": str(tmp_path / "var")}


def test_development_needs_no_variable(var_dir, tmp_path):
    answer = python(shown("DEBUG", "ALLOWED_HOSTS", "DATABASES"), **var_dir)
    assert answer.returncode == 0, answer.stderr
    settings = json.loads(answer.stdout)
    assert settings["DEBUG"] == "True"
    assert settings["ALLOWED_HOSTS"] == "['127.0.0.1', 'localhost', '[::1]']"
    for part in ("sqlite3", "palmares.sqlite3", "IMMEDIATE", "journal_mode=WAL", "foreign_keys=ON", "'timeout': 20"):
        assert part in settings["DATABASES"]
    private = tmp_path / "var" / "private"
    assert (private / "uploads").is_dir()


def test_sqlite_works_as_declared(var_dir):
    answer = python(
        "import django; from django.conf import settings; django.setup()\n"
        "from django.db import connection\n"
        "cursor = connection.cursor()\n"
        "print([cursor.execute(f'PRAGMA {name}').fetchone()[0]"
        " for name in ('journal_mode', 'foreign_keys', 'synchronous', 'busy_timeout')])",
        DJANGO_SETTINGS_MODULE="palmares.settings",
        **var_dir,
    )
    assert answer.stdout.strip() == "['wal', 1, 1, 20000]", answer.stderr


def test_production_starts_with_all_it_needs(tmp_path):
    names = ("DEBUG", "SESSION_COOKIE_NAME", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS")
    answer = python(shown(*names), **production(tmp_path))
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout) == {
        "DEBUG": "False",
        "SESSION_COOKIE_NAME": "__Host-palmares-session",
        "SECURE_SSL_REDIRECT": "True",
        "SECURE_HSTS_SECONDS": "31536000",
    }


REFUSALS = [
    ("PALMARES_SECRET_KEY", "", "is missing"),
    ("PALMARES_SECRET_KEY", "x7Q" * 16, "has 48 signs and needs at least 50"),
    ("PALMARES_SECRET_KEY", "abcdefgh" * 8, "repeats the same 8 signs"),
    ("PALMARES_SECRET_KEY", "development-only-" + "0123456789abcdef" * 3, "the key of the development site"),
    ("PALMARES_SECRET_KEY_FALLBACKS", "short", "has 5 signs"),
    ("PALMARES_ALLOWED_HOSTS", "", "is missing"),
    ("PALMARES_ALLOWED_HOSTS", "*", "holds '*'"),
    ("PALMARES_ALLOWED_HOSTS", "https://palmares.example.fr/", "without scheme"),
    ("PALMARES_ALLOWED_HOSTS", "a.example.fr,,b.example.fr", "empty part"),
    ("DATABASE_URL", "", "is missing"),
    ("DATABASE_URL", "sqlite:////tmp/palmares.sqlite3", "is SQLite"),
    ("DATABASE_URL", "mysql://user@127.0.0.1/palmares", "begins with 'mysql'"),
    ("DATABASE_URL", "postgres://user:secret-word@127.0.0.1:port/palmares", "cannot be read"),
    ("DATABASE_URL", "postgres://user:secret-word@base.example.fr/palmares", "unencrypted"),
    ("PALMARES_PRIVATE_DIR", "", "is missing"),
    ("PALMARES_PRIVATE_DIR", "private", "must be an absolute path"),
    ("PALMARES_PRIVATE_DIR", "/no/such/folder", "create it"),
    ("PALMARES_PRIVATE_DIR", str(Path(__file__).parent), "move it outside"),
    ("PALMARES_PROXIES", "1", "PALMARES_TRUSTED_ORIGINS is missing"),
    ("PALMARES_PROXIES", "many", "a whole number from 0 to 5"),
    ("PALMARES_PROXIES", "²", "a whole number from 0 to 5"),
    ("PALMARES_TRUSTED_ORIGINS", "http://palmares.example.fr", "full origins"),
    ("PALMARES_TRUSTED_ORIGINS", "https://*.example.fr", "full origins"),
    ("PALMARES_ENV", "prod", "must be one of: development, production"),
    ("PALMARES_ALLOW_SQLITE", "yes", "must be one of: 0, 1"),
    ("PALMARES_LOG_LEVEL", "loud", "must be one of"),
    ("PALMARES_LOG_FORMAT", "xml", "must be one of"),
    ("PALMARES_PRIVAT_DIR", "/tmp", "did you mean PALMARES_PRIVATE_DIR?"),
]


# All cases in one process, each with its own environment and its own import of the settings: a process a case costs
# half a minute of starting Python.
TRY_ALL = """
import json, os, sys
for variables in json.load(open(os.environ["CASES"])):
    os.environ.clear()
    os.environ.update(variables)
    for name in [name for name in sys.modules if name.startswith("palmares")]:
        del sys.modules[name]
    try:
        import palmares.settings
    except Exception as error:
        print(json.dumps(f"{type(error).__name__}: {error}"))
    else:
        print(json.dumps("started"))
"""


@pytest.fixture(scope="module")
def refusals(tmp_path_factory):
    """What the settings said of each case of REFUSALS, in their order."""
    folder = tmp_path_factory.mktemp("refusals")
    cases = [production(folder) | {name: value} for name, value, _ in REFUSALS]
    for variables in cases:
        if "PALMARES_ALLOW_SQLITE" in variables:
            variables["DATABASE_URL"] = "sqlite:////tmp/palmares.sqlite3"
    (folder / "cases.json").write_text(json.dumps(cases))
    answer = python(TRY_ALL, CASES=str(folder / "cases.json"))
    assert answer.returncode == 0, answer.stderr
    return [json.loads(line) for line in answer.stdout.splitlines()]


@pytest.mark.parametrize("case", range(len(REFUSALS)), ids=[f"{name}-{said}" for name, _, said in REFUSALS])
def test_production_refuses(refusals, case):
    name, _value, said = REFUSALS[case]
    message = refusals[case]
    assert message.startswith("ImproperlyConfigured: ")
    assert name in message
    assert said in message
    assert message.count("\n  - ") == 1, "the case is not the only thing wrong"
    assert "secret-word" not in message, "the message repeats a password"


def test_production_allows_sqlite_when_told_to(tmp_path):
    variables = production(tmp_path) | {"DATABASE_URL": f"sqlite:///{tmp_path}/p.sqlite3", "PALMARES_ALLOW_SQLITE": "1"}
    answer = python(IMPORT, **variables)
    assert answer.returncode == 0, answer.stderr


def test_all_problems_are_told_at_once():
    answer = python(IMPORT, PALMARES_ENV="production", PALMARES_PROXIES="x")
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "PRIVATE_DIR", "PROXIES"):
        assert f"\n  - PALMARES_{name} " in answer.stderr
    assert "\n  - DATABASE_URL " in answer.stderr


def test_an_unknown_variable_stops_development_too(var_dir):
    answer = python(IMPORT, PALMARES_DEBUG="1", **var_dir)
    assert answer.returncode != 0
    assert "PALMARES_DEBUG is not a setting" in answer.stderr
