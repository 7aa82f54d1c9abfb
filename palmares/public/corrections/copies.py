"""What several releases print of their schools, side by side, read at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import get_language

from palmares.public import wording
from rankings.models import Release, ReleaseIndicator, ReleaseUnit, ReleaseValue
from schools.models import Kind
from schools.typography import value_with_unit


class PrintedValue(NamedTuple):
    """A figure as a release prints it, and where it was read."""

    figure: str
    kind: str
    withheld: bool
    own_year: int | None
    source: str

    def words(self, indicator: ReleaseIndicator) -> str:
        """The figure with its unit, or the absence; the year when it is not that of its indicator."""
        if self.withheld:
            return wording.withheld_words()
        if not self.figure:
            return wording.kind_words(self.kind)
        words = value_with_unit(Decimal(self.figure), indicator.measure, indicator.decimals, get_language())
        notes = [wording.kind_words(self.kind)] if self.kind == Kind.ESTIMATED else []
        notes += [] if self.own_year in (None, indicator.reference_year) else [str(self.own_year)]
        return f"{words} ({', '.join(notes)})" if notes else words

    def says(self) -> tuple[object, ...]:
        """What makes it another value for the reader: all but its source."""
        return self[:-1]


@dataclass
class Copy:
    """One release: schools by address, figures by address and code, indicators by code."""

    units: dict[str, ReleaseUnit] = field(default_factory=dict)
    values: dict[tuple[str, str], PrintedValue] = field(default_factory=dict)
    indicators: dict[str, ReleaseIndicator] = field(default_factory=dict)


def copies_of(releases: Collection[Release]) -> Mapping[int, Copy]:
    """Release → its copy. Three queries, whatever the number of releases; none without any."""
    found: dict[int, Copy] = defaultdict(Copy)
    if not releases:
        return found
    keys = [release.pk for release in releases]
    units = ReleaseUnit.objects.filter(release__in=keys).order_by("release", "position")
    for unit in units.only("release", "slug", "name", "rank", "tied", "score", "unranked_fr", "unranked_en"):
        found[unit.release_id].units[unit.slug] = unit
    for indicator in ReleaseIndicator.objects.filter(release__in=keys).order_by("code"):
        found[indicator.release_id].indicators[indicator.code] = indicator
    rows = ReleaseValue.objects.filter(unit__release__in=keys).order_by()
    told = ("unit__release_id", "unit__slug", "indicator__code")
    for release, slug, code, *printed in rows.values_list(
        *told, "figure", "kind", "withheld", "own_year", "source_sha256"
    ):
        found[release].values[slug, code] = PrintedValue(*printed)
    return found
