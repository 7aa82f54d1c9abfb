"""The verifier's part of the way: one value at a time, by the keyboard where there are scripts, never her own."""

import re

from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.story import Story, enters_by_hand

APPROVE, REJECT = re.compile("^Approuver"), re.compile("^Rejeter")
REASON = "La cellule dit autre chose : relisez la ligne."


def _what_is_decided(lise: Person) -> str:
    """Which value is before her: its address, without what narrows the queue."""
    return lise.page.url.partition("?")[0]


def _acts(lise: Person, story: Story, key: str, name: str | re.Pattern[str]) -> None:
    """By the key where there are scripts, by the button where there are none."""
    if story.javascript:
        lise.page.keyboard.press(key)
    else:
        lise.page.get_by_role("main").get_by_text(name).filter(visible=True).first.click()


def verifies_a_few(story: Story, count: int) -> None:
    """Lise goes down the queue: each value beside its cells, approved, then the next."""
    lise = story.person("lise")
    lise.opens("/redaction/verification/")
    lise.fits()
    lise.follows("Vérifier une à une")
    for _turn in range(count):
        expect(lise.page.get_by_role("heading", name=re.compile("formations.csv"))).to_be_visible()
        before = _what_is_decided(lise)
        _acts(lise, story, "a", APPROVE)
        # What was said of the value before is still there to be read until the next one comes.
        expect(lise.page).not_to_have_url(re.compile(rf"^{re.escape(before)}(\?|$)"))
        lise.reads(re.compile("^Approuvée"))
    lise.fits()


def rejects_one(story: Story) -> str:
    """The next value is rejected, with a reason its author reads; gives the school's name."""
    lise = story.person("lise")
    name = lise.page.get_by_role("heading", level=1).inner_text()
    _acts(lise, story, "r", re.compile("^Rejeter, avec un motif"))
    reason = lise.page.get_by_label(re.compile("^Motif, que lira la personne"))
    expect(reason).to_be_visible()
    if story.javascript:
        expect(reason).to_be_focused()
    lise.presses("Rejeter")
    lise.reads("Refusé, rien n’a été enregistré", re.compile("Un rejet se motive"))
    lise.fits()
    lise.page.get_by_label(re.compile("^Motif, que lira la personne")).fill(REASON)
    lise.presses("Rejeter")
    lise.reads(re.compile("^Rejetée"))
    hugo = story.person("hugo")
    hugo.opens("/redaction/")
    hugo.reads("Vos valeurs rejetées", REASON)
    hugo.fits()
    return name


def may_not_approve_her_own(story: Story) -> None:
    """With both roles, Lise enters a value: page, key and a forged request alike refuse her approval of it."""
    story.site.work("two_roles", "lise")
    enters_by_hand(story, "lise", "30,0")
    lise = story.person("lise")
    lise.page.get_by_role("row", name=re.compile("Touraine")).get_by_role("link").first.click()
    lise.reads("Vous avez entré cette valeur : une autre personne doit la vérifier.")
    expect(lise.button(APPROVE)).to_have_attribute("aria-disabled", "true")
    lise.fits()
    own = _what_is_decided(lise)
    if story.javascript:
        lise.page.keyboard.press("a")
    token = lise.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    forged = lise.context.request.post(
        f"{own}approuver/",
        form={"csrfmiddlewaretoken": token, "version": "1", "meaning": "true_to_source"},
        headers={"Referer": own},
    )
    assert forged.status == 403
    assert "une autre personne doit la vérifier" in forged.text()
    lise.opens(own)
    lise.presses("Retirer ma valeur")
    lise.reads(re.compile("^Retirée"))
