"""The editions of one ranking that the public may read, and where schools stood in each."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import Self

from palmares.public import shelf
from palmares.public.board import method_of
from rankings.method_changes import rules_of
from rankings.models import Release, ReleaseUnit


@dataclass
class Editions:
    """The release in force of each edition of a ranking, by year."""

    releases: list[Release]

    @classmethod
    def of(cls, ranking: str, at: datetime) -> Self:
        """Those that may be read at this instant. One query."""
        return cls(sorted(shelf.editions(at).filter(ranking_slug=ranking), key=lambda release: release.year))

    @property
    def seen(self) -> list[str]:
        """What a page that tells of them depends on."""
        return [release.seal_digest for release in self.releases]

    @property
    def years(self) -> list[int]:
        """The years of the editions, the earliest first."""
        return [release.year for release in self.releases]

    def places(self, slugs: Collection[str]) -> Mapping[str, Mapping[int, ReleaseUnit]]:
        """School → year → the school as that edition has it; a year that has not is not there. One query."""
        years = {release.pk: release.year for release in self.releases}
        found: dict[str, dict[int, ReleaseUnit]] = defaultdict(dict)
        for unit in ReleaseUnit.objects.filter(release__in=years, slug__in=slugs).order_by("pk"):
            found[unit.slug][years[unit.release_id]] = unit
        return found

    @cached_property
    def changes(self) -> frozenset[int]:
        """The years whose rules are not those of the edition before; where either's are unknown, nothing is said.

        One query, and only when two methods that follow each other differ by a letter.
        """
        doubtful = [pair for pair in pairwise(self.releases) if pair[0].method_digest != pair[1].method_digest]
        if not doubtful:
            return frozenset()
        texts = shelf.method_texts(release for pair in doubtful for release in pair)
        known = {pk: rules_of(method_of(text)) for pk, text in texts.items() if text}
        return frozenset(
            after.year
            for before, after in doubtful
            if before.pk in known and after.pk in known and known[before.pk] != known[after.pk]
        )
