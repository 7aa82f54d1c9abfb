"""A file of printed places, sent by the keyboard alone: what is refused, then what would be entered."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.looking import Lookers, axe_finds, overflow
from tests.browser.person import Person

pytestmark = pytest.mark.browser
GOOD = "École;Rang\r\n{name} 1;1re\r\n{name} 2;2e ex aequo\r\n{name} 3;2e ex aequo\r\n"
BAD = "École;Rang\r\n{name} 1;première\r\nÉcole de nulle part;2\r\n"
WORDS = {
    "Écoles classées à l’imprimé": "63",
    "Méthode de l’imprimé": "Vingt critères notés sur cinq.",
    "Méthode de l’imprimé, en anglais": "Twenty criteria marked out of five.",
    "Titre du document": "Le magazine, n° 412",
    "Producteur": "Le magazine",
    "Licence": "Reproduction autorisée",
}


def sends(hugo: Person, parts: Any, content: str, scheme: Any = "light") -> None:
    """Fill the form, and send it with Enter in one of its fields."""
    hugo.page.emulate_media(color_scheme=scheme)
    hugo.opens(f"/redaction/editions/{parts['open_archive']}/imprime/")
    text = content.format(name="Institut imprimé, campus").encode()
    hugo.page.locator("#id_file").set_input_files({"name": "palmares.csv", "mimeType": "text/csv", "buffer": text})
    for label, said in WORDS.items():
        hugo.page.get_by_label(label, exact=True).fill(said)
    with hugo.page.expect_navigation():
        hugo.page.get_by_label("Licence", exact=True).press("Enter")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_good_file_is_shown_before_it_is_entered(lookers: Lookers, scheme: str) -> None:
    hugo = lookers.sit("hugo", "fr")
    sends(hugo, lookers.parts, GOOD, scheme)
    hugo.reads("3 places lues", "3 nouvelles", "Institut imprimé, campus 2")
    assert axe_finds(hugo) == []
    assert set(overflow(hugo).values()) == {0}
    confirm = hugo.page.get_by_role("button", name="Entrer 3 places")
    for _step in range(40):
        hugo.page.keyboard.press("Tab")
        if confirm.evaluate("button => button === document.activeElement"):
            break
    expect(confirm).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_bad_file_is_refused_cell_by_cell(lookers: Lookers, scheme: str) -> None:
    hugo = lookers.sit("hugo", "fr")
    sends(hugo, lookers.parts, BAD, scheme)
    hugo.reads("2 points refusés", "première", "École de nulle part")
    assert axe_finds(hugo) == []
    assert set(overflow(hugo).values()) == {0}
    assert hugo.complaints == []
