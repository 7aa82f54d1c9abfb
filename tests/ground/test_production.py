"""What a production sends, asked of a process that runs with its settings: hashed files, HTTPS, locked cookies."""

import json
import re

import pytest

from tests.ground.running import production, python

COLLECT = """
import django; django.setup()
from django.core.management import call_command
# The files of others take longer to compress than all the rest of the test.
others = ["admin", "rest_framework", "django_filters"]
call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=others)
"""
ASK = """
import django, json; django.setup()
from django.test import Client
def shown(address, **how):
    response = Client(HTTP_HOST="palmares.example.fr").get(address, **how)
    body = b"".join(response) if response.streaming else response.content
    return {
        "status": response.status_code, "headers": dict(response.headers), "body": body.decode(errors="replace"),
        "cookies": [cookie.OutputString() for cookie in response.cookies.values()],
    }
print(json.dumps({
    "login": shown("/redaction/connexion/", secure=True), "plain": shown("/redaction/connexion/"),
    "probe": shown("/livez"), "host": Client(HTTP_HOST="autre.example.fr").get("/livez", secure=True).status_code,
    "proto": Client(HTTP_HOST="palmares.example.fr", HTTP_X_FORWARDED_PROTO="https").get("/x").status_code,
}))
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("production")
    (folder / "private").mkdir()
    variables = production(folder / "private") | {
        "DJANGO_SETTINGS_MODULE": "palmares.settings",
        "PALMARES_STATIC_ROOT": str(folder / "static"),
    }
    collected = python(COLLECT, **variables)
    assert collected.returncode == 0, collected.stderr
    asked = python(ASK, **variables)
    assert asked.returncode == 0, asked.stderr
    return json.loads(asked.stdout) | {"static": folder / "static"}


def test_cookies_are_bound_to_the_host(answers):
    cookies = answers["login"]["cookies"]
    assert [cookie.split("=")[0] for cookie in cookies] == ["__Host-palmares-csrf"]
    for attribute in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert attribute in cookies[0]
    assert "Domain" not in cookies[0]


def test_hsts_and_https(answers):
    assert answers["login"]["headers"]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert answers["plain"]["status"] == 301
    assert answers["plain"]["headers"]["Location"] == "https://palmares.example.fr/redaction/connexion/"
    assert answers["plain"]["headers"]["Cache-Control"] == "private, no-store"


def test_a_probe_needs_no_https(answers):
    assert answers["probe"]["status"] == 200


def test_another_host_is_refused(answers):
    assert answers["host"] == 400


def test_a_client_cannot_claim_https_without_a_proxy_of_ours(answers):
    assert answers["proto"] == 301


def test_static_files_bear_their_digest(answers):
    page = answers["login"]["body"]
    linked = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert linked, "the login page links no file"
    for address in linked:
        assert re.search(r"\.[0-9a-f]{12}\.\w+$", address), address
        file = answers["static"] / address.removeprefix("/static/")
        assert file.is_file()
    assert list(answers["static"].glob("palmares/**/*.css.br"))
