"""What is asked of every page in a real browser: axe finds nothing, it fits, the policy refuses nothing of it."""

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser

from tests.browser.pages import Shown
from tests.browser.person import OVERFLOW, Person
from tests.browser.running import Site

WIDTHS = (320, 390, 768, 1280)
DARK = (
    "public:home",
    "public:ranking",
    "public:unit",
    "public:compare",
    "public:method",
    "desk:value",
    "desk:import",
    "desk:release",
    "desk:edition-places",
    "desk:trail",
    "desk:trail-proof",
)


class Lookers:
    """Those who look at the pages of one site; each sits down and signs in once."""

    def __init__(self, site: Site, browser: Browser, parts: Any) -> None:
        self.site, self.browser, self.parts = site, browser, parts
        self.seated: dict[tuple[str, str], Person] = {}

    def sit(self, who: str, lang: str) -> Person:
        if (who, lang) not in self.seated:
            someone = Person.sits_down(self.site, self.browser)
            self.seated[who, lang] = someone.signs_in(who) if who else someone
            # Of public pages the path decides; the desks speak the language that was chosen there.
            chosen = {"name": settings.LANGUAGE_COOKIE_NAME, "value": lang}
            someone.context.add_cookies([{**chosen, "url": self.site.address + settings.LANGUAGE_COOKIE_PATH}])
        return self.seated[who, lang]

    def look(self, page: Shown, scheme: Literal["light", "dark"] = "light", width: int = 1280) -> Person:
        """The one whose page it is, in front of it; it answered as the list of pages says."""
        person = self.sit(page.who, page.lang)
        person.complaints.clear()
        person.page.emulate_media(color_scheme=scheme)
        person.page.set_viewport_size({"width": width, "height": 900})
        assert person.opens(page.address(self.parts)).status in page.status
        return person

    def leave(self) -> None:
        for person in self.seated.values():
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


def assert_well_made(person: Person) -> None:
    """The page has a title, is accessible, fits every width, and the browser complained of nothing."""
    assert person.page.title()
    assert axe_finds(person) == []
    found = overflow(person)
    assert found == dict.fromkeys(WIDTHS, 0), found
    assert person.complaints == []
