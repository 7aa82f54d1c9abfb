"""The schools: names, places, kinds, and the editions that rank them. All fictional, regions and académies aside."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
# The school whose story the demonstration tells.
HERO = "ecole-des-mines-du-gardon"
FIRST, LAST = 2018, 2023
# School → the edition from which it has another name, and that name.
_RENAMED = {
    "École du verre de Baccarelle": (2022, "École du verre et des matériaux de Baccarelle"),
    "Institut du numérique de Longvaux": (2023, "École du numérique et des données de Longvaux"),
}
# School → the edition of which it gave next to nothing, or from which it answers no more.
_NEARLY_SILENT = {("École de logistique du Havre-Neuf", 2023)}
_SILENT_SINCE = {"École d’énergie solaire de Font-Romarie": 2023}
_CHECK_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_YOUNG = "young"

# Kind → what it is, sector, entry. The first eleven are public.
_POST_PREPA, _POST_BAC = "post_prepa", "post_bac"
KINDS = {
    "G": ("grande école", "public", _POST_PREPA),
    "M": ("école des mines", "public", _POST_PREPA),
    "X": ("école d’application", "public", _POST_PREPA),
    "T": ("école du numérique", "public", _POST_PREPA),
    "C": ("école de chimie ou de physique", "public", _POST_PREPA),
    "A": ("école d’agronomie", "public", _POST_PREPA),
    "P": ("école interne d’un institut polytechnique", "public", _POST_PREPA),
    "I": ("institut ou université technologique", "public", _POST_BAC),
    "U": ("école interne d’une université", "public", _POST_BAC),
    "N": ("école nationale d’ingénieurs", "public", _POST_BAC),
    "S": ("école privée sous contrat", "private_contract", _POST_BAC),
    "V": ("école privée", "private", _POST_BAC),
    "W": ("école privée sous contrat", "private_contract", _POST_PREPA),
    "K": ("école consulaire, par apprentissage", "consular", _POST_BAC),
}


@dataclass(frozen=True)
class School:
    """A fictional school. `seen`: the editions from 2018 to 2023 that rank it, as a text of six 0 and 1."""

    name: str
    uai: str
    city: str
    region: str
    academie: str
    kind: str
    known_as: tuple[str, ...]
    seen: str

    @property
    def sector(self) -> str:
        """As `schools.models.Sector` says it."""
        return KINDS[self.kind][1]

    @property
    def entry(self) -> str:
        """As `schools.models.Entry` says it."""
        return KINDS[self.kind][2]

    @property
    def years(self) -> int:
        """How long its engineering studies last, preparatory cycle included."""
        return 5 if self.entry == _POST_BAC else 3

    @property
    def is_private(self) -> bool:
        """Whether its students pay private fees."""
        return self.sector in {"private", "private_contract"}

    @property
    def apprentices_only(self) -> bool:
        """Whether all its students are apprentices."""
        return self.kind == "K"

    @property
    def is_young(self) -> bool:
        """Whether it had not graduated anybody by the last edition."""
        return self.seen == _YOUNG

    def ranked_in(self, year: int) -> bool:
        """Whether the edition of this year ranks it; those after the last are as the last."""
        if self.is_young:
            return False
        return not self.seen or self.seen[min(year, LAST) - FIRST] == "1"

    def is_there_in(self, year: int) -> bool:
        """Whether it exists, as far as this edition knows: schools close or join others after the last one they see."""
        if self.is_young:
            return year >= 2022
        last = LAST if not self.seen or self.name in _SILENT_SINCE else self.seen.rindex("1") + FIRST
        last = LAST if (self.name, LAST) in _NEARLY_SILENT else last
        return self.first_year <= year and (year <= last or last == LAST)

    def answers_in(self, year: int) -> bool:
        """Whether it has a row in the files of this edition."""
        return self.is_there_in(year) and year < _SILENT_SINCE.get(self.name, year + 1)

    def is_nearly_silent_in(self, year: int) -> bool:
        """Whether it has a row in the files of this edition, and next to nothing in it."""
        return (self.name, year) in _NEARLY_SILENT

    def name_in(self, year: int) -> str:
        """Its name in the files of this edition."""
        since, name = _RENAMED.get(self.name, (year + 1, ""))
        return name if year >= since else self.name

    @property
    def first_year(self) -> int:
        """The first edition that could know it."""
        return 2022 if self.is_young else next(year for year in range(FIRST, LAST + 1) if self.ranked_in(year))


@cache
def roster() -> tuple[School, ...]:
    """Every school that ever was, in the order of the file."""
    with (HERE / "schools.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_schools(csv.DictReader(file, delimiter=";")))


def known_in(year: int) -> list[School]:
    """The schools that exist for an edition, those it does not rank included, in the order of the file."""
    return [school for school in roster() if school.is_there_in(year)]


def renamed() -> list[tuple[School, int, str]]:
    """School, the edition from which it has another name, and that name."""
    by_name = {school.name: school for school in roster()}
    return [(by_name[name], since, new) for name, (since, new) in _RENAMED.items()]


def _schools(rows: Iterable[dict[str, str]]) -> Iterable[School]:
    for number, row in enumerate(rows, start=1):
        fields = {name: row[name] for name in ("name", "city", "region", "academie", "kind", "seen")}
        known_as = tuple(filter(None, row["known_as"].split("|")))
        yield School(uai=uai_of(1000 + 7 * number), known_as=known_as, **fields)


def uai_of(number: int) -> str:
    """A well-formed number of a school that cannot exist: there is no département 999."""
    return f"999{number:04d}{_CHECK_LETTERS[(9_990_000 + number) % 23]}"
