"""What a release says around its ranking, put there by hand: an earlier year, a value set aside."""

from typing import Any

from editorial.actions import editions
from rankings.models import Release, ReleaseSeries, ReleaseSetAside
from tests import factories as make
from tests.people import cast


def with_context(release: Release) -> Release:
    """The same release, not sealed yet, with a figure of the year before and a value set aside for its first school."""
    unit, indicator = release.units.first(), release.indicators.first()
    sourced = {field: getattr(unit.values.first(), field) for field in _SOURCED}
    where = {"unit": unit, "indicator": indicator, "year": make.YEAR - 1}
    ReleaseSeries.objects.create(**where, **sourced)
    reasons = {"reason_fr": "Deux sources se contredisent.", "reason_en": "Two sources contradict each other."}
    ReleaseSetAside.objects.create(**where, **reasons)
    return release


def sealed_with_context(**said: Any) -> Release:
    """A sealed release with the same rows; what `edition` takes can be said here."""
    release = with_context(make.computed_release(**said))
    people = cast()
    said = {"release": release, "seen_digest": release.digest, "at": make.START}
    editions.sign_release(by=people.marc, **said)
    editions.seal_release(by=people.claire, publish_at=make.FUTURE, **said)
    return release


_SOURCED = (
    "figure", "kind", "withheld", "source_title", "source_publisher", "source_licence", "source_leaves", "source_url",
    "source_file", "source_sha256", "cells", "entered_at", "verified_at", "verified_meaning",
)  # fmt: skip
