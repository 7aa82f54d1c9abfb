"""The table of a ranking, of its current version or of an older one."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from palmares.public import shelf
from palmares.public.board import Board, Line, bonus_out_of, points_out_of
from palmares.public.clock import now
from palmares.public.context import page_context
from palmares.public.editions import Editions
from palmares.public.filters import DEFAULT_PER_PAGE, PER_PAGE, UnitFilter
from palmares.public.freshness import Page, public_page
from palmares.public.method_words import bonus_words
from palmares.public.narrowing import address, chips_of, order_groups, order_links, without
from palmares.public.views.gone import gone
from rankings.models import Release, ReleaseNode, ReleaseUnit
from rankings.moves import Move, Moves

# Beyond this, families have no column of their own and are read in the detail of each row.
MOST_COLUMNS = 6


@public_page
def ranking(request: HttpRequest, ranking: str, year: int) -> Page | HttpResponse:
    """The ranking in force, filtered and sorted by the query."""
    at = now(request)
    release = shelf.edition_or_gone(ranking, year, at)
    if isinstance(release, shelf.Gone):
        return gone(request, release)
    earlier = shelf.earlier(release, at)
    seen = [release.seal_digest, earlier.seal_digest if earlier else ""]
    return Page(seen, lambda: _table(request, release, current=release, earlier=earlier))


@public_page
def version(request: HttpRequest, ranking: str, year: int, number: int) -> Page | HttpResponse:
    """A version of a ranking as it was published; a version taken back says why."""
    at = now(request)
    release = shelf.version_or_gone(ranking, year, number, at)
    if isinstance(release, shelf.Gone):
        return gone(request, release)
    current = shelf.edition(ranking, year, at) or release
    earlier = shelf.earlier(release, at)
    seen = [release.seal_digest, current.seal_digest, earlier.seal_digest if earlier else ""]
    return Page(seen, lambda: _table(request, release, current=current, earlier=earlier))


def _table(request: HttpRequest, release: Release, *, current: Release, earlier: Release | None) -> HttpResponse:
    board = Board(release)
    filters = UnitFilter(board, request.GET)
    kept = filters.kept
    ranked = [unit for unit in kept if unit.rank is not None]
    page = _slice(request.GET, ranked)
    columns = _columns(request.GET, board)
    sorted_by = _sorted_by(filters, board, columns)
    has_points = any(unit.score for unit in board.units)
    context = page_context(
        request,
        release,
        nav="ranking",
        canonical=reverse("public:ranking", args=[release.ranking_slug, release.year]),
        current=current,
        out_of=points_out_of(release),
        bonus=bonus_words(bonus_out_of(release)),
        board=board,
        columns=columns,
        sorted_by=sorted_by,
        sorted_median=board.median_values[sorted_by.pk] if sorted_by else "",
        lines=_moved(board.lines(page.object_list, sorted_by), Moves(release, earlier) if earlier else None),
        earlier=earlier,
        new_rules=bool(Editions([earlier, release]).changes) if earlier else False,
        has_points=has_points,
        unknown_count=max(release.ranked_count - len(board.units), 0) if release.archival else 0,
        # The columns of a row beside those of the families and the rank.
        span=2 + bool(sorted_by) + bool(earlier) + (has_points or not release.archival),
        page=page,
        unranked=[unit for unit in kept if unit.rank is None],
        kept_count=len(kept),
        ranked_count=len(ranked),
        total=len(board.units),
        **_controls(request.GET, filters),
    )
    return render(request, "public/ranking.html", context)


def _moved(lines: Iterable[Line], moves: Moves | None) -> list[tuple[Line, Move | None, str]]:
    """Each line with its move since the edition before, or else why it has none, in words."""
    if moves is None:
        return [(line, None, "") for line in lines]
    return [(line, moves.all.get(line.unit.slug), moves.said_of(line.unit)) for line in lines]


def _columns(query: QueryDict, board: Board) -> list[dict[str, object]]:
    """The families that have a column of their own, each with the address that sorts by it; none of too many."""
    families = board.families if len(board.families) <= MOST_COLUMNS else []
    links = order_links(query, board)
    return [{"node": family, "url": links.get(family.key, "")} for family in families]


def _sorted_by(filters: UnitFilter, board: Board, columns: Iterable[dict[str, object]]) -> ReleaseNode | None:
    """The node the table is sorted by, when none of its columns shows it."""
    shown = [column["node"] for column in columns]
    return next((node for node in board.nodes if node.key == filters.order_key and node not in shown), None)


def _slice(query: QueryDict, ranked: Sequence[ReleaseUnit]) -> Slice[ReleaseUnit]:
    """The page asked for; the nearest one when there is no such page."""
    size = PER_PAGE[_per(query)] or max(len(ranked), 1)
    return Paginator(ranked, size).get_page(query.get("page", "1")[:6])


def _per(query: QueryDict) -> str:
    asked = query.get("per", DEFAULT_PER_PAGE)
    return asked if asked in PER_PAGE else DEFAULT_PER_PAGE


def _controls(query: QueryDict, filters: UnitFilter) -> dict[str, Any]:
    """The form, the filters in force as links that remove themselves, and the sizes of a page."""
    return {
        "filters": filters,
        "order": filters.order_key,
        "order_groups": order_groups(filters.board),
        "chips": chips_of(query, filters),
        "kept_query": without(query, "page"),
        "per": _per(query),
        "sizes": [(size, without(query, "page", "per", add=("per", size))) for size in PER_PAGE],
        "order_links": order_links(query, filters.board),
        "clear_url": address(_only(query, "order", "per")),
    }


def _only(query: QueryDict, *names: str) -> QueryDict:
    """What « clear everything » keeps: how the table is shown, and not which schools are in it."""
    return without(query, *(name for name in query if name not in names))
