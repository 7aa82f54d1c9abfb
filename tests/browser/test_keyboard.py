"""The ranking by the keyboard alone: the skip link, what is focused is seen, the filters and the details, no trap."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.running import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
# What has the focus: its tag, its name as read, and whether anything shows that it has it.
FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const seen = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  return [one.tagName, (one.innerText || one.name || '').trim(), seen && box.width > 0 && box.height > 0];
}"""


@pytest.fixture(scope="module")
def ranking(parts: Any) -> str:
    """The address of a ranking."""
    return f"/{parts['ranking']}/{parts['year']}/"


@pytest.fixture
def reader(gallery: Site, browser: "Browser", ranking: str) -> Iterator[Person]:
    """A reader in front of it, on a phone: there the filters are folded."""
    person = Person.sits_down(gallery, browser, width=390)
    person.opens(ranking)
    yield person
    person.leaves()


def tabs(reader: Person, most: int = 200) -> list[tuple[str, str, bool]]:
    """Everything the Tab key stops at, until it leaves the page."""
    stops = []
    for _press in range(most):
        reader.page.keyboard.press("Tab")
        tag, name, seen = reader.page.evaluate(FOCUSED)
        if tag == "BODY":
            return stops
        stops.append((tag, name, seen))
    raise AssertionError(f"Tab goes round and round: {stops[-6:]}")


def test_skip_link_comes_first_and_leads_to_the_content(reader: Person) -> None:
    reader.page.keyboard.press("Tab")
    skip = reader.page.get_by_role("link", name="Aller au contenu")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    reader.page.keyboard.press("Enter")
    expect(reader.page.get_by_role("main")).to_be_focused()
    reader.page.keyboard.press("Tab")
    assert reader.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_tab_reaches_filters_and_details_shows_where_it_is_and_leaves(reader: Person) -> None:
    stops = tabs(reader)
    names = [name for _tag, name, _seen in stops]
    assert [stop for stop in stops if not stop[2]] == []
    assert "Filtrer et trier" in names
    assert len([name for name in names if name.startswith("Détail")]) > 3
    assert names.index("Filtrer et trier") < next(n for n, name in enumerate(names) if name.startswith("Détail"))


def test_filters_and_a_row_open_and_work_by_the_keyboard(reader: Person) -> None:
    reader.page.get_by_text("Filtrer et trier").focus()
    reader.page.keyboard.press("Enter")
    search = reader.page.get_by_role("main").get_by_role("searchbox")
    expect(search).to_be_visible()
    reader.page.keyboard.press("Tab")
    expect(search).to_be_focused()
    reader.page.keyboard.type("mines")
    reader.page.keyboard.press("Enter")
    expect(reader.page.get_by_role("table").get_by_role("rowheader")).to_have_count(2)
    detail = reader.page.locator("summary", has_text="Détail").first
    detail.focus()
    reader.page.keyboard.press("Enter")
    reader.reads("Voir la fiche, valeur par valeur")
