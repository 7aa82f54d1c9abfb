"""The look in a real browser: accessible, no sideways scroll, nothing against the policy, keys that obey."""

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
PAGES = ["charte/", "connexion/", "introuvable/"]
WIDTHS = [320, 360, 390, 768, 1024, 1100, 1280]


def opened(browser: "Browser", url: str, scheme: str = "light", width: int = 1280) -> "Page":
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(url)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(browser: "Browser", look_url: str, address: str, width: int, scheme: str) -> None:
    page = opened(browser, f"{look_url}/{address}", scheme, width)
    found = Axe().run(page).response["violations"]
    page.context.close()
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []


@pytest.mark.parametrize("address", PAGES)
def test_nothing_overflows_nor_is_refused(browser: "Browser", look_url: str, address: str) -> None:
    said: list[str] = []
    page = opened(browser, "about:blank")
    page.on("console", lambda message: said.append(message.text) if "Content Security" in message.text else None)
    page.goto(f"{look_url}/{address}")
    wide = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide[width] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    fonts = page.evaluate(
        "document.fonts.ready.then(() => [...document.fonts].filter(f => f.status == 'error').length)"
    )
    page.context.close()
    assert wide == dict.fromkeys(WIDTHS, 0)
    assert said == []
    assert fonts == 0


def test_theme_of_the_page_wins_over_the_system(browser: "Browser", look_url: str) -> None:
    page = opened(browser, f"{look_url}/charte/", "light")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    by_day = page.evaluate(ground)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    by_night = page.evaluate(ground)
    page.context.close()
    assert (by_day, by_night) == ("rgb(246, 246, 243)", "rgb(20, 22, 27)")


def test_keys_press_their_button_save_in_a_field_or_when_off(browser: "Browser", look_url: str) -> None:
    page = opened(browser, f"{look_url}/charte/")
    page.evaluate(
        "window.pressed = []; document.querySelectorAll('form button').forEach("
        "b => b.addEventListener('click', e => { e.preventDefault(); window.pressed.push(b.id) }))"
    )
    page.keyboard.press("a")
    page.keyboard.press("Alt+r")
    page.focus("#libre_note")
    page.keyboard.press("r")
    page.evaluate("document.activeElement.blur()")
    page.uncheck("[data-keys-switch] input")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("s")
    pressed = page.evaluate("window.pressed")
    page.reload()
    kept = page.is_checked("[data-keys-switch] input")
    page.context.close()
    assert pressed == ["ok"]
    assert kept is False


def test_without_javascript_the_page_is_whole(browser: "Browser", look_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{look_url}/charte/")
    assert page.is_visible("text=La charte")
    assert not page.is_visible("[data-keys-switch]")
    assert page.is_visible("#ok")
    context.close()
