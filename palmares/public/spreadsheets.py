"""The files of a release that a spreadsheet opens, and the rows they hold."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from palmares.public import wording
from palmares.public.board import Board
from rankings.models import Release, ReleaseNode, ReleaseSeries, ReleaseValue
from rankings.models.sourced import Sourced
from schools.csv_writing import Cell, csv_lines
from schools.typography import rank_words


def csv_response(rows: Iterable[Iterable[Cell]], file_name: str) -> HttpResponse:
    """An RFC 4180 file in UTF-8 with its mark, as a download that no browser renders."""
    return download("".join(csv_lines(rows)), file_name, "text/csv; charset=utf-8")


def download(text: str, file_name: str, content_type: str) -> HttpResponse:
    """A text as a file to keep."""
    response = HttpResponse(text, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def ranking_rows(board: Board) -> Iterator[list[Cell]]:
    """The table of a release: one row a school, the points at each node of the method, the value of each criterion.

    The first row is the head. A value that a licence keeps back is empty. An archive has the cells of each place.
    """
    yield [
        _("rang"), _("ex aequo"), _("rang en toutes lettres"), _("école"), _("identifiant"),
        _("identifiants officiels"), _("ville"), _("académie"), _("région"), _("statut"), _("entrée"),
        _("durée (années)"), _("score"), _("part connue (%)"), *(_points_head(node) for node in board.nodes),
        *(f"{node.title} ({_('valeur')})" for node in leaves_of(board)), _("raison de l’absence de rang"),
        *([_("cellules")] if board.release.archival else []),
    ]  # fmt: skip
    for unit in board.units:
        points = [board.got(unit, node).points for node in board.nodes]
        values = [board.got(unit, node).told for node in leaves_of(board)]
        yield [
            unit.rank, int(unit.tied), rank_words(unit.rank, unit.tied) if unit.rank else "", unit.name, unit.slug,
            " ".join(str(identifier) for identifier in unit.identifiers), unit.city, unit.academie, unit.region,
            wording.sector_words(unit.sector), wording.entry_words(unit.entry) if unit.entry else "",
            unit.duration_years, unit.score, unit.coverage_percent, *points, *values, unit.unranked,
            *(["; ".join(_cell(cell, told=True) for cell in unit.cells)] if board.release.archival else []),
        ]  # fmt: skip


def _points_head(node: ReleaseNode) -> str:
    said = _("bonus, sur") if node.bonus else _("sur")
    return f"{node.title} ({said} {node.out_of})"


def leaves_of(board: Board) -> list[ReleaseNode]:
    """The criteria of a release, in the order of the method."""
    return [node for node in board.nodes if node.indicator]


def value_rows(release: Release) -> Iterator[list[Cell]]:
    """Every value with its source, one row each; figures only where the licence lets them leave. Two queries."""
    yield _head(_("année de référence"))
    for value in values_of(release):
        yield _row(value, value.indicator.reference_year)


def series_rows(release: Release) -> Iterator[list[Cell]]:
    """Every value of the earlier years kept for the evolution, written as those of the edition. Two queries."""
    yield _head()
    rows = ReleaseSeries.objects.filter(unit__release=release).select_related("unit", "indicator")
    for row in rows.order_by("unit__position", "indicator__code", "year"):
        yield _row(row)


def has_series(release: Release) -> bool:
    """Whether the release keeps any earlier year. One query."""
    return ReleaseSeries.objects.filter(unit__release=release).exists()


def _head(*more: str) -> list[Cell]:
    return [
        _("école"), _("identifiant"), _("indicateur"), _("code"), _("définition, version"), _("année"), *more,
        _("valeur"), _("unité"), _("nature"), _("ce que la licence retient"), _("document"), _("producteur"),
        _("licence"), _("adresse"), _("fichier"), "sha256", _("cellules"), _("vérifiée le"),
        _("sens de la vérification"),
    ]  # fmt: skip


def _row(value: ReleaseValue | ReleaseSeries, *more: Cell) -> list[Cell]:
    indicator, may_leave = value.indicator, leaves(value)
    return [
        value.unit.name, value.unit.slug, indicator.label, indicator.code, indicator.definition_version, value.year,
        *more, value.figure if may_leave else "", indicator.measure, value.kind,
        wording.leaves_words(value.source_leaves), value.source_title, value.source_publisher, value.source_licence,
        value.source_url, value.source_file, value.source_sha256,
        "; ".join(_cell(cell, told=may_leave) for cell in value.cells), value.verified_at.date().isoformat(),
        value.verified_meaning,
    ]  # fmt: skip


def values_of(release: Release) -> QuerySet[ReleaseValue]:
    """Every value of a release with its school and indicator, in the order of the ranking. One query."""
    return (
        ReleaseValue.objects.filter(unit__release=release)
        .select_related("unit", "indicator")
        .order_by("unit__position", "indicator__code")
    )


def leaves(value: Sourced) -> bool:
    """Whether the licence of its source lets this figure leave in a file or through the API."""
    return value.source_leaves == "values" and not value.withheld


def _cell(cell: dict[str, str], *, told: bool) -> str:
    place = "!".join(part for part in (cell.get("sheet", ""), cell.get("cell", "")) if part)
    return f"{place} = {cell.get('text', '')}" if told else place


def may_leave_whole(release: Release) -> bool:
    """Whether the whole document may be handed over: no source of the release keeps a value back. Two queries."""
    tables = (ReleaseValue.objects, ReleaseSeries.objects)
    return not any(rows.filter(unit__release=release).exclude(source_leaves="values").exists() for rows in tables)
