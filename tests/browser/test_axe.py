"""Every page in a real browser: axe finds nothing, nothing overflows, nothing is refused by the policy or fails."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import get_resolver

from tests.browser.pages import DESKS, NO_PAGES, PUBLIC, STOOD_FOR, Shown, admin_pages, named
from tests.browser.person import OVERFLOW, Person
from tests.browser.running import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
WIDTHS = (320, 390, 768, 1280)
# The same templates: one page of each kind is enough.
ENGLISH = [replace(page, lang="en") for page in {page.name: page for page in reversed(PUBLIC)}.values()]
DARK = ["public:home", "public:ranking", "public:unit", "public:method", "desk:value", "desk:import", "desk:release"]
type Look = Callable[..., Person]


@pytest.fixture(scope="module")
def look(gallery: Site, browser: "Browser", parts: Any) -> Iterator[Look]:
    """Somebody who looks at a page; each person sits down and signs in once."""
    seated: dict[str, Person] = {}

    def looking(page: Shown, scheme: Literal["light", "dark"] = "light", width: int = 1280) -> Person:
        if page.who not in seated:
            someone = Person.sits_down(gallery, browser)
            seated[page.who] = someone.signs_in(page.who) if page.who else someone
        person = seated[page.who]
        person.complaints.clear()
        person.page.emulate_media(color_scheme=scheme)
        person.page.set_viewport_size({"width": width, "height": 900})
        assert person.opens(page.address(parts)).status in page.status
        return person

    yield looking
    for person in seated.values():
        person.leaves()


def axe_finds(person: Person) -> list[tuple[str, list[str]]]:
    """What axe has against the page, each with the elements it is about."""
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if "/admin/" in person.page.url:
        # Django's own table of attached rows heads the column of their tick boxes with nothing: a rule of good
        # practice, not one of the WCAG.
        options["rules"] = {"empty-table-header": {"enabled": False}}
    found = Axe().run(person.page, options=options).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def overflow(person: Person) -> dict[int, int]:
    """How many pixels are out of sight sideways, by width."""
    wide = {}
    for width in WIDTHS:
        person.page.set_viewport_size({"width": width, "height": 900})
        wide[width] = person.page.evaluate(OVERFLOW)
    return wide


@pytest.mark.parametrize("page", [*PUBLIC, *ENGLISH, *DESKS, *admin_pages()], ids=str)
def test_page_is_accessible_fits_and_is_quiet(look: Look, page: Shown) -> None:
    person = look(page)
    assert person.page.title()
    assert axe_finds(person) == []
    assert overflow(person) == dict.fromkeys(WIDTHS, 0)
    assert person.complaints == []


@pytest.mark.parametrize("page", [page for page in [*PUBLIC, *DESKS] if page.name in DARK], ids=str)
def test_page_is_accessible_in_the_dark_on_a_phone(look: Look, page: Shown) -> None:
    # Before the page is opened: colours that were still fading from one scheme to the other would be measured.
    person = look(page, scheme="dark", width=390)
    assert axe_finds(person) == []


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


def test_every_named_page_of_the_site_is_in_the_list() -> None:
    seen = {page.name for page in [*PUBLIC, *DESKS, *admin_pages()]}
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
