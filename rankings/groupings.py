"""The groupings of schools that a method may rank within: what a release keeps of each school."""

from collections.abc import Iterable, Mapping

from schools.models import Unit

# Each is a field of a school, and of a school as a release keeps it.
GROUPINGS = ("region", "academie", "city", "sector", "entry", "duration_years")


def groups_of(units: Mapping[str, Unit]) -> Mapping[str, Mapping[str, str]]:
    """Grouping → slug → the group, as the engine wants it; a school of which it is not known is in none."""
    return {name: dict(_known(name, units.items())) for name in GROUPINGS}


def _known(name: str, units: Iterable[tuple[str, Unit]]) -> Iterable[tuple[str, str]]:
    for slug, unit in units:
        value = getattr(unit, name)
        if value:
            yield slug, str(value)
