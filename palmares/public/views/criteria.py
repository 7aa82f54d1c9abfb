"""The criteria of an edition: all of them, each family and criterion, each indicator."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from palmares.public import shelf
from palmares.public.board import Board
from palmares.public.clock import now
from palmares.public.composition import composition_words
from palmares.public.context import edition_crumbs, page_context
from palmares.public.criteria import Criteria, Criterion
from palmares.public.editions import Editions
from palmares.public.explanation import Explanation, sources_of
from palmares.public.former import History
from palmares.public.freshness import Page, public_page
from palmares.public.indicator import IndicatorSheet
from palmares.public.views.archives import to_ranking
from palmares.public.views.gone import gone
from palmares.public.views.ranking import MOST_COLUMNS
from rankings.engine import Branch
from rankings.models import Release


@public_page
def criteria(request: HttpRequest, ranking: str, year: int) -> Page | HttpResponse:
    """Every family and criterion, with the indicators given for information."""
    release = shelf.edition_or_gone(ranking, year, now(request))
    if isinstance(release, shelf.Gone):
        return gone(request, release)
    if release.archival:
        return to_ranking(release)

    def answer() -> HttpResponse:
        found = Criteria(Board(release))
        sheets = [IndicatorSheet(found.board, indicator) for indicator in found.for_information]
        context = page_context(
            request,
            release,
            nav="criteria",
            crumbs=edition_crumbs(release),
            groups=found.groups,
            information=sheets,
        )
        return render(request, "public/criteria.html", context)

    return Page([release.seal_digest], answer)


@public_page
def criterion(request: HttpRequest, ranking: str, year: int, key: str) -> Page | HttpResponse:
    """One family or criterion: what it is, what it counts for, what is known of it, every school in its order."""
    at = now(request)
    release = shelf.edition_or_gone(ranking, year, at)
    if isinstance(release, shelf.Gone):
        return gone(request, release)
    if not release.nodes.filter(key=key).exists():
        raise Http404
    editions = Editions.of(ranking, at)
    return Page([release.seal_digest, *editions.seen], lambda: _one(request, release, key, editions))


def _one(request: HttpRequest, release: Release, key: str, editions: Editions) -> HttpResponse:
    found = Criteria(Board(release))
    told = found.by_key[key]
    context = page_context(
        request,
        release,
        nav="criteria",
        crumbs=_crumbs(found, told),
        criterion=told,
        formers=History(release, key, editions).formers,
        **_rules(release, told),
        sources=sources_of(release, told.codes),
        columns=told.below if len(told.below) <= MOST_COLUMNS else [],
    )
    return render(request, "public/criterion.html", context)


def _rules(release: Release, told: Criterion) -> dict[str, Any]:
    """How a criterion marks its values; what a family makes of what it holds."""
    explanation, key = Explanation(release), told.node.key
    if told.is_leaf:
        return {"scale": explanation.criterion(key)}
    branches = (node for node in explanation.method.root.walk() if isinstance(node, Branch))
    return {"made": composition_words(next(branch for branch in branches if branch.key == key))}


def _crumbs(found: Criteria, told: Criterion) -> list[tuple[str, str]]:
    """The ranking, its criteria, and the families that hold this one."""
    release = found.board.release
    edition = [release.ranking_slug, release.year]
    above: list[tuple[str, str]] = []
    parent = told.node.parent_key
    while parent:
        family = found.by_key[parent]
        above.insert(0, (family.title, reverse("public:criterion", args=[*edition, parent])))
        parent = family.node.parent_key
    return edition_crumbs(release, (_("Critères"), reverse("public:criteria", args=edition)), *above)


@public_page
def indicator(request: HttpRequest, ranking: str, year: int, code: str) -> Page | HttpResponse:
    """One indicator with its values; one that a criterion reads alone is told by that criterion."""
    release = shelf.edition_or_gone(ranking, year, now(request))
    if isinstance(release, shelf.Gone):
        return gone(request, release)
    board = Board(release)
    if code not in board.indicators:
        raise Http404
    found = Criteria(board)
    edition = [release.ranking_slug, release.year]
    if code in found.alone:
        return HttpResponseRedirect(reverse("public:criterion", args=[*edition, found.alone[code].key]))

    def answer() -> HttpResponse:
        context = page_context(
            request,
            release,
            nav="criteria",
            crumbs=edition_crumbs(release, (_("Critères"), reverse("public:criteria", args=edition))),
            sheet=IndicatorSheet(board, board.indicators[code]),
            readers=found.readers(code),
            sources=sources_of(release, [code]),
        )
        return render(request, "public/indicator.html", context)

    return Page([release.seal_digest], answer)
