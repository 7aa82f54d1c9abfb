"""The edition before a release, whose places its own are compared to."""

from rankings.models import Release
from rankings.moves import Moves


def edition_before(release: Release) -> Release | None:
    """The sealed release of the last earlier edition of the same ranking, its highest version; None without any.

    One query. It may be under embargo itself: who reads it here prepares both.
    """
    earlier = Release.objects.filter(
        ranking_slug=release.ranking_slug, year__lt=release.year, sealed_at__isnull=False, withdrawal=None
    )
    return earlier.defer("document", "method_text").order_by("-year", "-number").first()


def moves_since(before: Release | None, release: Release) -> Moves | None:
    """What moved since that edition; None when there is none. Two queries."""
    return Moves(release, before) if before else None
