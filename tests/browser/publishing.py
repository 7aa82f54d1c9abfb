"""From verified values to a published edition and an announcement: Hugo, Claire, Jean, Claire again."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from schools.typography import in_paris
from tests.browser.person import Person, plain
from tests.browser.story import METHOD, PALMARES, REFERENCE_YEAR, YEAR, Story

TEXTS = {
    "Objet": "Ce palmarès compare des écoles fictives par leur recrutement. Il ne dit rien de l’enseignement.",
    "Objet, en anglais": "This ranking compares fictional schools by their intake. It says nothing of teaching.",
    "Public visé": "Les personnes qui essaient ce logiciel.",
    "Public visé, en anglais": "People who try this software.",
}
LEFT_OUT = {"Raison": "Première promotion en 2025.", "Raison, en anglais": "First class in 2025."}


@dataclass(frozen=True)
class Sealed:
    """What the desk says of the release: its own address, the digest, and the instant it is for."""

    desk: str
    digest: str
    instant: datetime


def opens_the_edition(story: Story) -> str:
    """Hugo opens a palmarès and an edition of it, and sees all that blocks; gives the address of its page."""
    hugo = story.person("hugo")
    hugo.opens("/redaction/editions/")
    hugo.fits()
    hugo.writes({"Adresse": PALMARES, "Titre": "Écoles fictives", "Titre anglais": "Fictional schools"})
    hugo.presses("Ouvrir le palmarès")
    hugo.page.get_by_label("Palmarès", exact=True).select_option(label="Écoles fictives")
    hugo.writes({"Millésime": YEAR})
    hugo.presses("Ouvrir l’édition")
    hugo.reads(re.compile("Il manque l’objet"), "Aucune école n’est dans le champ : choisissez-les.")
    expect(hugo.button("Calculer")).to_have_attribute("aria-disabled", "true")
    hugo.fits()
    return hugo.page.url


def prepares_the_edition(story: Story, edition: str) -> None:
    """Texts, method, years, schools: one after the other, each taking its obstacle away."""
    hugo = story.person("hugo")
    hugo.opens(edition)
    hugo.writes(TEXTS)
    hugo.presses("Enregistrer les textes")
    hugo.reads("Textes enregistrés.")
    hugo.writes({"Texte de la méthode": METHOD})
    hugo.presses("Choisir cette méthode")
    hugo.reads("Méthode choisie.")
    # Beside each year read: how far back a figure may be taken, and since when the years before are kept.
    years = hugo.page.get_by_role("region", name="Années lues").get_by_role("spinbutton", name=re.compile("année lue$"))
    expect(years.first).to_be_visible()
    for year in years.all():
        year.fill(REFERENCE_YEAR)
    hugo.presses("Enregistrer les années")
    hugo.reads("Années enregistrées.")
    hugo.fits()
    chooses_the_schools(hugo)
    hugo.opens(edition)


def chooses_the_schools(hugo: Person) -> None:
    """All that have a value, but one, with the reason in both languages."""
    hugo.follows("Choisir les écoles")
    hugo.presses(re.compile(r"^Ajouter les \d+ écoles"))
    hugo.reads(re.compile(r"^Liste enregistrée"))
    leave = hugo.page.locator("form", has=hugo.page.get_by_role("button", name="Laisser de côté"))
    leave.get_by_label("École", exact=True).select_option(label="École du verre de Baccarelle")
    hugo.writes(LEFT_OUT, among=leave)
    hugo.presses("Laisser de côté")
    hugo.reads(LEFT_OUT["Raison"])
    hugo.fits()


def computes_and_signs(story: Story, edition: str) -> tuple[str, str]:
    """Hugo sees that nothing blocks, computes, signs, and may not seal; gives the release's page and its digest."""
    hugo = story.person("hugo")
    hugo.opens(edition)
    hugo.reads("Rien ne bloque la publication.")
    hugo.presses("Calculer")
    hugo.presses("Signer ce calcul")
    hugo.reads("Calcul signé. Une autre personne peut le sceller.")
    hugo.reads("Sceller et programmer revient à la rédaction en chef.")
    hugo.fits()
    found = re.search(r"Empreinte du calcul ([0-9a-f]{64})", hugo.words(), re.IGNORECASE)
    assert found, hugo.words()
    return hugo.page.url, found[1]


def seals(story: Story, release: str, digest: str, *, after: timedelta | None) -> Sealed:
    """Claire seals what Hugo signed: for now, or for an instant ahead, as the clocks of Paris show it.

    At least `after`, and later where pages come slowly: a few more must come before the instant.
    """
    claire = story.person("claire")
    begun = datetime.now(UTC)
    claire.opens(release)
    claire.fits()
    instant = datetime.now(UTC).replace(microsecond=0)
    if after is None:
        claire.page.get_by_label("maintenant").check()
    else:
        instant += max(after, 12 * (datetime.now(UTC) - begun))
        instant = instant.replace(microsecond=0)
        there = in_paris(instant)
        claire.page.get_by_label("à l’instant choisi").check()
        claire.writes({"Jour": f"{there:%Y-%m-%d}", "Heure de Paris": f"{there:%H:%M:%S}"})
    claire.presses("Sceller")
    claire.reads("Version scellée : plus rien n’y change.")
    claire.fits()
    assert digest in claire.words()
    return Sealed(release, digest, instant)


def recomputes_the_same(story: Story, sealed: Sealed) -> None:
    """Whoever asks has the edition computed again, and the sealed rows read again: nothing differs."""
    claire = story.person("claire")
    claire.opens(sealed.desk)
    claire.presses("Recalculer et comparer")
    claire.reads("Le scellé est intact.", "Le calcul redonne la même empreinte.")


def writes_the_announcement(story: Story, school: str, slug: str) -> str:
    """Jean finds the school's facts and quotes them by their marks; gives the address of the draft."""
    jean = story.person("jean")
    jean.opens("/redaction/articles/")
    jean.fits()
    jean.follows("Écrire un article")
    facts = jean.page.get_by_role("complementary")
    facts.get_by_label("École").fill(school)
    jean.arrives_by(facts.get_by_role("button", name="Chercher"))
    for mark in (f"[[rang:{slug}]]", f"[[score:{slug}]]"):
        expect(facts.get_by_text(mark, exact=True)).to_be_visible()
    jean.chooses("Genre", "announcement")
    body = f"{school} est [[rang:{slug}]], avec [[score:{slug}]] points."
    jean.writes({"Titre": f"{school} au palmarès", "Chapeau": "Sa place, telle qu’elle est publiée.", "Texte": body})
    jean.writes({"Titre anglais": f"{school} ranked", "Chapeau anglais": "As published."})
    jean.writes({"Texte anglais": f"{school} is [[rang:{slug}]] of [[classees]]."})
    jean.fits()
    jean.presses("Enregistrer le brouillon")
    jean.fits()
    jean.presses("Demander une relecture")
    jean.reads("Article à relire par une autre personne.")
    jean.reads("Approuver un article revient à la rédaction en chef.")
    return jean.page.url


def approves_the_announcement(story: Story, draft: str) -> str:
    """Claire reads it as it will be read, and approves it for now; gives its text."""
    claire = story.person("claire")
    claire.opens("/redaction/")
    claire.fits()
    claire.opens(draft)
    text = plain(claire.page.get_by_role("article").first.locator(".prose").inner_text())
    claire.page.get_by_label("maintenant").check()
    claire.fits()
    claire.presses("Approuver")
    claire.reads("Article approuvé.")
    return text
