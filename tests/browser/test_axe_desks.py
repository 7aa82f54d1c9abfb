"""Every page of the newsroom in a real browser, in both languages; and no page of the site is left out of the lists."""

from dataclasses import replace
from typing import Any

import pytest
from django.urls import get_resolver

from tests.browser.looking import DARK, Lookers, assert_well_made, axe_finds
from tests.browser.pages import DESKS, NO_PAGES, PUBLIC, STOOD_FOR, Shown, admin_forms, admin_pages, named

pytestmark = pytest.mark.browser
# The same templates: one page of each kind is enough.
ENGLISH = [replace(page, lang="en") for page in {page.name: page for page in reversed(DESKS)}.values()]


@pytest.mark.parametrize("page", [*DESKS, *ENGLISH], ids=str)
def test_page_is_accessible_fits_and_is_quiet(lookers: Lookers, page: Shown) -> None:
    assert_well_made(lookers.look(page))


@pytest.mark.parametrize("page", [page for page in DESKS if page.name in DARK], ids=str)
def test_page_is_accessible_in_the_dark_on_a_phone(lookers: Lookers, page: Shown) -> None:
    # Before the page is opened: colours that were still fading from one scheme to the other would be measured.
    assert axe_finds(lookers.look(page, scheme="dark", width=390)) == []


def test_every_named_page_of_the_site_is_in_the_list() -> None:
    seen = {page.name for page in [*PUBLIC, *DESKS, *admin_pages(), *admin_forms()]}
    there = dict(named(get_resolver()))
    posts_only = {name for name, pattern in there.items() if _takes_no_get(pattern.callback)}
    left = {
        name
        for name in set(there) - seen - set(NO_PAGES) - posts_only
        if not name.startswith("api:") and not (name.startswith("admin:") and name.endswith(STOOD_FOR))
    }
    assert left == set()
    assert set(NO_PAGES) <= set(there), "an exclusion names what is no longer there"
    assert posts_only.isdisjoint(seen)


def _takes_no_get(view: Any) -> bool:
    """Whether the view lets only posts in: those of the desks keep their methods in the closure of their decorator."""
    cells = view.__closure__ or ()
    methods = [cell.cell_contents for cell in cells if isinstance(cell.cell_contents, tuple)]
    return ("POST",) in methods
