"""Comparing two to four schools of an edition."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from palmares.public import shelf
from palmares.public.board import Board, bonus_out_of, points_out_of
from palmares.public.clock import now
from palmares.public.comparison import FEWEST, MOST, Comparison, listed
from palmares.public.context import edition_crumbs, page_context
from palmares.public.editions import Editions
from palmares.public.filters import LONGEST_QUERY
from palmares.public.freshness import Page, public_page
from palmares.public.method_words import bonus_words
from palmares.public.sheet import with_values
from palmares.public.views.archives import to_ranking
from palmares.public.views.gone import gone
from rankings.models import Release, ReleaseUnit
from schools.naming import search_key

FIELD = "ecole"
# An address may hold anything: beyond these, the rest of it is not read.
MOST_READ, LONGEST_SLUG = 12, 120
MOST_FOUND = 12


@dataclass(frozen=True)
class Choice:
    """What an address asks for: the schools it names, in the order of the ranking, and what names none."""

    release: Release
    asked: tuple[str, ...]
    units: tuple[ReleaseUnit, ...]
    words: str

    @classmethod
    def read(cls, release: Release, query: QueryDict) -> Self:
        """The choice a query makes. One query."""
        asked = [slug[:LONGEST_SLUG].replace("\0", "") for slug in query.getlist(FIELD)[:MOST_READ]]
        units = release.units.filter(slug__in=asked).order_by("position")
        words = query.get("q", "")[:LONGEST_QUERY].replace("\0", "").strip()
        return cls(release, tuple(asked), tuple(units), words)

    @property
    def unknown(self) -> list[str]:
        """What is the address of no school of this edition; an empty field is no mistake."""
        known = {unit.slug for unit in self.units}
        return list(dict.fromkeys(slug for slug in self.asked if slug and slug not in known))

    @property
    def may_compare(self) -> bool:
        return FEWEST <= len(self.units) <= MOST

    @property
    def missing(self) -> int:
        """How many more schools there may be."""
        return max(MOST - len(self.units), 0)

    @property
    def excess(self) -> int:
        """How many schools must go."""
        return max(len(self.units) - MOST, 0)

    @property
    def canonical(self) -> str:
        """The one address of this choice: its schools each once, in an order that no correction changes."""
        return self.address([unit.slug for unit in self.units])

    @property
    def is_canonical(self) -> bool:
        """Whether the address names its schools as the canonical one does; a mistake is shown where it was made."""
        return bool(self.unknown) or list(self.asked) == sorted(unit.slug for unit in self.units)

    def address(self, slugs: Sequence[str], words: str = "") -> str:
        """The address that compares these schools."""
        path = reverse("public:compare", args=[self.release.ranking_slug, self.release.year])
        query = urlencode([*((FIELD, slug) for slug in sorted(slugs)), *([("q", words)] if words else [])])
        return f"{path}?{query}" if query else path

    @property
    def chosen(self) -> list[dict[str, object]]:
        """Each school, with the address of the same choice without it."""
        slugs = [unit.slug for unit in self.units]
        return [
            {"unit": unit, "url": self.address([slug for slug in slugs if slug != unit.slug])} for unit in self.units
        ]

    @property
    def found(self) -> list[dict[str, object]]:
        """The schools whose name holds every word, each with the address that adds it. One query."""
        if not search_key(self.words):
            return []
        slugs = [unit.slug for unit in self.units]
        units = self.release.units.exclude(slug__in=slugs)
        for word in search_key(self.words).split():
            units = units.filter(search_key__contains=word)
        ordered = units.order_by("position")[:MOST_FOUND]
        return [{"unit": unit, "url": self.address([*slugs, unit.slug])} for unit in ordered]


@public_page
def compare(request: HttpRequest, ranking: str, year: int) -> Page | HttpResponse:
    """The schools the address names, side by side; with fewer or more, how to choose them."""
    at = now(request)
    release = shelf.edition_or_gone(ranking, year, at)
    if isinstance(release, shelf.Gone):
        return gone(request, release)
    if release.archival:
        return to_ranking(release)
    choice = Choice.read(release, request.GET)
    if not choice.is_canonical:
        return HttpResponseRedirect(choice.address([unit.slug for unit in choice.units], choice.words))
    editions = Editions.of(ranking, at)
    return Page([release.seal_digest, *editions.seen], lambda: _side_by_side(request, choice, editions))


def _side_by_side(request: HttpRequest, choice: Choice, editions: Editions) -> HttpResponse:
    release = choice.release
    context = page_context(
        request,
        release,
        nav="compare",
        canonical=choice.canonical,
        choice=choice,
        crumbs=edition_crumbs(release),
        names=listed(unit.name for unit in choice.units),
        most=MOST,
        **(_comparison(choice, editions) if choice.may_compare else {}),
    )
    return render(request, "public/compare.html", context)


def _comparison(choice: Choice, editions: Editions) -> dict[str, Any]:
    release = choice.release
    units = with_values(release.units.filter(pk__in=[unit.pk for unit in choice.units])).order_by("position")
    out_of = points_out_of(release)
    comparison = Comparison(Board(release), list(units), out_of, editions)
    return {"comparison": comparison, "out_of": out_of, "bonus": bonus_words(bonus_out_of(release))}
