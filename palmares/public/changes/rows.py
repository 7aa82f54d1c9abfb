"""The indicators and the schools of two editions beside each other, in words."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palmares.public.changes.said import Change
from rankings.models import ReleaseIndicator, ReleaseUnit
from rankings.moves import Moves

type ByCode = Mapping[str, ReleaseIndicator]


def indicator_changes(before: ByCode, after: ByCode) -> list[Change]:
    """Indicators that came, left, are called or defined otherwise, or may be taken from other years."""
    both = [code for code in after if code in before]
    return [
        *(_came(after[code]) for code in after if code not in before),
        *(_left(before[code]) for code in before if code not in after),
        *(change for code in both for change in _redefined(before[code], after[code])),
    ]


def _came(indicator: ReleaseIndicator) -> Change:
    text = _("« %(label)s » : nouvel indicateur.") % {"label": indicator.label}
    return Change("indicator_added", indicator.code, text, after=indicator.definition)


def _left(indicator: ReleaseIndicator) -> Change:
    text = _("« %(label)s » n’est plus relevé.") % {"label": indicator.label}
    return Change("indicator_removed", indicator.code, text, before=indicator.definition)


def _redefined(before: ReleaseIndicator, after: ReleaseIndicator) -> Iterator[Change]:
    code = after.code
    if before.label != after.label:
        text = _("« %(before)s » s’appelle désormais « %(after)s ».") % {"before": before.label, "after": after.label}
        yield Change("indicator_renamed", code, text, before.label, after.label)
    if before.definition_version != after.definition_version or before.definition != after.definition:
        text = _("« %(label)s » est défini autrement : ses chiffres ne se comparent pas d’une édition à l’autre.")
        if before.definition_version == after.definition_version:
            text = _("« %(label)s » : sa définition est mieux dite ; ce qu’il mesure n’a pas changé.")
        yield Change("redefined", code, text % {"label": after.label}, before.definition, after.definition)
    if before.carry_over_years != after.carry_over_years:
        years = after.carry_over_years
        text = _("« %(label)s » : un chiffre d’une année antérieure n’est plus repris.")
        if years:
            text = ngettext(
                "« %(label)s » : un chiffre peut être repris de %(years)s an au plus.",
                "« %(label)s » : un chiffre peut être repris de %(years)s ans au plus.",
                years,
            )
        said = {"label": after.label, "years": years}
        yield Change("carry_over", code, text % said, str(before.carry_over_years), str(years))


def year_changes(before: ByCode, after: ByCode) -> list[Change]:
    """The years that are read, indicators of the same two years together, the commonest first."""
    both = [code for code in after if code in before]
    grouped: dict[tuple[int, int], list[str]] = defaultdict(list)
    for code in both:
        grouped[before[code].reference_year, after[code].reference_year].append(code)
    found = []
    for (old, new), codes in sorted(grouped.items(), key=lambda group: (-len(group[1]), group[0])):
        said = {"before": old, "after": new, "labels": ", ".join(after[code].label for code in codes)}
        found.append(
            Change("years", " ".join(codes), _years(old, new, len(codes), len(both)) % said, str(old), str(new))
        )
    return found


def _years(old: int, new: int, count: int, among: int) -> str:
    if count == among:
        if old == new:
            return _("Tous les indicateurs restent lus sur %(after)s.")
        return _("Tous les indicateurs sont lus sur %(after)s ; ils l’étaient sur %(before)s.")
    if old == new:
        return _("Toujours sur %(after)s : %(labels)s.")
    return _("Sur %(after)s, et non plus sur %(before)s : %(labels)s.")


def school_changes(moves: Moves) -> list[Change]:
    """Schools that came, left, gained or lost a rank, or changed their name."""
    return [
        *(_school("school_came", unit, _("%(name)s entre dans le palmarès.")) for unit in moves.came or ()),
        *(_school("school_left", unit, _("%(name)s n’y est plus.")) for unit in moves.left or ()),
        *(_school("school_ranked", unit, _("%(name)s est désormais classée.")) for unit in moves.ranked_now),
        *(_unranked(unit) for unit in moves.ranked_no_more),
        *_renamed(moves),
    ]


def _school(kind: str, unit: ReleaseUnit, text: str) -> Change:
    return Change(kind, unit.slug, text % {"name": unit.name})


def _unranked(unit: ReleaseUnit) -> Change:
    text = _("%(name)s n’est plus classée : %(reason)s") % {"name": unit.name, "reason": unit.unranked}
    return Change("school_unranked", unit.slug, text)


def _renamed(moves: Moves) -> Iterator[Change]:
    for slug, unit in moves.units.items():
        before = moves.before.get(slug)
        if before is not None and before.name != unit.name:
            text = _("%(before)s s’appelle désormais %(after)s.") % {"before": before.name, "after": unit.name}
            yield Change("school_renamed", slug, text, before.name, unit.name)
