"""The figures of an article: what each says, by which rule and of how many, and the pages that show its rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from editorial.models import Article
from palmares.public.editions import Editions
from palmares.public.regions import region_slug
from rankings.models import ReleaseUnit


@dataclass(frozen=True)
class Row:
    """A page that shows a row a figure comes from; `what` it is of, beside the year."""

    year: int
    what: str
    url: str


@dataclass(frozen=True)
class Quoted:
    """One figure of an article, as it was frozen; what an older article did not keep is empty."""

    text: str
    definition: str
    denominator: str
    note: str
    rows: tuple[Row, ...]


@dataclass
class Quotations:
    """The figures of one article. Two queries."""

    article: Article
    at: datetime

    @cached_property
    def editions(self) -> Editions:
        """The editions of its ranking that may be read."""
        return Editions.of(self.article.release.ranking_slug, self.at)

    @property
    def seen(self) -> list[str]:
        """What the page depends on."""
        return self.editions.seen

    @cached_property
    def all(self) -> list[Quoted]:
        """Every figure, in the order of the text."""
        lang = "en" if get_language() == "en" else "fr"
        return [
            Quoted(
                fact[f"text_{lang}"],
                fact.get(f"definition_{lang}", ""),
                fact.get(f"denominator_{lang}", ""),
                fact.get(f"note_{lang}", ""),
                tuple(self._rows(fact)),
            )
            for fact in self.article.facts
        ]

    @cached_property
    def corrected(self) -> list[dict[str, int]]:
        """The earlier editions it rests on that were corrected since: year, version quoted, version in force."""
        current = {release.year: release.number for release in self.editions.releases}
        quoted = {said["year"]: said["number"] for fact in self.article.facts for said in fact.get("editions", ())}
        return [
            {"year": year, "quoted": number, "current": current[year]}
            for year, number in sorted(quoted.items())
            if year != self.article.release.year and current.get(year, number) != number
        ]

    @cached_property
    def _places(self) -> Mapping[str, Mapping[int, ReleaseUnit]]:
        return self.editions.places({str(fact["unit"]) for fact in self.article.facts if fact.get("unit")})

    def _rows(self, fact: Mapping[str, Any]) -> Iterable[Row]:
        release, slug = self.article.release, str(fact.get("unit") or "")
        years = [int(said["year"]) for said in fact.get("editions", ())] or [release.year]
        for year in sorted(years, reverse=True):
            edition = [release.ranking_slug, year]
            place = self._places.get(slug, {}).get(year)
            if not slug and year in self.editions.years:
                yield Row(year, _("Classement"), reverse("public:ranking", args=edition))
            elif place is not None and str(fact["token"]).startswith("region:"):
                there = [*edition, region_slug(place.region)]
                yield Row(year, place.region, reverse("public:region", args=there))
            elif place is not None:
                yield Row(year, place.name, reverse("public:unit", args=[*edition, slug]))
