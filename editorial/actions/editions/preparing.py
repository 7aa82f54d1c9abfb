"""Saying what an edition is about: its texts, its method, its years, its schools."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from editorial import audit, rules
from editorial.actions._columns import columns_of, details_of, why_not_columns
from editorial.actions._moving import refuse
from editorial.actions.editions.opening import Texts
from editorial.exceptions import Refused, Stale
from editorial.models import User
from rankings.models import Edition, EditionIndicator, EditionUnit, MethodVersion
from schools.models import Indicator, Unit


@transaction.atomic
def write_texts(*, by: User, at: datetime, edition: Edition, seen_version: int, texts: Texts) -> None:
    """Change what an edition says of itself. What was published keeps its own copy."""
    refuse(rules.why_not_change_edition(by))
    before = {name: getattr(edition, name) for name in vars(texts)}
    change_edition(edition, seen_version, **vars(texts))
    audit.record(by=by, at=at, verb="edition.texts", on=edition, details={"before": before, "after": vars(texts)})
    edition.refresh_from_db()


@transaction.atomic
def choose_method(*, by: User, at: datetime, edition: Edition, seen_version: int, method: MethodVersion) -> None:
    """Give an edition its method, one of its own ranking's."""
    refuse(rules.why_not_prepare(by, edition))
    if method.ranking_id != edition.ranking_id:
        raise Refused(_("Cette méthode est celle d’un autre palmarès."))
    before = {"before": edition.method.digest} if edition.method else {}
    change_edition(edition, seen_version, method=method)
    audit.record(by=by, at=at, verb="edition.method", on=edition, details={"digest": method.digest, **before})
    edition.refresh_from_db()


@transaction.atomic
def set_columns(
    *,
    by: User,
    at: datetime,
    edition: Edition,
    seen_version: int,
    years: Mapping[Indicator, int],
    carry_over: Mapping[Indicator, int] | None = None,
    context_from: Mapping[Indicator, int] | None = None,
) -> None:
    """Say in which year each indicator is read; replaces what was said before.

    `carry_over`: how many years back at most a unit's latest figure is taken where its year gives none; an indicator
    that is not there takes none. `context_from`: the first of the earlier years kept for the evolution. Either is left
    as it was for the indicators that stay when it is None.
    """
    refuse(rules.why_not_prepare(by, edition))
    columns = columns_of(edition, years, carry_over, context_from)
    refuse(why_not_columns(columns, carry_over, context_from))
    change_edition(edition, seen_version)
    before = list(edition.columns.select_related("indicator"))
    edition.columns.all().delete()
    EditionIndicator.objects.bulk_create(columns)
    details = details_of(columns) | ({"before": details_of(before)} if before else {})
    audit.record(by=by, at=at, verb="edition.columns", on=edition, details=details)
    edition.refresh_from_db()


@dataclass(frozen=True)
class LeftOut:
    """A unit the newsroom does not rank, and the reason the public reads."""

    unit: Unit
    reason_fr: str
    reason_en: str


@transaction.atomic
def set_perimeter(
    *,
    by: User,
    at: datetime,
    edition: Edition,
    seen_version: int,
    units: Iterable[Unit],
    left_out: Iterable[LeftOut] = (),
) -> None:
    """Say which units an edition is about, and which it leaves out and why; replaces what was said before."""
    refuse(rules.why_not_prepare(by, edition))
    excluded = list(left_out)
    included = list(units)
    refuse(_why_not_perimeter(included, excluded))
    change_edition(edition, seen_version)
    before = _perimeter_of(edition)
    edition.perimeter.all().delete()
    rows = [EditionUnit(edition=edition, unit=unit) for unit in included]
    rows += [
        EditionUnit(
            edition=edition,
            unit=item.unit,
            status=EditionUnit.Status.EXCLUDED,
            reason_fr=item.reason_fr,
            reason_en=item.reason_en,
        )
        for item in excluded
    ]
    EditionUnit.objects.bulk_create(rows)
    details = {"included": len(included), "left_out": {item.unit.slug: item.reason_fr for item in excluded}, **before}
    audit.record(by=by, at=at, verb="edition.perimeter", on=edition, details=details)
    edition.refresh_from_db()


def _perimeter_of(edition: Edition) -> dict[str, object]:
    """The perimeter as it was, as the trail keeps it; nothing where there was none. One query."""
    rows = list(edition.perimeter.select_related("unit"))
    left_out = {row.unit.slug: row.reason_fr for row in rows if row.status == EditionUnit.Status.EXCLUDED}
    return {"before": {"included": len(rows) - len(left_out), "left_out": left_out}} if rows else {}


def _why_not_perimeter(included: list[Unit], excluded: list[LeftOut]) -> str | None:
    named = [*included, *(item.unit for item in excluded)]
    twice = sorted({unit.name for unit in named if named.count(unit) > 1})
    if twice:
        return _("Une école n’a qu’une place dans une édition : %(names)s.") % {"names": ", ".join(twice)}
    silent = [item.unit.name for item in excluded if not (item.reason_fr.strip() and item.reason_en.strip())]
    if silent:
        return _("Dites, en français et en anglais, pourquoi est laissée de côté : %(names)s.") % {
            "names": ", ".join(silent)
        }
    return None


def change_edition(edition: Edition, seen_version: int, **fields: object) -> None:
    """Make it the next version, with these columns; `Stale` when somebody else did since it was seen."""
    changed = Edition.objects.filter(pk=edition.pk, version=seen_version).update(version=seen_version + 1, **fields)
    if changed != 1:
        raise Stale(_("L’édition a changé depuis que vous l’avez ouverte : relisez-la."))
