"""The files that the newsroom of the demonstration receives, as bytes: registers, certified data, inquiries, prints."""

from collections.abc import Collection, Mapping

from django.utils.text import slugify

from editorial.demo.generator.figures import Figure, figures
from editorial.demo.generator.measures import measures
from editorial.demo.generator.printing import print_of
from editorial.demo.generator.roster import School, known_in
from editorial.demo.generator.workbook import Cell, workbook

# (school, indicator) → what is written instead of its figure.
type Slips = Mapping[tuple[str, str], Figure]

_SECTORS = {
    "public": "Publique", "private_contract": "Privée sous contrat", "private": "Privée", "consular": "Consulaire",
}  # fmt: skip
_ENTRIES = {"post_bac": "Après le bac", "post_prepa": "Après une prépa"}
_TITLES = {
    "cti": "Données certifiées des écoles d’ingénieurs",
    "cdefi": "Enquête commune des écoles d’ingénieurs",
}
_FICTIONAL = "Document de démonstration : écoles et chiffres fictifs."
_NOTES = [
    ["Comment lire ce document"],
    ["nd : l’école n’a pas communiqué la donnée. so : sans objet. ns : secret statistique. Vide : donnée absente."],
    ["Chaque ligne est signée par la direction de l’école, qui engage sa responsabilité."],
]


def register(edition: int) -> bytes:
    """The schools known in the year before an edition: numbers, names, places, what they are."""
    campaign = edition - 1
    head = ["Campagne", "UAI", "École", "Nom d’usage", "Sigle", "Ville", "Région", "Académie", "Statut", "Recrutement"]
    rows = [[campaign, *_identity(school, edition)] for school in known_in(edition)]
    title = f"Répertoire des écoles d’ingénieurs, campagne {campaign}"
    return workbook([("Écoles", [[title], [_FICTIONAL], [*head, "Durée", "Site"], *rows])])


def _identity(school: School, edition: int) -> list[Cell]:
    usual, short = (*school.known_as, "", "")[:2]
    return [
        school.uai, school.name_in(edition), usual, short, school.city, school.region, school.academie,
        _SECTORS[school.sector], _ENTRIES[school.entry], f"{school.years} ans", f"https://{slugify(school.name)}.example/",
    ]  # fmt: skip


def certified(file: str, edition: int, slips: Slips | None = None, only: Collection[str] = ()) -> bytes:
    """What the schools of an edition said of the year before it, in one of the two files, « cti » or « cdefi ».

    slips: what somebody typed wrong. only: the schools of a file that holds a few.
    """
    campaign = edition - 1
    columns = [
        measure
        for measure in measures()
        if measure.file == file and (measure.until is None or campaign <= measure.until)
    ]
    head = ["Campagne", "UAI", "École", *(measure.column for measure in columns)]
    rows: list[list[Cell]] = []
    for school in known_in(edition):
        if not school.answers_in(edition) or (only and school.name not in only):
            continue
        told = figures(school, campaign)
        written = [(slips or {}).get((school.name, measure.code), told[measure.code]) for measure in columns]
        rows.append([campaign, school.uai, school.name_in(edition), *written])
    title = f"{_TITLES[file]}, campagne {campaign}"
    return workbook([("Données", [[title], [_FICTIONAL], head, *rows]), ("À lire", _NOTES)])


def printed(edition: int) -> bytes:
    """The table of an edition that was only printed: places, shared or not, schools and points."""
    rows: list[list[Cell]] = [
        [f"{place.rank}{'re' if place.rank == 1 else 'e'}{' ex aequo' if place.tied else ''}", place.school.uai,
         place.school.name_in(edition), place.points]
        for place in print_of(edition)
    ]  # fmt: skip
    title = f"Palmarès des écoles d’ingénieurs {edition}, tableau imprimé"
    return workbook([("Palmarès", [[title], [_FICTIONAL], ["Rang", "UAI", "École", "Points sur 55"], *rows])])
