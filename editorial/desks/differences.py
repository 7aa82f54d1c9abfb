"""What changes for the reader from one release to the next."""

from dataclasses import dataclass

from rankings.models import Release, ReleaseUnit, ReleaseValue


@dataclass(frozen=True)
class Changed:
    """One school in two releases: None where it is not in one of them. `figures`: (indicator, before, after)."""

    name: str
    before: ReleaseUnit | None
    after: ReleaseUnit | None
    figures: tuple[tuple[str, str, str], ...]


def previous_of(release: Release) -> Release | None:
    """The sealed release of the same edition that came before this one. One query."""
    earlier = Release.objects.filter(edition_id=release.edition_id, number__lt=release.number, sealed_at__isnull=False)
    return earlier.order_by("-number").first()


def differences(before: Release, after: Release) -> list[Changed]:
    """The schools whose rank, score or figures differ, in the order of the later release. Four queries."""
    old, new = ({unit.slug: unit for unit in release.units.all()} for release in (before, after))
    old_figures, new_figures = _figures(before), _figures(after)
    changed = []
    for slug in [*new, *(slug for slug in old if slug not in new)]:
        figures = _differing(old_figures.get(slug, {}), new_figures.get(slug, {}))
        if figures or _place(old.get(slug)) != _place(new.get(slug)):
            found = new.get(slug) or old[slug]
            changed.append(Changed(found.name, old.get(slug), new.get(slug), figures))
    return changed


def _place(unit: ReleaseUnit | None) -> object:
    return None if unit is None else (unit.rank, unit.tied, unit.score, unit.unranked_fr)


def _figures(release: Release) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    read = ReleaseValue.objects.filter(unit__release=release).select_related("unit", "indicator")
    for value in read:
        found.setdefault(value.unit.slug, {})[value.indicator.label] = value.figure or value.kind
    return found


def _differing(old: dict[str, str], new: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    names = dict.fromkeys([*old, *new])
    return tuple((name, old.get(name, ""), new.get(name, "")) for name in names if old.get(name) != new.get(name))
