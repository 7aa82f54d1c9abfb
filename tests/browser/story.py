"""The way of a figure, walked in a browser by the people whose work it is. Each step ends by seeing what it did."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.person import Person
from tests.browser.running import Site

ROOT = Path(__file__).resolve().parents[2]
SMALL = ROOT / "tests" / "small"
FORMATIONS = SMALL / "formations.csv"
MAPPING = (SMALL / "mapping.toml").read_text(encoding="utf-8")
METHOD = (SMALL / "method.toml").read_text(encoding="utf-8")
PALMARES, YEAR, REFERENCE_YEAR = "ecoles-fictives", "2026", "2025"
RANKING = f"/{PALMARES}/{YEAR}/"
DOCUMENT = {
    "Titre du document": "Formations des écoles fictives, 2025",
    "Producteur": "Observatoire des écoles fictives",
    "Licence": "Licence Ouverte 2.0",
}


@dataclass
class Story:
    """One way, on one site. The same steps with scripts and without, on a wide screen and on a phone."""

    site: Site
    browser: Browser
    width: int
    javascript: bool
    seated: dict[str, Person] = field(default_factory=dict)

    def person(self, name: str) -> Person:
        """Hugo, Lise, Jean, Claire: signed in at their first appearance; the reader never is."""
        if name not in self.seated:
            someone = Person.sits_down(self.site, self.browser, width=self.width, javascript=self.javascript)
            self.seated[name] = someone if name == "reader" else someone.signs_in(name)
        return self.seated[name]

    def complaints(self) -> list[str]:
        """What any of the browsers complained of; closes them."""
        return [complaint for person in self.seated.values() for complaint in person.leaves()]


def sends(story: Story, path: Path) -> Person:
    """Hugo sends this file with a mapping that he pastes."""
    hugo = story.person("hugo")
    hugo.opens("/redaction/imports/")
    if not hugo.button("Lire le fichier").is_visible():
        hugo.page.get_by_text("Importer un fichier").click()
    hugo.page.get_by_label("Fichier", exact=True).set_input_files(path)
    hugo.writes({"Texte de la correspondance": MAPPING})
    hugo.writes(DOCUMENT)
    hugo.fits()
    hugo.presses("Lire le fichier")
    return hugo


def refuses_what_is_no_file(story: Story, folder: Path) -> None:
    """A file that cannot be read is refused whole, by its name, and leaves nothing behind."""
    empty = folder / "vide.csv"
    empty.write_bytes(b"")
    hugo = sends(story, empty)
    hugo.reads("Fichier refusé, rien n’a été écrit", re.compile("vide.csv"))
    hugo.fits()
    hugo.opens("/redaction/imports/")
    expect(hugo.page.get_by_role("table")).to_have_count(0)


def refuses_a_share_of_140_percent(story: Story, folder: Path) -> None:
    """The preview names file and cell; recorded without a reason, the whole is refused and nothing is written."""
    wrong = folder / "part-de-140.csv"
    lines = FORMATIONS.read_text(encoding="utf-8").splitlines()[:3]
    lines[1] = lines[1].replace(";20,9;", ";140,0;")
    wrong.write_text("\n".join(lines) + "\n", encoding="utf-8")
    hugo = sends(story, wrong)
    expect(hugo.page.get_by_role("heading", level=1)).to_have_text("part-de-140.csv")
    refused = hugo.page.get_by_role("table", name="refusée").get_by_role("row").filter(has_text="J2")
    expect(refused).to_contain_text("140,0")
    expect(refused).to_contain_text("Femmes admises (%)")
    hugo.fits()
    hugo.page.get_by_label(re.compile("^Créer")).check()
    hugo.presses(re.compile(r"^Enregistrer \d+ valeurs?$"))
    hugo.reads("Refusé, rien n’a été enregistré", re.compile("corrigez le fichier, ou laissez-les de côté"))
    hugo.presses("Abandonner cet import")
    hugo.reads("Import abandonné : rien n’a été enregistré.")
    hugo.opens("/redaction/saisie/?q=Vaucelles")
    hugo.reads("Aucune école de ce nom.")


def imports_the_file(story: Story) -> int:
    """Hugo reads the preview, leaves the refused cell out with a reason, creates the schools, records. How many."""
    hugo = sends(story, FORMATIONS)
    refused = hugo.page.get_by_role("table", name="refusée").get_by_role("row").filter(has_text="J90")
    expect(refused).to_contain_text("131,0")
    hugo.fits()
    hugo.page.get_by_role("list", name="Filtrer l’aperçu").get_by_role("link", name="nouvelles").click()
    expect(hugo.page.get_by_role("table", name="nouvelles")).to_be_visible()
    hugo.fits()
    hugo.page.get_by_label(re.compile(r"^Créer les \d+ écoles inconnues")).check()
    hugo.page.get_by_label(re.compile("^Laisser de côté la cellule refusée")).fill("Faute de frappe, école interrogée.")
    record = hugo.button(re.compile(r"^Enregistrer \d+ valeurs$"))
    count = int(re.sub(r"\D", "", record.inner_text()))
    hugo.arrives_by(record)
    hugo.reads(f"{count} valeurs enregistrées : elles attendent une vérification.")
    hugo.fits()
    return count


def enters_by_hand(story: Story, name: str, figure: str) -> None:
    """A person of the data cell enters the share of women the file did not give, with the letter that says it."""
    someone = story.person(name)
    someone.opens("/redaction/saisie/")
    someone.writes({"École": "touraine"})
    someone.fits()
    someone.presses("Chercher")
    someone.follows("École du numérique de Touraine")
    choice = someone.page.get_by_label("Indicateur", exact=True)
    choice.select_option(choice.locator("option", has_text="Part de femmes").get_attribute("value"))
    someone.writes({"Année de référence": REFERENCE_YEAR})
    someone.presses("Choisir")
    someone.writes({"Valeur": figure, "Cellule, page ou paragraphe": "p. 2", "Texte lu": f"{figure} % de femmes"})
    someone.chooses("Source", "")
    letter = DOCUMENT | {"Titre du document": "Lettre de l’école, novembre"}
    someone.writes(letter)
    someone.fits()
    someone.presses("Entrer la valeur")
    someone.reads(re.compile("Une autre personne la vérifiera"))
    expect(someone.page.get_by_role("row", name=re.compile("Touraine")).first).to_contain_text("à vérifier")
