"""What the facts of a release are drawn from: its own rows, and the editions before it as they stood at its instant.

An earlier edition counts when the public could read it at the instant of this release, and still can at `at`: no fact
tells anything of a release under embargo or taken back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rankings.facts.fact import Refusal, unknown, untrue
from rankings.facts.scales import Scale, scale_of
from rankings.models import Release, ReleaseNode, ReleasePoints, ReleaseUnit
from schools.typography import number


@dataclass(frozen=True)
class Place:
    """Where a school stands in one edition; without rank, `reasons` says why by language."""

    rank: int | None
    tied: bool
    reasons: Mapping[str, str]


@dataclass(frozen=True)
class Standings:
    """The places of one edition, by the school's slug, those it holds; `replaced`: a later version is in force."""

    release: Release
    places: Mapping[str, Place]
    replaced: bool = False

    @property
    def year(self) -> int:
        return self.release.year

    @property
    def held(self) -> int:
        """How many ranked schools it holds; fewer than were ranked when it was taken from an incomplete print."""
        return sum(place.rank is not None for place in self.places.values())

    @property
    def complete(self) -> bool:
        """Whether it holds every school that was ranked."""
        return self.held >= self.release.ranked_count

    def rank(self, slug: str) -> int | None:
        """The rank of a school; None when it has none, or is not held."""
        place = self.places.get(slug)
        return place.rank if place else None

    def caveat(self) -> str:
        """What must be said of an edition whose quoted version is no longer in force; empty when it is."""
        if not self.replaced:
            return ""
        said = {"year": self.year, "number": self.release.number}
        return _("L’édition %(year)s est citée dans sa version %(number)s, corrigée depuis.") % said

    def why_no_rank(self, slug: str) -> Refusal | None:
        """Why the rank of a school cannot be said; None when it can."""
        place = self.places.get(slug)
        if place is None:
            return untrue(self._absent) if self.complete else unknown(self._not_held)
        if place.rank is None:
            return untrue(lambda language: self._unranked(place.reasons[language]))
        return None

    def _absent(self, _language: str) -> str:
        return _("Elle ne figure pas dans l’édition %(year)s.") % {"year": self.year}

    def _not_held(self, language: str) -> str:
        text = ngettext(
            "De l’édition %(year)s, seule %(held)s place sur %(count)s est connue ici, et ce n’est pas la sienne.",
            "De l’édition %(year)s, seules %(held)s places sur %(count)s sont connues ici, et la sienne n’en est pas.",
            self.held,
        )
        return text % {
            "year": self.year,
            "held": number(self.held, 0, language),
            "count": number(self.release.ranked_count, 0, language),
        }

    def _unranked(self, reason: str) -> str:
        return _("Elle n’est pas classée dans l’édition %(year)s. %(reason)s") % {"year": self.year, "reason": reason}


def unheld(year: int) -> Refusal:
    """The edition of this year cannot be read."""
    return unknown(lambda _language: _("L’édition %(year)s n’est pas publiée ici.") % {"year": year})


@dataclass
class Holdings:
    """One release and its past. At most seven queries, whatever the number of schools and of editions."""

    release: Release
    at: datetime | None = None

    @cached_property
    def units(self) -> Mapping[str, ReleaseUnit]:
        """Every school of the release, by its slug, in the order of the ranking. One query."""
        return {unit.slug: unit for unit in self.release.units.order_by("position")}

    @cached_property
    def ranked(self) -> Sequence[ReleaseUnit]:
        """The ranked ones."""
        return [unit for unit in self.units.values() if unit.rank is not None]

    @cached_property
    def current(self) -> Standings:
        """The places of the release itself."""
        places = {
            slug: Place(unit.rank, unit.tied, {"fr": unit.unranked_fr, "en": unit.unranked_en})
            for slug, unit in self.units.items()
        }
        return Standings(self.release, places)

    @cached_property
    def scale(self) -> Scale | None:
        """What its points are out of; None when it was taken from a print. One query when its text was deferred."""
        return scale_of(self.release)

    @cached_property
    def earlier(self) -> Mapping[int, Standings]:
        """Year → the edition of that year, the earliest first; those that count. Three queries."""
        # Before its seal a release has no instant of publication: what could be read when it was computed counts.
        then = self.release.publish_at or self.release.computed_at
        readable = Release.objects.published(at=self.at or then).filter(ranking_slug=self.release.ranking_slug)
        newest = dict(readable.values_list("edition").annotate(Max("number")).order_by())
        releases = list(
            Release.objects.current(at=then)
            .filter(pk__in=readable.values("pk"), year__lt=self.release.year)
            .defer("document")
            .order_by("year")
        )
        places = _places(releases)
        return {
            release.year: Standings(release, places[release.pk], replaced=newest[release.edition_id] > release.number)
            for release in releases
        }

    def standings(self, year: int) -> Standings | None:
        """The places of the edition of this year, the release's own included; None when there is none to read."""
        return self.current if year == self.release.year else self.earlier.get(year)

    def since(self, year: int) -> list[Standings] | Refusal:
        """Every edition from this year to the release's, one a year; or why one of them is missing."""
        found = []
        for each in range(year, self.release.year + 1):
            standings = self.standings(each)
            if standings is None:
                return unheld(each)
            found.append(standings)
        return found

    @cached_property
    def families(self) -> Sequence[ReleaseNode]:
        """The families of the method, in its order; a bonus is none. One query."""
        return list(self.release.nodes.filter(level=0, bonus=False).order_by("position"))

    @cached_property
    def family_points(self) -> Mapping[int, Mapping[int, Decimal]]:
        """Family → ranked school → its points as printed; a school whose family was left out has none. One query."""
        ranked = {unit.pk for unit in self.ranked}
        found: dict[int, dict[int, Decimal]] = {node.pk: {} for node in self.families}
        rows = ReleasePoints.objects.filter(node__in=list(found)).exclude(points="").order_by()
        for node, unit, points in rows.values_list("node_id", "unit_id", "points"):
            if unit in ranked:
                found[node][unit] = Decimal(points)
        return found


def _places(releases: Sequence[Release]) -> Mapping[int, Mapping[str, Place]]:
    """Release → school → its place there. One query."""
    rows = ReleaseUnit.objects.filter(release__in=releases).order_by()
    found: dict[int, dict[str, Place]] = {release.pk: {} for release in releases}
    columns = ("release_id", "slug", "rank", "tied", "unranked_fr", "unranked_en")
    for release, slug, rank, tied, french, english in rows.values_list(*columns):
        found[release][slug] = Place(rank, tied, {"fr": french, "en": english})
    return found
