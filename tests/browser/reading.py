"""What a reader without an account sees, before the instant and after; and what the trail tells the newsroom."""

import csv
import hashlib
import json
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.person import Person, plain
from tests.browser.publishing import Sealed
from tests.browser.story import PALMARES, RANKING, YEAR, Story

CLOSED = (RANKING, f"{RANKING}methode/", f"{RANKING}donnees/classement.csv", f"{RANKING}donnees/version.json")
STEPS = (
    "indicator.define", "import.open", "import.discard", "import.commit", "source.cite", "value.enter",
    "value.withdraw", "value.approve", "value.reject", "ranking.open", "edition.open", "edition.texts", "method.file",
    "edition.method", "edition.columns", "edition.perimeter", "release.compute", "release.sign", "release.seal",
    "article.write", "article.submit", "article.approve",
)  # fmt: skip


def finds_nothing_yet(story: Story) -> None:
    """Every address of the edition answers as if it did not exist, in both languages and in the API."""
    reader = story.person("reader")
    api = f"/api/v1/editions/{PALMARES}/{YEAR}/"
    for address in (*CLOSED, *(f"/en{address}" for address in CLOSED), api, f"{api}document/"):
        answer = reader.context.request.get(address)
        assert answer.status == 404, address
        assert "Vaucelles" not in answer.text(), address
    reader.opens("/")
    reader.reads(re.compile("Aucun palmarès n’est encore publié"))
    reader.fits()


def waits_for(story: Story, sealed: Sealed) -> None:
    """Sealed and not yet due, it is not found; the very same address is found once the instant has come."""
    reader = story.person("reader")
    seen = []
    while not seen or (seen[-1] == 404 and datetime.now(UTC) < sealed.instant + timedelta(seconds=20)):
        before = datetime.now(UTC)
        seen.append(reader.context.request.get(RANKING).status)
        if seen[-1] == 404:
            assert before < sealed.instant + timedelta(seconds=1)
            time.sleep(0.2)
        else:
            assert datetime.now(UTC) >= sealed.instant
    assert seen[0] == 404
    assert seen[-1] == 200


def reads_the_ranking(story: Story) -> tuple[str, str]:
    """The table, filtered and cleared again; gives the name and the address of the first school."""
    reader = story.person("reader")
    reader.opens("/")
    reader.follows("Lire le classement")
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(f"Écoles fictives {YEAR}")
    reader.reads("Première promotion en 2025.", "Non classées")
    reader.fits()
    first = reader.page.get_by_role("table").get_by_role("rowheader").first.get_by_role("link")
    name, address = first.inner_text(), first.get_attribute("href") or ""
    everybody = reader.words()
    if not reader.button("Appliquer").is_visible():
        reader.page.get_by_text("Filtrer et trier").click()
    reader.page.get_by_label("Région").select_option("Bretagne")
    reader.fits()
    reader.presses("Appliquer")
    expect(reader.page).to_have_url(re.compile("region=Bretagne"))
    places = [plain(text) for text in reader.page.get_by_role("table").locator("th span").all_inner_texts()]
    assert [place for place in places if "(" in place]
    assert all("Bretagne" in place for place in places if "(" in place)
    reader.follows(re.compile("^Bretagne"))
    expect(reader.page).not_to_have_url(re.compile("region=B"))
    assert reader.words() == everybody
    return name, address


def follows_a_value_to_its_cell(story: Story, name: str, address: str) -> None:
    """From the school's row to its page, and there from a value to the cell that says it."""
    reader = story.person("reader")
    reader.opens(RANKING)
    reader.follows(name)
    expect(reader.page).to_have_url(re.compile(re.escape(address)))
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(name)
    link = reader.page.get_by_role("table", name="Indicateurs").locator("a[href^='#']").first
    source = (link.get_attribute("href") or "").removeprefix("#")
    link.click()
    expect(reader.page).to_have_url(re.compile(f"#{source}$"))
    block = reader.page.locator(f"[id='{source}']")
    expect(block).to_be_in_viewport()
    expect(block).to_contain_text("formations.csv")
    expect(block).to_contain_text("SHA-256")
    for fold in block.locator("summary").all():
        fold.click()
    assert re.search(r"\b[A-M]\d+\b", plain(block.inner_text()))
    expect(block).to_contain_text(re.compile(r"Vu\s+le\s+\d"))
    reader.fits()


def reads_the_method(story: Story, digest: str) -> None:
    """The rules, the digest of the desk, and the same page in English."""
    reader = story.person("reader")
    reader.opens(f"{RANKING}methode/")
    assert digest in reader.words()
    expect(reader.page.locator("html")).to_have_attribute("lang", "fr")
    reader.fits()
    reader.page.get_by_role("link", name="English").filter(visible=True).first.click()
    expect(reader.page).to_have_url(re.compile(rf"/en{RANKING}methode/$"))
    expect(reader.page.locator("html")).to_have_attribute("lang", "en")
    assert digest in reader.words()
    reader.fits()
    reader.opens(f"/en{RANKING}")
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(f"Fictional schools {YEAR}")
    reader.reads("First class in 2025.")
    reader.fits()


def takes_the_files(story: Story, digest: str, name: str, folder: Path) -> None:
    """The table as CSV, and the document: its bytes have the digest the desk showed; the API says the same."""
    reader = story.person("reader")
    reader.opens(f"{RANKING}donnees/")
    assert digest in reader.words()
    reader.fits()
    table = _download(reader, "Le classement", folder)
    rows = list(csv.DictReader(table.decode("utf-8-sig").splitlines(), delimiter=_delimiter(table)))
    assert name in rows[0].values()
    document = _download(reader, "Le document de la version", folder)
    assert hashlib.sha256(document).hexdigest() == digest
    assert json.loads(document)
    served = reader.context.request.get(f"/api/v1/editions/{PALMARES}/{YEAR}/document/")
    assert served.body() == document
    assert reader.context.request.get(f"/api/v1/editions/{PALMARES}/{YEAR}/").json()["digest"] == digest


def _delimiter(table: bytes) -> str:
    return ";" if b";" in table.splitlines()[0] else ","


def _download(reader: Person, link: str, folder: Path) -> bytes:
    with reader.page.expect_download() as begun:
        reader.link(link).click()
    saved = folder / begun.value.suggested_filename
    begun.value.save_as(saved)
    return saved.read_bytes()


def reads_the_announcement(story: Story, title: str, text: str) -> None:
    """The announcement says what was approved, lists its figures, and leads to the release they come from."""
    reader = story.person("reader")
    reader.opens("/articles/")
    reader.fits()
    reader.follows(title)
    assert plain(reader.page.locator(".prose").inner_text()) == text
    assert "[[" not in reader.words()
    assert "1re" in reader.words().replace(" ", "")
    reader.reads("Les chiffres de cet article")
    reader.fits()
    reader.follows(re.compile(f"{YEAR}, version 1"))
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(f"Écoles fictives {YEAR}")


def trail_tells_every_step(story: Story) -> None:
    """Each kind of act is in the trail, under its own words, and the chain is whole."""
    claire = story.person("claire")
    claire.opens("/redaction/journal/")
    claire.fits()
    acts = claire.page.get_by_label("Acte")
    for verb in STEPS:
        words = acts.locator(f"option[value='{verb}']").inner_text()
        claire.opens(f"/redaction/journal/?acte={verb}")
        expect(claire.page.get_by_role("listitem").filter(has_text=words).first).to_be_visible()
    claire.follows("Ce qui le protège")
    claire.presses("Vérifier maintenant")
    claire.reads("Chaîne entière")
