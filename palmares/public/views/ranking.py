"""The table of a ranking, of its current version or of an older one."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from palmares.public import shelf
from palmares.public.board import Board, score_out_of
from palmares.public.clock import now
from palmares.public.context import page_context
from palmares.public.filters import DEFAULT_PER_PAGE, PER_PAGE, UnitFilter, orders_of
from palmares.public.freshness import Page, public_page
from palmares.public.views.gone import gone
from rankings.models import Release, ReleaseNode, ReleaseUnit

# Beyond this, families have no column of their own and are read in the detail of each row.
MOST_COLUMNS = 6


@public_page
def ranking(request: HttpRequest, ranking: str, year: int) -> Page | HttpResponse:
    """The ranking in force, filtered and sorted by the query."""
    release = shelf.edition_or_gone(ranking, year, now(request))
    if isinstance(release, shelf.Gone):
        return gone(request, release)
    return Page([release.seal_digest], lambda: _table(request, release, current=release))


@public_page
def version(request: HttpRequest, ranking: str, year: int, number: int) -> Page | HttpResponse:
    """A version of a ranking as it was published; a version taken back says why."""
    at = now(request)
    release = shelf.versions(ranking, year, at).filter(number=number).first()
    if release is None:
        taken_back = shelf.withdrawals(ranking, year, at).filter(release__number=number).first()
        if taken_back is None:
            raise Http404
        return gone(request, shelf.Gone(taken_back))
    current = shelf.edition(ranking, year, at) or release
    return Page([release.seal_digest, current.seal_digest], lambda: _table(request, release, current=current))


def _table(request: HttpRequest, release: Release, *, current: Release) -> HttpResponse:
    board = Board(release)
    filters = UnitFilter(board, request.GET)
    kept = filters.kept(board)
    ranked = [unit for unit in kept if unit.rank is not None]
    page = _slice(request.GET, ranked)
    columns = _columns(request.GET, board)
    sorted_by = _sorted_by(filters, board, columns)
    context = page_context(
        request,
        release,
        nav="ranking",
        canonical=reverse("public:ranking", args=[release.ranking_slug, release.year]),
        current=current,
        out_of=score_out_of(release),
        board=board,
        columns=columns,
        sorted_by=sorted_by,
        sorted_median=board.median_values[sorted_by.pk] if sorted_by else "",
        lines=board.lines(page.object_list, sorted_by),
        page=page,
        unranked=[unit for unit in kept if unit.rank is None],
        kept_count=len(kept),
        ranked_count=len(ranked),
        total=len(board.units),
        **_controls(request.GET, filters, board),
    )
    return render(request, "public/ranking.html", context)


def _columns(query: QueryDict, board: Board) -> list[dict[str, object]]:
    """The families that have a column of their own, each with the address that sorts by it; none of too many."""
    families = board.families if len(board.families) <= MOST_COLUMNS else []
    links = _order_links(query, board)
    return [{"node": family, "url": links[family.key]} for family in families]


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


def _controls(query: QueryDict, filters: UnitFilter, board: Board) -> dict[str, Any]:
    """The form, the filters in force as links that remove themselves, and the sizes of a page."""
    chosen = set(query.getlist("sector"))
    return {
        "filters": filters,
        "order": filters.order_key,
        "chosen_sectors": chosen,
        "chips": _chips(query, filters),
        "kept_query": _without(query, "page"),
        "per": _per(query),
        "sizes": [(size, _without(query, "page", "per", add=("per", size))) for size in PER_PAGE],
        "order_links": _order_links(query, board),
    }


def _chips(query: QueryDict, filters: UnitFilter) -> list[dict[str, str]]:
    valid = filters.valid
    chips = []
    for name in ("q", "region", "academie"):
        if valid.get(name):
            label = _("« %(words)s »") % {"words": valid[name]} if name == "q" else str(valid[name])
            chips.append({"label": label, "url": _address(_without(query, "page", name))})
    labels = {option.value: capfirst(option.label) for option in filters.options["sector"]}
    for sector in valid.get("sector") or ():
        left = _without(query, "page", "sector")
        left.setlist("sector", [other for other in query.getlist("sector") if other != sector])
        chips.append({"label": labels[sector], "url": _address(left)})
    return chips


def _order_links(query: QueryDict, board: Board) -> dict[str, str]:
    """Order → the address of the same schools in that order."""
    found = {}
    for key, _label in orders_of(board.nodes):
        found[key] = _address(_without(query, "page", "order", add=("order", key)))
    return found


def _without(query: QueryDict, *names: str, add: tuple[str, str] | None = None) -> QueryDict:
    """A query that can be changed, without these fields nor any empty one."""
    left = query.copy()
    for name in {*names, *(name for name in query if not any(query.getlist(name)))}:
        left.pop(name, None)
    if add:
        left[add[0]] = add[1]
    return left


def _address(query: QueryDict) -> str:
    return f"?{query.urlencode()}" if query else "?"
