"""The figures of one school and year: numbers, or the marks of their absence."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from editorial.demo.generator.calibration import answers_all, tilt
from editorial.demo.generator.chance import normal, per_mille
from editorial.demo.generator.measures import Measure, measures
from editorial.demo.generator.qualities import qualities
from editorial.demo.generator.roster import School

type Figure = Decimal | str
# The marks of the files, as the mappings read them.
MISSING, NOT_COMMUNICATED, NOT_APPLICABLE, SECRET = "", "nd", "so", "ns"
_ORIGIN = 2020
# How many cells in a thousand are empty, and how many are not given.
_EMPTY, _NOT_GIVEN = 7, 11
_NEVER_ABSENT = {"eleves", "femmes", "hommes", "label_dds"}
_TOLD_AT_LEAST = {*_NEVER_ABSENT, "frais_scolarite", "duree_stages"}
_FOR_APPRENTICES = {"sejour_etranger": NOT_APPLICABLE, "frais_scolarite": NOT_APPLICABLE}
# Students of the engineering cycle, and the women among them in thousandths, at −3 to +3 standard deviations.
_STUDENTS = (110, 190, 320, 540, 900, 1450, 2300)
_WOMEN = (90, 140, 190, 262, 350, 470, 620)
_WOMEN_BY_KIND = {"A": 1500, "C": 1000, "P": 200, "V": -400, "S": 100, "T": -500, "G": -200}


@cache
def figures(school: School, year: int) -> Mapping[str, Figure]:
    """Code → the figure of the year, for all that was collected then."""
    people = _people(school, year)
    found: dict[str, Figure] = {}
    for measure in measures():
        if measure.until is not None and year > measure.until:
            continue
        found[measure.code] = _figure(measure, school, year, people)
    return found


def _figure(measure: Measure, school: School, year: int, people: Mapping[str, int]) -> Figure:
    if school.apprentices_only and measure.code in _FOR_APPRENTICES:
        return _FOR_APPRENTICES[measure.code]
    if school.apprentices_only and measure.code == "part_alternants":
        return Decimal(100)
    if school.is_nearly_silent_in(year + 1) and measure.code not in _TOLD_AT_LEAST:
        return NOT_COMMUNICATED
    if measure.code not in _NEVER_ABSENT and not answers_all(school.name):
        drawn = per_mille(school.name, measure.code, year, "absence")
        if drawn < _EMPTY + _NOT_GIVEN:
            return MISSING if drawn < _EMPTY else NOT_COMMUNICATED
    if not measure.is_drawn:
        return Decimal(people[measure.code])
    units = _units(measure, school, _deviation(measure, school, year) + tilt(school.name, measure.code, year))
    if units < measure.secret_under:
        return SECRET
    return Decimal(units).scaleb(-measure.decimals)


def _deviation(measure: Measure, school: School, year: int) -> int:
    """How far from the middle of its law a figure is, in thousandths of a standard deviation."""
    held = qualities(school, year)
    own = normal(school.name, measure.code) * measure.loads.get("own", 0)
    of_the_year = normal(school.name, measure.code, year) * measure.loads.get("year", 0)
    shared = sum(load * held[name] for name, load in measure.loads.items() if name in held)
    return (shared + own + of_the_year) // 1000 + measure.drift * (year - _ORIGIN)


def _units(measure: Measure, school: School, deviation: int) -> int:
    if measure.steps:
        return next(figure for start, figure in reversed(measure.steps) if deviation >= start)
    knots = measure.private_knots if school.is_private else measure.knots
    return min(between(knots, deviation) // measure.grain * measure.grain, measure.maximum)


def between(knots: tuple[int, ...], deviation: int) -> int:
    """The figure at a deviation, straight between the knots at −3000, −2000 … 3000 and flat beyond.

    >>> between((0, 10, 20, 30, 40, 50, 60), 500), between((0, 10, 20, 30, 40, 50, 60), 9999)
    (35, 60)
    """
    place = min(max(deviation, -3000), 3000) + 3000
    knot, rest = divmod(place, 1000)
    following = knots[min(knot + 1, len(knots) - 1)]
    return knots[knot] + (following - knots[knot]) * rest // 1000


def _people(school: School, year: int) -> Mapping[str, int]:
    """Students, of whom women and men: counts that agree with each other."""
    size = qualities(school, year)["size"]
    own = normal(school.name, "eleves") * 500 // 1000
    students = between(_STUDENTS, size * 700 // 1000 + own + 30 * (year - _ORIGIN))
    deviation = _WOMEN_BY_KIND.get(school.kind, 0) + normal(school.name, "femmes") * 700 // 1000
    deviation += normal(school.name, "femmes", year) * 80 // 1000 + 40 * (year - _ORIGIN)
    share = between(_WOMEN, deviation + tilt(school.name, "femmes", year))
    women = students * share // 1000
    return {"eleves": students, "femmes": women, "hommes": students - women}
