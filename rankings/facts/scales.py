"""What the points of an edition are out of, from its own method, and what changed between two of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from django.utils.translation import gettext as _

from rankings.engine import parse_method
from rankings.engine.exact import shown_decimal
from rankings.method_changes import rules_of
from rankings.models import Release
from schools.typography import number


@dataclass(frozen=True)
class Scale:
    """The most points a school can get, bonus aside; those of the bonus; those of each criterion, when all alike.

    `rules`: what the method does.
    """

    out_of: Decimal
    bonus: Decimal
    each: Decimal | None
    rules: object


def scale_of(release: Release) -> Scale | None:
    """What the points of a release are out of; None when it was taken from a print."""
    return None if release.archival else _scale(release.method_text)


@lru_cache(maxsize=16)
def _scale(text: str) -> Scale:
    method = parse_method(text)
    counted = {leaf.out_of for leaf in method.leaves if not leaf.bonus}
    return Scale(
        shown_decimal(method.out_of),
        shown_decimal(method.bonus_out_of),
        shown_decimal(counted.pop()) if len(counted) == 1 else None,
        rules_of(method),
    )


def changes(releases: Sequence[Release], language: str) -> tuple[str, ...]:
    """What became of the method along these editions, the earliest first, a sentence each; none when it never changed.

    Editions taken from a print have no method of ours to compare: they are named.
    """
    printed = [release for release in releases if release.archival]
    computed = [release for release in releases if not release.archival]
    said = []
    if printed and len(releases) > 1:
        said.append(_printed(printed))
    for before, after in pairwise(computed):
        if before.method_digest != after.method_digest and (change := _change(before, after, language)):
            said.append(change)
    return tuple(said)


def _printed(releases: Sequence[Release]) -> str:
    years = ", ".join(str(release.year) for release in releases)
    if len(releases) == 1:
        return _("Le rang de %(years)s est repris de l’imprimé : son barème n’est pas comparé ici.") % {"years": years}
    return _("Les rangs de %(years)s sont repris de l’imprimé : leurs barèmes ne sont pas comparés ici.") % {
        "years": years
    }


def _change(before: Release, after: Release, language: str) -> str:
    old, new = _scale(before.method_text), _scale(after.method_text)
    years = {"before": before.year, "after": after.year}
    if old.each and new.each and old.each != new.each:
        text = _(
            "Le barème a changé : chaque critère est noté sur %(old)s en %(before)s, sur %(new)s en %(after)s "
            "(le total passe de %(old_total)s à %(new_total)s points)."
        )
        figures = {"old": old.each, "new": new.each, "old_total": old.out_of, "new_total": new.out_of}
        return text % (years | {name: number(figure, None, language) for name, figure in figures.items()})
    if old.out_of != new.out_of:
        totals = {"old": number(old.out_of, None, language), "new": number(new.out_of, None, language)}
        return _("Le barème a changé : le total est de %(old)s points en %(before)s, de %(new)s en %(after)s.") % (
            years | totals
        )
    if old.rules == new.rules:
        return ""
    return _("La méthode a changé entre l’édition %(before)s et l’édition %(after)s.") % years
