"""An edition whose criteria divide: women among women and men, applications for each place, one plain indicator."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from editorial.actions import editions
from rankings.models import Edition
from schools.models import Indicator, Unit
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


def edition(rows: Iterable[Iterable[str]] = FIGURES, *, method: str = METHOD, **columns: Any) -> Edition:
    """The edition, every figure verified. An empty figure is not entered; `columns`: what `set_columns` takes."""
    people, schools = cast(), make.units(len(list(rows)))
    for school, figures in zip(schools, rows, strict=True):
        for code, figure in zip(CODES, figures, strict=True):
            if figure:
                value(school, code, figure)
    made = editions.open_edition(by=people.hugo, at=make.START, ranking=make.ranking(SLUG), year=2026, texts=make.TEXTS)
    said = {"by": people.hugo, "at": make.START, "edition": made}
    filed = editions.file_method(by=people.hugo, at=make.START, ranking=made.ranking, text=method)
    editions.choose_method(**said, seen_version=made.version, method=filed)
    years = dict.fromkeys(filed.indicators.all(), make.YEAR)
    editions.set_columns(**said, seen_version=made.version, years=years, **columns)
    editions.set_perimeter(**said, seen_version=made.version, units=schools)
    made.refresh_from_db()
    return made
