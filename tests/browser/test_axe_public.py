"""Every public page in a real browser, in both languages, and what is answered where there is none."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.looking import DARK, WIDTHS, Lookers, assert_well_made, axe_finds, overflow
from tests.browser.pages import PUBLIC, Shown
from tests.browser.person import Person
from tests.browser.running import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
# The same templates: one page of each kind is enough.
ENGLISH = [replace(page, lang="en") for page in {page.name: page for page in reversed(PUBLIC)}.values()]


@pytest.mark.parametrize("page", [*PUBLIC, *ENGLISH], ids=str)
def test_page_is_accessible_fits_and_is_quiet(lookers: Lookers, page: Shown) -> None:
    assert_well_made(lookers.look(page))


@pytest.mark.parametrize("page", [page for page in PUBLIC if page.name in DARK], ids=str)
def test_page_is_accessible_in_the_dark_on_a_phone(lookers: Lookers, page: Shown) -> None:
    # Before the page is opened: colours that were still fading from one scheme to the other would be measured.
    assert axe_finds(lookers.look(page, scheme="dark", width=390)) == []


@pytest.mark.parametrize(
    ("address", "status"),
    [("/nulle-part/ailleurs/", 404), ("/en/nulle-part/", 404), ("/ecoles-ingenieurs/2027/", 404)],
)
def test_error_page_is_accessible_fits_and_is_quiet(
    gallery: Site, browser: "Browser", parts: Any, address: str, status: int
) -> None:
    reader = Person.sits_down(gallery, browser)
    assert reader.opens(address).status == status
    assert axe_finds(reader) == []
    assert overflow(reader) == dict.fromkeys(WIDTHS, 0)
    assert reader.leaves() == []


def test_refused_sign_ins_are_said_and_end_in_a_page_that_says_how_long(
    gallery: Site, browser: "Browser", parts: Any
) -> None:
    stranger = Person.sits_down(gallery, browser)
    stranger.signs_in("paul", "un autre mot de passe")
    stranger.reads("Connexion refusée")
    assert axe_finds(stranger) == []
    for _attempt in range(4):
        stranger.signs_in("inconnue", "un autre mot de passe")
    stranger.signs_in("inconnue", "un autre mot de passe")
    assert "15 minutes" in stranger.words()
    assert axe_finds(stranger) == []
    assert overflow(stranger) == dict.fromkeys(WIDTHS, 0)
    assert stranger.leaves() == []
