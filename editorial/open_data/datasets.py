"""The official files: what they are called, who publishes them, under which licence."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

MINISTRY = "Ministère de l’enseignement supérieur et de la recherche"
OPEN_LICENCE = "Licence Ouverte 2.0"
PORTAL = "https://data.enseignementsup-recherche.gouv.fr/explore/dataset/"


@dataclass(frozen=True)
class Dataset:
    """One official file. `code` names it in the decisions, `mapping` and `checks` say how it is read and checked."""

    code: str
    file: str
    title: str
    publisher: str
    licence: str
    url: str

    @property
    def mapping(self) -> Path:
        """The mapping file of the project."""
        return settings.BASE_DIR / "schools" / "mappings" / "open_data" / f"{self.file_stem}.toml"

    @property
    def checks(self) -> Path:
        """The file of its checks; registers, which say no figure, have none."""
        return self.mapping.with_suffix(".checks.toml")

    @property
    def file_stem(self) -> str:
        """The name of its mapping, without ending."""
        return self.code.replace("-", "_")


# In the order they are read: the perimeter, the two registers that lend it numbers and names, then the figures.
PERIMETER = Dataset(
    "cti-2020",
    "cti_2020.csv",
    "Écoles accréditées par la Commission des titres d’ingénieur, 1er septembre 2020",
    "Wikipédia en français, d’après l’arrêté du 25 février 2021",
    "CC BY-SA 4.0",
    "https://fr.wikipedia.org/wiki/Liste_des_%C3%A9coles_d%27ing%C3%A9nieurs_en_France",
)
REGISTERS = (
    Dataset(
        "etablissements-2025",
        "mesr_etablissements_2025.csv",
        "Principaux établissements d’enseignement supérieur, avril 2025",
        MINISTRY,
        OPEN_LICENCE,
        f"{PORTAL}fr-esr-principaux-etablissements-enseignement-superieur/",
    ),
    Dataset(
        "etablissements-2020",
        "mesr_etablissements_2020.csv",
        "Principaux établissements d’enseignement supérieur, 2020",
        MINISTRY,
        OPEN_LICENCE,
        f"{PORTAL}fr-esr-principaux-etablissements-enseignement-superieur/",
    ),
)
FIGURES = (
    Dataset(
        "effectifs",
        "mesr_effectifs_2006_2022.csv",
        "Effectifs d’étudiants inscrits dans les établissements publics, 2006–2022",
        MINISTRY,
        OPEN_LICENCE,
        f"{PORTAL}fr-esr-statistiques-sur-les-effectifs-d-etudiants-inscrits-par-etablissement-hcp/",
    ),
    Dataset(
        "parcoursup",
        "parcoursup_formations.csv",
        "Parcoursup 2025, vœux de poursuite d’études, formations d’ingénieurs",
        MINISTRY,
        OPEN_LICENCE,
        f"{PORTAL}fr-esr-parcoursup/",
    ),
)
DATASETS = (PERIMETER, *REGISTERS, *FIGURES)
