"""What a source speaks of: one subject for each cell of identifiers, under all the names it gives it over the years."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from schools.importing import CellRef, Document, Mapping, UnitRecord
from schools.importing import subjects as records_of
from schools.matching.places import Place
from schools.naming import search_key

__all__ = ["Name", "Place", "Subject", "subjects_of"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name as read, and the first and last year for which it was; no mark after it."""

    text: str
    first_year: int
    last_year: int

    @property
    def key(self) -> str:
        """What other spellings of it share."""
        return search_key(self.text)

    @property
    def is_sigle(self) -> bool:
        """Whether it is one short word: what several schools are often called by.

        >>> Name("ESITC", 2020, 2020).is_sigle, Name("CentraleSupélec", 2020, 2020).is_sigle
        (True, False)
        """
        return " " not in self.key and len(self.key) <= 6


@dataclass(frozen=True, slots=True)
class Subject:
    """Something a source speaks of, by the identifiers of one of its cells.

    years: those it is read for, at least one, in order; a register, which has no rows a year, has that of its
    document. names: the main ones first, none twice. wider: an establishment that may hold more than a school (a
    university). marked_component: the source says, by an asterisk, that its figures are counted in another row too.
    """

    dataset: str
    scheme: str
    keys: tuple[str, ...]
    years: tuple[int, ...]
    names: tuple[Name, ...]
    numbers: tuple[tuple[str, str], ...] = ()
    place: Place = field(default_factory=Place)
    wider: bool = False
    marked_component: bool = False
    register: bool = False
    cells: tuple[CellRef, ...] = ()

    @property
    def name(self) -> str:
        """The name it is shown by: the main one of the latest year; the first key when it has none."""
        return self.names[0].text if self.names else next(iter(self.keys), "")

    @property
    def identity(self) -> tuple[str, str, tuple[str, ...], str]:
        """What tells it from the other subjects of all sources."""
        return (self.dataset, self.scheme, self.keys, "" if self.keys else search_key(self.name))


def subjects_of(dataset: str, document: Document, mapping: Mapping) -> tuple[Subject, ...]:
    """What this document speaks of under this mapping, by key. Raises FileRefused when its table cannot be found."""
    register = mapping.purpose == "register"
    return tuple(_subject(dataset, record, register) for record in records_of(document, mapping))


def _subject(dataset: str, record: UnitRecord, register: bool) -> Subject:
    main, marked = named((name.text, name.first_year, name.last_year) for name in record.names)
    others, _marked = named((name.text, name.first_year, name.last_year) for name in record.other_names)
    known = {name.key for name in main}
    said = record.attributes
    return Subject(
        dataset=dataset,
        scheme=record.scheme,
        keys=record.keys,
        years=record.years,
        names=(*main, *(name for name in others if name.key not in known)),
        numbers=tuple((scheme, value) for scheme, values in sorted(record.numbers.items()) for value in values),
        place=Place(said.get("city", ""), said.get("academie", ""), said.get("region", "")),
        wider=said.get("nature") == "wider",
        marked_component=marked,
        register=register,
        cells=record.cells,
    )


def named(texts: Iterable[tuple[str, int, int]]) -> tuple[tuple[Name, ...], bool]:
    """These names (text, first and last year), the latest first and each once, and whether one bore the asterisk.

    Two spellings of one name are one, from the first year of either to the last.
    """
    found: dict[str, Name] = {}
    marked = False
    for text, first, last in sorted(texts, key=lambda each: (-each[2], each[0])):
        plain = text.strip()
        marked = marked or plain.endswith("*")
        plain = plain.rstrip("* \u00a0")
        key = search_key(plain)
        if not key:
            continue
        same = found.get(key)
        if same:
            found[key] = Name(same.text, min(first, same.first_year), max(last, same.last_year))
        else:
            found[key] = Name(plain, first, last)
    return tuple(found.values()), marked
