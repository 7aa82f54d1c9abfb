"""An edition of four families out of 20: one criterion is itself a mean of four, rounded, and a label gives a bonus."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from editorial.actions import editions, values
from rankings.models import Edition, Release
from schools.models import Indicator, Unit
from tests import factories as make
from tests.people import cast

# code, French, English, measure, decimals
INDICATORS = (
    ("publications", "Publications par enseignant", "Publications per teacher", "ratio", 1),
    ("doctorants", "Poursuite en doctorat", "Going on to a doctorate", "percentage", 1),
    ("salaire", "Salaire à la sortie", "Starting salary", "euros", 0),
    ("emploi", "Emploi à six mois", "In work after six months", "percentage", 1),
    ("mobilite", "Mobilité à l’étranger", "Time spent abroad", "months", 1),
    ("etrangers", "Étudiants étrangers", "Students from abroad", "percentage", 1),
    ("frais", "Frais de scolarité", "Tuition", "euros", 0),
    ("alternants", "Alternants", "Apprentices", "percentage", 1),
    ("boursiers", "Boursiers", "Grant holders", "percentage", 1),
    ("parite", "Parité", "Gender parity", "percentage", 1),
    ("engagement", "Valorisation de l’engagement", "Credit for student commitment", "mark", 0),
    ("label", "Label DD&RS", "DD&RS label", "boolean", 0),
)
# Of each school, in the order of INDICATORS; a dot is a missing figure. The first two differ by the label alone.
FIGURES = (
    ("3.2", "12.0", "45000", "95.0", "9.0", "22.0", "600", "18.0", "32.0", "38.0", "3", "1"),
    ("3.2", "12.0", "45000", "95.0", "9.0", "22.0", "600", "18.0", "32.0", "38.0", "3", "0"),
    ("4.1", "21.5", "52000", "97.0", "6.0", "30.0", "2650", "4.0", "21.0", "24.0", "2", "1"),
    ("1.4", "6.0", "39500", "91.0", "5.0", "11.0", "601", "35.0", "41.0", "30.5", "4", "."),
    ("2.2", "9.0", "41000", "88.5", "7.0", "17.5", "9200", "12.0", "19.0", "44.0", "1", "0"),
    ("1.1", "3.5", "38000", "84.0", "4.0", "8.0", "601", "22.0", ".", "21.0", "0", "0"),
)
_TENTHS = 'scale = { kind = "minmax", better = "higher", low = 0, high = %s }'
_STEPS = 'scale = { kind = "thresholds", better = "higher", from = [1, 2, 3, 4], points = [0, 2, 5, 8, 10] }'
_HEAD = """format = 1
title = { fr = "Méthode des familles", en = "Method of the families" }
aggregate = "sum"
points = 10
minimum_coverage = 0.5
missing = { missing = "leave_out", not_communicated = "zero", not_applicable = "leave_out", secret = "unranked" }
[rounding]
points = { digits = 0, mode = "half_up" }
score = { digits = 0, mode = "half_up" }
ranks_on = "rounded"
"""
_BONUS = """[[node]]
key = "label"
title = { fr = "Label DD&RS", en = "DD&RS label" }
bonus = true
points = 1
indicator = "label"
scale = { kind = "thresholds", better = "higher", from = [1], points = [0, 1] }
"""


def _node(level: int, key: str, french: str, english: str, *lines: str) -> str:
    place = ".".join(["node"] * level)
    title = f'title = {{ fr = "{french}", en = "{english}" }}'
    return "\n".join([f"[[{place}]]", f'key = "{key}"', title, "weight = 1", *lines]) + "\n"


def _leaf(level: int, code: str, scale: str) -> str:
    _code, french, english, *_rest = next(row for row in INDICATORS if row[0] == code)
    return _node(level, f"c-{code}", french, english, f'indicator = "{code}"', scale)


def method(*, bonus: bool = True) -> str:
    """Eight criteria out of 10 in four families: a total out of 80, and one point more with the bonus."""
    index = ('aggregate = "mean"', 'rounding = { digits = 0, mode = "half_up" }')
    fees = 'scale = { kind = "minmax", better = "lower", low = 600, high = 10000 }'
    return (
        _HEAD
        + _node(1, "academique", "Excellence académique", "Academic excellence")
        + _leaf(2, "publications", _TENTHS % 5)
        + _leaf(2, "doctorants", _TENTHS % 25)
        + _node(1, "entreprises", "Proximité avec les entreprises", "Closeness to companies")
        + _leaf(2, "salaire", 'scale = { kind = "minmax", better = "higher" }')
        + _leaf(2, "emploi", 'scale = { kind = "minmax", better = "higher", low = 70, high = 100 }')
        + _node(1, "international", "Ouverture internationale", "International openness")
        + _leaf(2, "mobilite", _TENTHS % 12)
        + _leaf(2, "etrangers", _TENTHS % 35)
        + _node(1, "diversite", "Diversité des étudiants", "Student diversity")
        + _node(2, "indice", "Indice de diversité", "Diversity index", *index)
        + _leaf(3, "frais", fees)
        + _leaf(3, "alternants", _TENTHS % 40)
        + _leaf(3, "boursiers", _TENTHS % 50)
        + _leaf(3, "parite", _TENTHS % 50)
        + _leaf(2, "engagement", _STEPS)
        + (_BONUS if bonus else "")
    )


def _indicator(code: str, french: str, english: str, measure: str, decimals: int) -> Indicator:
    percentage = measure == "percentage"
    bounds = {"minimum": Decimal(0) if percentage else None, "maximum": Decimal(100) if percentage else None}
    said = {"label_fr": french, "label_en": english, "measure": measure, "decimals": decimals, **bounds}
    known = Indicator.objects.filter(code=code).first()
    return known or make.indicator(code, **said)


def edition(schools: Sequence[Unit] = (), *, slug: str = "ecoles-ingenieurs", bonus: bool = True) -> Edition:
    """The edition of six schools, the usual ones unless said, every figure verified."""
    people, schools = cast(), schools or make.units(len(FIGURES))
    columns = [_indicator(*row) for row in INDICATORS]
    waiting = [
        make.entered_value(None if figure == "." else figure, of=school, indicator_code=column.code)
        for school, figures in zip(schools, FIGURES, strict=True)
        for column, figure in zip(columns, figures, strict=True)
    ]
    seen = [values.Seen(revision, revision.version) for revision in waiting]
    values.approve_values(by=people.lise, at=make.START, seen=seen)
    made = editions.open_edition(by=people.hugo, at=make.START, ranking=make.ranking(slug), year=2026, texts=make.TEXTS)
    said = {"by": people.hugo, "at": make.START, "edition": made}
    filed = editions.file_method(by=people.hugo, at=make.START, ranking=made.ranking, text=method(bonus=bonus))
    editions.choose_method(**said, seen_version=made.version, method=filed)
    years = dict.fromkeys(filed.indicators.all(), make.YEAR)
    editions.set_columns(**said, seen_version=made.version, years=years)
    editions.set_perimeter(**said, seen_version=made.version, units=schools)
    made.refresh_from_db()
    return made


def published(schools: Sequence[Unit] = (), *, slug: str = "ecoles-ingenieurs", **said: Any) -> Release:
    """The same, published a month ago."""
    return make.published_release(edition(schools, slug=slug), **said)
