"""The probes tell a process that is alive from one that can serve."""

import pytest

from tests.ground.running import python

ASK = """
import django; django.setup()
from django.test import Client
for address in ("/livez", "/readyz"):
    response = Client(HTTP_HOST="localhost").get(address)
    print(response.status_code, response.content.decode().strip())
"""


def asked(tmp_path, database):
    answer = python(
        ASK, DJANGO_SETTINGS_MODULE="palmares.settings", DATABASE_URL=database, PALMARES_VAR_DIR=str(tmp_path)
    )
    assert answer.returncode == 0, answer.stderr
    return answer


@pytest.mark.django_db
def test_ready_when_the_database_answers_and_is_migrated(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "migrations": "ok"}
    assert "no-store" in response.headers["Cache-Control"]


def test_alive_without_a_database(tmp_path):
    answer = asked(tmp_path, "postgres://palmares:secret-word@127.0.0.1:9/palmares")
    assert answer.stdout.splitlines() == ["200 ok", '503 {"database": "unavailable", "migrations": "unknown"}']
    assert "readyz: the database does not answer" in answer.stderr
    assert "secret-word" not in answer.stderr


def test_not_ready_while_a_migration_waits(tmp_path):
    answer = asked(tmp_path, f"sqlite:///{tmp_path}/empty.sqlite3")
    assert answer.stdout.splitlines() == ["200 ok", '503 {"database": "ok", "migrations": "pending"}']


@pytest.mark.parametrize("address", ["/livez", "/readyz"])
def test_the_probes_only_answer_reads(client, address):
    assert client.post(address).status_code == 405
