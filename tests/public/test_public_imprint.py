"""The pages about the site say what the settings say of its publisher, and what they do not say."""

import pytest
from django.core.checks import run_checks
from django.test import Client

from palmares.checks import WANTED
from tests import factories
from tests.public.reading import words
from tests.scenes import scene

pytestmark = pytest.mark.django_db

PUBLISHED = {
    "SITE_NAME": "Le tableau",
    "PUBLISHER": "Presses <du> Gué",
    "PUBLISHER_DETAILS": "SAS au capital de 1 000 €, 1 rue du Pont, 75000 Paris",
    "PUBLICATION_DIRECTOR": "Ada Martin",
    "HOSTING": "Hébergement du Gué, 2 quai du Port, 13000 Marseille",
    "CONTACT_EMAIL": "redaction@palmares.example",
    "FUNDING": {"fr": "Les ventes du journal paient la rédaction.", "en": "Sales of the paper pay the newsroom."},
    "DATA_LICENCE": "Licence Ouverte 2.0",
}
ABOUT = ("/a-propos/", "/independance/", "/mentions-legales/", "/vie-privee/", "/accessibilite/", "/contact/")
WITHOUT = {name: {"fr": "", "en": ""} if name == "FUNDING" else "" for name in PUBLISHED if name != "SITE_NAME"}


@pytest.fixture
def named(settings) -> None:
    for name, value in PUBLISHED.items():
        setattr(settings, name, value)


@pytest.fixture
def unnamed(settings) -> None:
    for name, value in WITHOUT.items():
        setattr(settings, name, value)


def test_legal_notes_print_what_the_settings_say(client: Client, named: None) -> None:
    response = client.get("/mentions-legales/")
    said = words(response)
    for name in ("PUBLISHER", "PUBLISHER_DETAILS", "PUBLICATION_DIRECTOR", "HOSTING", "CONTACT_EMAIL"):
        assert PUBLISHED[name] in said
    assert "<du>" not in response.content.decode()
    assert "Mentions incomplètes" not in said
    assert "non indiqué" not in said


@pytest.mark.parametrize("missing", [name for name, _variable, _meaning in WANTED])
def test_legal_notes_say_that_something_is_missing(client: Client, named: None, settings, missing: str) -> None:
    setattr(settings, missing, "")
    said = words(client.get("/mentions-legales/"))
    assert "Mentions incomplètes" in said
    assert ("non indiqué" in said) == (missing != "PUBLISHER_DETAILS")


def test_a_site_nobody_answers_for_names_nobody(client: Client, unnamed: None) -> None:
    assert "ne s’est pas encore nommé" in words(client.get("/a-propos/"))
    assert "n’a pas encore dit ici comment" in words(client.get("/independance/"))
    for address in ABOUT:
        response = client.get(address)
        assert response.status_code == 200
        assert "mailto:" not in response.content.decode()


def test_funding_is_said_in_the_language_of_the_page_or_in_french_marked_as_such(
    client: Client, named: None, settings
) -> None:
    assert "Les ventes du journal" in words(client.get("/independance/"))
    assert "Sales of the paper" in words(client.get("/en/independance/"))
    settings.FUNDING = {"fr": "Les ventes du journal paient la rédaction.", "en": ""}
    assert '<span lang="fr">Les ventes' in client.get("/en/independance/").content.decode()


def test_every_page_bears_the_name_of_the_site_and_of_its_publisher(client: Client, named: None) -> None:
    for address in ("/", "/en/", *ABOUT):
        content = client.get(address).content.decode()
        assert "– Le tableau</title>" in content
        assert ">Le tableau</a>" in content
        assert "Presses &lt;du&gt; Gué" in content
    assert "Le tableau : articles" in words(client.get("/flux/articles.xml"))


def test_a_change_of_publisher_changes_the_etag(client: Client, named: None, settings) -> None:
    before = client.get("/").headers["ETag"]
    assert client.get("/").headers["ETag"] == before
    settings.PUBLISHER = "Presses du Lac"
    assert client.get("/").headers["ETag"] != before


def test_privacy_names_the_cookies_of_the_settings(client: Client, settings) -> None:
    settings.SESSION_COOKIE_AGE = 2 * 3600
    said = words(client.get("/vie-privee/"))
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME):
        assert name in said
    assert "2 heures" in said


@scene(factories.published_release)
def test_open_data_say_how_to_cite_the_latest_edition(client: Client, named: None, settings) -> None:
    said = words(client.get("/donnees/"))
    assert "Licence Ouverte 2.0" in said
    assert "Presses <du> Gué, Palmarès des écoles d’ingénieurs 2026, version 1, " in said
    assert ", http://testserver/ecoles-ingenieurs/2026/" in said
    settings.DATA_LICENCE = ""
    assert "n’a pas encore donné de licence" in words(client.get("/donnees/"))


def test_footer_of_every_page_leads_to_the_pages_about_the_site(client: Client) -> None:
    for prefix in ("", "/en"):
        content = client.get(f"{prefix}/").content.decode()
        footer = content[content.index("<footer") :]
        for address in (*ABOUT, "/corrections/", "/donnees/", "/api/"):
            assert f'href="{prefix}{address}' in footer


def _warned() -> list[str]:
    return [said.msg.split()[0] for said in run_checks(include_deployment_checks=True) if "palmares.W" in said.id]


def test_deployment_check_asks_for_each_legal_notice(unnamed: None) -> None:
    assert _warned() == [variable for _name, variable, _meaning in WANTED]


def test_deployment_check_is_quiet_once_the_publisher_is_named(named: None) -> None:
    assert _warned() == []
