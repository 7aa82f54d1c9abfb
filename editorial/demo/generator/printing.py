"""The editions before the first computed one: only the places that were printed are left of them."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from editorial.demo.generator.figures import MISSING, NOT_APPLICABLE, NOT_COMMUNICATED, SECRET, Figure, figures
from editorial.demo.generator.roster import School, roster
from rankings.engine import Absence, Dataset, parse_method, rank
from rankings.engine.dataset import Value

_ABSENCES = {
    MISSING: Absence.MISSING,
    NOT_COMMUNICATED: Absence.NOT_COMMUNICATED,
    NOT_APPLICABLE: Absence.NOT_APPLICABLE,
    SECRET: Absence.SECRET,
}
METHODS = Path(parse_method.__code__.co_filename).resolve().parents[1] / "methods"


@dataclass(frozen=True)
class Place:
    """A school's place as printed."""

    rank: int
    tied: bool
    school: School
    points: int


def print_of(edition: int) -> list[Place]:
    """The places of an edition, the first one first; equals in the order of their names."""
    schools = {school.name: school for school in roster() if school.ranked_in(edition)}
    method = parse_method((METHODS / "demonstration_2021.toml").read_text(encoding="utf-8"))
    values = {
        code: {name: _value(figures(school, edition - 1)[code]) for name, school in schools.items()}
        for code in method.indicators
    }
    rows = rank(Dataset(tuple(sorted(schools)), values), method).rows
    places = [
        Place(row.rank, row.tied, schools[row.unit], int(row.score))
        for row in rows
        if row.rank is not None and row.score is not None
    ]
    return sorted(places, key=lambda place: (place.rank, place.school.name))


def _value(figure: Figure) -> Value:
    return figure if isinstance(figure, Decimal) else _ABSENCES[figure]
