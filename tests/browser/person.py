"""Somebody in front of a browser: what she does there, and what the browser complained of meanwhile."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response, expect

from tests.browser.running import Site
from tests.people import PASSWORD

PHONE, DESKTOP = 390, 1280
# Processors shared with others: what takes a tenth of a second may take ten.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def plain(text: str) -> str:
    """A text with every blank, narrow or unbreakable, made one plain space."""
    return re.sub(r"\s+", " ", text).strip()


@dataclass
class Person:
    """One context of the browser, one page in it. `complaints`: errors and refusals by policy, in their order."""

    site: Site
    page: Page
    complaints: list[str] = field(default_factory=list)

    @classmethod
    def sits_down(
        cls, site: Site, browser: Browser, *, width: int = DESKTOP, javascript: bool = True, scheme: str = "light"
    ) -> "Person":
        """Open a context of her own: no cookie, no cache of anybody else."""
        context = browser.new_context(
            base_url=site.address,
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            color_scheme=scheme,  # type: ignore[arg-type]
            locale="fr-FR",
        )
        context.set_default_timeout(PATIENCE_MS)
        person = cls(site, context.new_page())
        person.page.on("console", person._hears)
        person.page.on("pageerror", lambda error: person.complaints.append(f"{person.page.url}: {error}"))
        return person

    def _hears(self, message: ConsoleMessage) -> None:
        # A browser notes every page that is refused or not found; whether it should be is what the tests ask.
        refused_page = "Failed to load resource" in message.text and not self._is_a_file(message)
        if message.type == "error" and not refused_page:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _is_a_file(self, message: ConsoleMessage) -> bool:
        return urlsplit(message.location["url"]).path.startswith("/static/")

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def signs_in(self, name: str, password: str = PASSWORD) -> "Person":
        """Through the login page, to which the newsroom's front page leads."""
        self.opens("/redaction/")
        self.page.get_by_label("Nom d’utilisateur").or_(self.page.get_by_label("Nom d'utilisateur")).fill(name)
        self.page.get_by_label("Mot de passe").fill(password)
        self.presses("Se connecter")
        return self

    def opens(self, address: str) -> Response:
        """Go to an address of the site; its answer."""
        response = self.page.goto(address)
        assert response is not None
        return response

    def presses(self, name: str | re.Pattern[str]) -> None:
        """The one button of this name; then the page that answers is there, whole."""
        self.arrives_by(self.button(name))

    def follows(self, name: str | re.Pattern[str]) -> None:
        """The first link of this name in the page itself, to the page it leads to."""
        self.arrives_by(self.link(name))

    def arrives_by(self, what: Locator) -> None:
        """Click on what leads to a page, and wait for all of it: read at once, the words may be those of the last."""
        with self.page.expect_navigation():
            what.click()

    def writes(self, fields: dict[str, str], *, among: Locator | None = None) -> None:
        """Fill fields, named by their labels; what is optional says so after its name."""
        place = among or self.page.get_by_role("main")
        for label, text in fields.items():
            place.get_by_label(re.compile(rf"^{re.escape(label)}( \(facultatif\))?$")).fill(text)

    def chooses(self, label: str, value: str) -> None:
        """In a select named by its label."""
        self.page.get_by_label(re.compile(rf"^{re.escape(label)}( \(facultatif\))?$")).select_option(value)

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("main").get_by_role("button", name=name, exact=True)

    def link(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("main").get_by_role("link", name=name).first

    def reads(self, *texts: str | re.Pattern[str]) -> None:
        """All of these are on the page, visible."""
        for text in texts:
            expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def words(self) -> str:
        """What the page says, once all of it is there: a new address is known before its last line has come."""
        self.page.wait_for_load_state()
        return plain(self.page.get_by_role("main").inner_text())

    def fits(self) -> None:
        """Nothing of the page is cut or needs a sideways scroll, here and on a phone."""
        size = self.page.viewport_size or {"width": DESKTOP, "height": 900}
        wide = {}
        for width in (PHONE, size["width"]):
            self.page.set_viewport_size({"width": width, "height": 900})
            wide[width] = self.page.evaluate(OVERFLOW)
        assert wide == dict.fromkeys(wide, 0), self.page.url

    def leaves(self) -> list[str]:
        """Close the context; what the browser complained of."""
        self.context.close()
        return self.complaints
