"""The path alone says the language of a page."""

import pytest
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import get_language, override

from palmares.middleware import language_of

urlpatterns = i18n_patterns(
    path("langue/", lambda request: HttpResponse(get_language()), name="language"), prefix_default_language=False
)


@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("/", "fr"),
        ("/en", "en"),
        ("/en/", "en"),
        ("/en/classement/", "en"),
        ("/enquete/", "fr"),
        ("/EN/", "fr"),
        ("/en-gb/", "fr"),
        ("/fr/", "fr"),
        ("/redaction/en/", "fr"),
    ],
)
def test_language_of_path(address, language):
    assert language_of(address) == language


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("address", "language"), [("/langue/", "fr"), ("/en/langue/", "en")])
@pytest.mark.parametrize("wanted", ["fr", "en", "de", "en;q=1, fr;q=0.1"])
def test_neither_header_nor_cookie_changes_the_language(client, address, language, wanted):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = client.cookies["django_language"] = wanted[:2]
    response = client.get(address, headers={"accept-language": wanted})
    assert response.content.decode() == language
    assert response.headers["Content-Language"] == language
    assert "Vary" not in response.headers


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["/fr/langue/", "/EN/langue/", "/en-gb/langue/"])
def test_a_page_has_one_address_a_language(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.urls(__name__)
def test_a_french_page_after_an_english_one_is_french(client):
    client.get("/en/langue/")
    assert client.get("/langue/").content == b"fr"


@pytest.mark.urls(__name__)
def test_addresses_are_made_in_the_language_of_the_page():
    with override("en"):
        assert reverse("language") == "/en/langue/"
    assert reverse("language") == "/langue/"


@pytest.mark.django_db
def test_back_office_speaks_the_language_its_cookie_says_and_keeps_it_to_itself(client):
    login, change = reverse("login"), reverse("desk-language")
    assert client.get(login, headers={"accept-language": "en"}).headers["Content-Language"] == "fr"
    answer = client.post(change, {"language": "en", "next": login})
    assert answer["Location"] == login
    cookie = answer.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == ("/redaction/", "Lax", True)
    english = client.get(login)
    assert english.headers["Content-Language"] == "en"
    assert '<html lang="en"' in english.content.decode()
    assert "no-store" in english.headers["Cache-Control"]
    assert client.get("/").headers["Content-Language"] == "fr"
    client.post(change, {"language": "fr", "next": login})
    assert client.get(login).headers["Content-Language"] == "fr"


@pytest.mark.parametrize("wanted", ["de", "", "en-gb", "../en"])
def test_back_office_takes_no_other_language(client, wanted):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = wanted
    assert client.get(reverse("login")).headers["Content-Language"] == "fr"


def test_change_of_language_leads_to_no_other_site(client):
    answer = client.post(reverse("desk-language"), {"language": "en", "next": "https://elsewhere.example/"})
    assert answer["Location"].startswith("/")
