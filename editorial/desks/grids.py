"""The grids: all that is known of one school, or of one indicator, over the years, and what is missing."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from editorial.desks.cases import SPAN, Case, Cases, Focus, cases_of
from editorial.desks.pages import desk_page, opened_by, person
from rankings.coverage import Coverage
from rankings.models import Edition, EditionUnit
from schools.models import Indicator, Unit


@dataclass(frozen=True)
class Row:
    """One line of a grid: what it is of, the case looked at, and those of the years before, the latest first."""

    unit: Unit
    indicator: Indicator
    case: Case
    before: tuple[Case, ...]
    in_edition: bool = True

    @property
    def change(self) -> Decimal | None:
        """What the figure in force gained since the year before; None when one of the two is not there."""
        now, then = self.case.figure, self.before[0].figure
        return None if now is None or then is None else now - then


def _row(cases: Cases, unit: Unit, indicator: Indicator, year: int, *, in_edition: bool = True) -> Row:
    found = [cases.get((unit.pk, indicator.code, past)) or Case(past) for past in range(year, year - SPAN, -1)]
    return Row(unit, indicator, found[0], tuple(found[1:]), in_edition)


@dataclass(frozen=True)
class Sort:
    """One kind of row that a grid can show alone: its words, and which rows it keeps."""

    label: str | Promise
    keeps: Callable[[Row], bool]


SORTS = {
    "": Sort(_("en tout"), lambda _row: True),
    "vides": Sort(_("sans rien"), lambda row: row.case.is_empty),
    "attente": Sort(_("en attente"), lambda row: bool(row.case.waiting)),
    "anomalies": Sort(_("avec une anomalie"), lambda row: bool(row.case.anomalies)),
    "absences": Sort(_("absence déclarée"), lambda row: row.case.told),
    "vues": Sort(_("en vigueur"), lambda row: row.case.figure is not None),
}


def _narrowed(request: HttpRequest, rows: list[Row]) -> dict[str, Any]:
    """The rows that `voir` keeps, and how many each word would; nonsense keeps all."""
    asked = request.GET.get("voir", "")
    asked = asked if asked in SORTS else ""
    counts = []
    for word, sort in SORTS.items():
        query = request.GET.copy()
        query["voir"] = word
        n = sum(sort.keeps(row) for row in rows)
        counts.append({"n": n, "label": sort.label, "url": f"?{query.urlencode()}", "current": word == asked})
    return {"counts": counts, "rows": [row for row in rows if SORTS[asked].keeps(row)], "voir": asked}


def _heads(year: int | None) -> list[str | Promise]:
    """What heads the columns of the years: the years themselves, or how far back when the rows differ."""
    if year is None:
        return [_("année lue"), _("un an avant"), _("deux ans avant"), _("trois ans avant"), _("quatre ans avant")]
    return [str(past) for past in range(year, year - SPAN, -1)]


def _shared(request: HttpRequest, focus: Focus) -> dict[str, Any]:
    """What both grids say around their table. One query."""
    return {
        "focus": focus,
        "editions": Edition.objects.select_related("ranking").order_by("ranking", "-year"),
        "may_enter": person(request).has_perm("schools.enter_value"),
    }


@opened_by("schools.view_valuerevision")
def grid(request: HttpRequest) -> HttpResponse:
    """How full an edition is, indicator by indicator and school by school; each line leads to its grid."""
    focus = Focus.of(request)
    context = _shared(request, focus) | {"coverage": Coverage(focus.edition) if focus.edition else None}
    return desk_page(request, "desk/grid.html", context, desk="grid")


@opened_by("schools.view_valuerevision")
def grid_unit(request: HttpRequest, slug: str) -> HttpResponse:
    """One school: every indicator, in the year the edition reads it, with the years before."""
    unit, focus = get_object_or_404(Unit, slug=slug), Focus.of(request)
    cases = cases_of(unit=unit.pk, years=focus.span)
    latest = {indicator.code: indicator for indicator in Indicator.objects.order_by("code", "version")}
    rows = [_row(cases, unit, one, focus.year_of(code), in_edition=code in focus.years) for code, one in latest.items()]
    rows.sort(key=lambda row: not row.in_edition)
    context = _shared(request, focus) | _narrowed(request, rows) | {"unit": unit, "heads": _heads(focus.same_year)}
    return desk_page(request, "desk/grid_unit.html", context, desk="grid")


# How the schools of an indicator may be put in order, by the word of the address. What has no figure comes last.
ORDERS: dict[str, tuple[str | Promise, Callable[[Row], Any]]] = {
    "nom": (_("École"), lambda row: row.unit.search_key),
    "valeur": (_("Valeur"), lambda row: (row.case.figure is None, -(row.case.figure or Decimal(0)))),
    "ecart": (_("Sur un an"), lambda row: (row.change is None, -abs(row.change or Decimal(0)))),
}


@opened_by("schools.view_valuerevision")
def grid_indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: every school of the edition, or every school, in the year it is read, with the years before."""
    indicator, focus = Indicator.objects.filter(code=code).order_by("-version").first(), Focus.of(request)
    if indicator is None:
        raise Http404
    year = focus.year_of(code)
    cases = cases_of(code=code, years=range(year - SPAN + 1, year + 1))
    rows = [_row(cases, unit, indicator, year) for unit in _units_of(focus)]
    order = request.GET.get("tri", "")
    order = order if order in ORDERS else "nom"
    figures = [row.case.figure for row in rows if row.case.figure is not None]
    context = {
        "indicator": indicator,
        "year": year,
        "heads": _heads(year),
        "figures": figures,
        "median": median(figures) if figures else None,
        "orders": _orders(request, order),
        **_shared(request, focus),
        **_narrowed(request, sorted(rows, key=ORDERS[order][1])),
    }
    return desk_page(request, "desk/grid_indicator.html", context, desk="grid")


def _units_of(focus: Focus) -> list[Unit]:
    """The schools of the edition; all of them when one year is looked at, or no edition has any."""
    if focus.edition and not focus.year:
        included = EditionUnit.objects.filter(edition=focus.edition, status=EditionUnit.Status.INCLUDED)
        units = list(Unit.objects.filter(pk__in=included.values("unit")))
        if units:
            return units
    return list(Unit.objects.all())


def _orders(request: HttpRequest, current: str) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for word, (label, _key) in ORDERS.items():
        query = request.GET.copy()
        query["tri"] = word
        found[word] = {"label": label, "url": f"?{query.urlencode()}", "current": word == current}
    return found
