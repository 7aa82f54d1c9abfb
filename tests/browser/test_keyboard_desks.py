"""The desks by the keyboard alone: from case to case of a grid, to a value and back."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.running import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
CELL = "document.activeElement.closest('th, td').cellIndex"
ROW = "document.activeElement.closest('tr').id"


@pytest.fixture(scope="module")
def hugo(gallery: Site, browser: "Browser", parts: Any) -> Iterator[Person]:
    someone = Person.sits_down(gallery, browser).signs_in("hugo")
    yield someone
    assert someone.leaves() == []


def test_arrows_go_from_case_to_case_of_a_grid_and_pass_headings(hugo: Person, parts: Any) -> None:
    hugo.opens(f"/redaction/grille/{parts['school']}/")
    links = hugo.page.locator("[data-grid] tbody th a")
    links.first.focus()
    first = hugo.page.evaluate(ROW)
    for _step in range(links.count() - 1):
        hugo.page.keyboard.press("ArrowDown")
    expect(links.last).to_be_focused()
    hugo.page.keyboard.press("ArrowRight")
    assert hugo.page.evaluate(CELL) > 0
    hugo.page.keyboard.press("ArrowLeft")
    expect(links.last).to_be_focused()
    for _step in range(links.count() + 3):
        hugo.page.keyboard.press("ArrowUp")
    assert hugo.page.evaluate(ROW) == first


def test_case_is_entered_from_the_grid_by_the_keyboard(hugo: Person, parts: Any) -> None:
    hugo.opens(f"/redaction/grille/{parts['school']}/")
    hugo.page.locator("[data-grid] tbody tr td:last-child a").first.focus()
    with hugo.page.expect_navigation():
        hugo.page.keyboard.press("Enter")
    expect(hugo.page.get_by_label("Valeur")).to_be_visible()
    with hugo.page.expect_navigation():
        hugo.page.get_by_role("link", name="La grille de l’école").press("Enter")
    expect(hugo.page.locator("tr:target")).to_have_count(1)
