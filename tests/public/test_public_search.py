"""Searching for a school: each once, by its latest edition, the ones before a link away."""

import pytest
from django.test import Client

from tests.public.reading import EDITION, words
from tests.public.two_years import both
from tests.scenes import scene

pytestmark = [pytest.mark.django_db, scene(both)]
EARLIER = EDITION.replace("2026", "2025")


def found(client: Client, asked: str) -> str:
    page = client.get("/recherche/", {"q": asked}).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def test_a_school_of_two_editions_is_found_once_under_the_latest(client: Client) -> None:
    page = found(client, "ecole")
    kept = [part for part in page.split("<li>")[1:] if f'href="{EARLIER}' in part and f'href="{EDITION}' in part]
    assert kept
    for part in kept:
        assert part.index(f'href="{EDITION}') < part.index(f'href="{EARLIER}')
        assert part.count("<h2>") == 1


def test_a_school_of_an_earlier_edition_alone_is_found_there(client: Client) -> None:
    page = client.get("/recherche/", {"q": "ampere"})
    assert f'<h2><a href="{EARLIER}ecoles/institut-ampere-lavoisier/">' in page.content.decode()
    assert "Avant :" not in words(page)


@pytest.mark.parametrize("asked", ["", " ", "\0", "%", "xyz", "x" * 900])
def test_odd_words_find_nothing(client: Client, asked: str) -> None:
    assert "<h2>" not in found(client, asked)
