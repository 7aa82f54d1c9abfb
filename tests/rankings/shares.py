"""An edition whose criteria divide: women among women and men, applications for each place, one plain indicator."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from editorial.actions import editions
from editorial.actions.set_aside import set_aside
from editorial.actions.values import Seen
from rankings.models import Edition, Release
from schools.models import Indicator, Unit, ValueRevision
from tests import factories as make
from tests.people import cast

SLUG = "ecoles-en-parts"
# Of each school: women, men, applications, places, in work. The fourth has no student; a dot is a missing figure.
FIGURES = (
    ("45", "75", "1200", "120", "90.0"),
    ("45", "76", "1000", "300", "80.0"),
    ("30", "90", "900", "300", "85.0"),
    ("0", "0", "100", "50", "75.0"),
    ("20", ".", "100", "50", "70.0"),
)
CODES = ("femmes", "hommes", "candidats", "places", "emploi")
_LABELS = {
    "femmes": ("Femmes", "Women"),
    "hommes": ("Hommes", "Men"),
    "candidats": ("Candidatures", "Applications"),
    "places": ("Places", "Places"),
}
METHOD = """format = 1
title = { fr = "Méthode des parts", en = "Method of shares" }
aggregate = "mean"
points = 10
rounding = { score = { digits = 1, mode = "half_up" }, ranks_on = "rounded" }
missing = { missing = "leave_out", not_communicated = "zero", not_applicable = "leave_out", secret = "leave_out" }
[[node]]
key = "mixite"
title = { fr = "Mixité", en = "Gender balance" }
weight = 1
[[node.node]]
key = "parite"
title = { fr = "Femmes parmi les élèves", en = "Women among students" }
weight = 1
indicator = "femmes"
denominator = ["femmes", "hommes"]
multiply = 100
ratio_digits = 1
unit = "percentage"
scale = { kind = "minmax", better = "higher" }
[[node.node]]
key = "pression"
title = { fr = "Candidatures par place", en = "Applications per place" }
weight = 1
indicator = "candidats"
denominator = "places"
scale = { kind = "minmax", better = "higher", low = 0, high = 10 }
[[node]]
key = "emploi"
title = { fr = "Emploi", en = "Work" }
weight = 1
indicator = "emploi"
scale = { kind = "minmax", better = "higher", low = 0, high = 100 }
"""


def indicator(code: str) -> Indicator:
    """One of the five; a count, but for the plain one."""
    known = Indicator.objects.filter(code=code).first()
    if known or code not in _LABELS:
        return known or make.indicator(code)
    french, english = _LABELS[code]
    bounds = {"minimum": Decimal(0), "maximum": None}
    return make.indicator(code, label_fr=french, label_en=english, measure="count", decimals=0, **bounds)


def value(of: Unit, code: str, figure: str, *, year: int = make.YEAR, **said: Any) -> None:
    """A value in force; a dot is a missing one. Each has a cell of its own: « femmes 2025 »."""
    indicator(code)
    cells = [("Effectifs", f"{CODES.index(code) + 2}{year}", code.capitalize(), figure)]
    said = {"cells": cells, "year": year} | said
    make.approved_value(None if figure == "." else figure, of=of, indicator_code=code, **said)


def edition(rows: Sequence[Sequence[str]] = FIGURES, schools: Sequence[Unit] = ()) -> Edition:
    """The edition of these schools, the usual ones unless said, every figure verified; an empty one is not entered."""
    people, schools = cast(), schools or make.units(len(rows))
    for school, figures in zip(schools, rows, strict=True):
        for code, figure in zip(CODES, figures, strict=True):
            if figure:
                value(school, code, figure)
    made = editions.open_edition(by=people.hugo, at=make.START, ranking=make.ranking(SLUG), year=2026, texts=make.TEXTS)
    said = {"by": people.hugo, "at": make.START, "edition": made}
    filed = editions.file_method(by=people.hugo, at=make.START, ranking=made.ranking, text=METHOD)
    editions.choose_method(**said, seen_version=made.version, method=filed)
    years = dict.fromkeys(filed.indicators.all(), make.YEAR)
    editions.set_columns(**said, seen_version=made.version, years=years)
    editions.set_perimeter(**said, seen_version=made.version, units=schools)
    made.refresh_from_db()
    return made


REASONS = {"reason_fr": "Deux sources se contredisent.", "reason_en": "Two sources contradict each other."}


def columns(of: Edition, **said: dict[str, int]) -> None:
    """Say the columns again, with more; `carry_over={"femmes": 2}` is about the indicator of that code."""
    by_code = {column.indicator.code: column.indicator for column in of.columns.select_related("indicator")}
    more: dict[str, Any] = {name: {by_code[code]: n for code, n in given.items()} for name, given in said.items()}
    years = dict.fromkeys(by_code.values(), make.YEAR)
    editions.set_columns(by=cast().hugo, at=make.START, edition=of, seen_version=of.version, years=years, **more)


def aside(of: Edition, waiting: ValueRevision) -> None:
    """Set a waiting value aside."""
    seen = [Seen(waiting, waiting.version)]
    set_aside(by=cast().hugo, at=make.START, edition=of, seen=seen, **REASONS)


def with_years(schools: Sequence[Unit] = (), **said: Any) -> Release:
    """A published release in which the first school has years before, a carried figure, and one that waits.

    Its share is known in 2020, 2022, 2023 and now, half known in 2021; in work, in 2024 and now; the places of now are
    those of 2024, for the value of now waits.
    """
    made = edition([("45", "75", "1200", "", "90.0"), *FIGURES[1:]], schools)
    school = schools[0] if schools else make.units(1)[0]
    for year, women, men in ((2020, "10", "30"), (2021, "20", "."), (2022, "30", "60"), (2023, "40", "60")):
        value(school, "femmes", women, year=year)
        value(school, "hommes", men, year=year)
    value(school, "emploi", "88.5", year=2024)
    value(school, "places", "120", year=2024)
    columns(made, context_from=dict.fromkeys(("femmes", "hommes", "emploi"), 2020), carry_over={"places": 2})
    aside(made, make.entered_value("125", of=school, indicator_code="places"))
    return make.published_release(made, **said)
