"""The columns of an edition: which year of which indicator, how far back, since when."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from editorial import rules
from rankings.models import Edition, EditionIndicator
from schools.models import Indicator

# Beyond, it is a slip of the pen. Within, the edition chooses, and every figure says its own year.
MOST_CARRIED_YEARS = 20

type Years = Mapping[Indicator, int]


def columns_of(
    edition: Edition, years: Years, carry_over: Years | None, context_from: Years | None
) -> list[EditionIndicator]:
    """The columns as said; what is None stays as it was for the indicators that stay. One query."""
    before = {column.indicator_id: column for column in edition.columns.all()}
    return [
        EditionIndicator(
            edition=edition,
            indicator=indicator,
            reference_year=year,
            carry_over_years=_said(carry_over, indicator, before, "carry_over_years") or 0,
            context_from_year=_said(context_from, indicator, before, "context_from_year"),
        )
        for indicator, year in years.items()
    ]


def _said(said: Years | None, indicator: Indicator, before: Mapping[int, EditionIndicator], name: str) -> int | None:
    if said is not None:
        return said.get(indicator)
    return getattr(before[indicator.pk], name) if indicator.pk in before else None


def why_not_columns(columns: list[EditionIndicator], *others: Years | None) -> str | None:
    """Why an edition cannot have these columns. `others`: what else was said of indicators, which must be read."""
    codes = [column.indicator.code for column in columns]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        return _("Un indicateur se lit sous une seule définition : %(codes)s.") % {"codes": ", ".join(twice)}
    unread = {indicator for said in others for indicator in said or ()} - {column.indicator for column in columns}
    if unread:
        named = ", ".join(sorted(indicator.code for indicator in unread))
        return _("Dites d’abord en quelle année se lit : %(codes)s.") % {"codes": named}
    if not all(rules.FIRST_YEAR <= column.reference_year <= rules.LAST_YEAR for column in columns):
        return rules.why_not_year()
    if not all(0 <= column.carry_over_years <= MOST_CARRIED_YEARS for column in columns):
        return _("Un chiffre se reprend de %(most)s ans au plus.") % {"most": MOST_CARRIED_YEARS}
    late = sorted(column.indicator.code for column in columns if not _begins_before(column))
    if late:
        return _("L’évolution commence avant l’année de référence : %(codes)s.") % {"codes": ", ".join(late)}
    return None


def _begins_before(column: EditionIndicator) -> bool:
    first = column.context_from_year
    return first is None or rules.FIRST_YEAR <= first < column.reference_year


def details_of(columns: list[EditionIndicator]) -> dict[str, object]:
    """What the trail keeps of the columns: the year of each, then what else was said, if anything was."""
    details: dict[str, object] = {column.indicator.code: column.reference_year for column in columns}
    for name in ("carry_over_years", "context_from_year"):
        told = {column.indicator.code: value for column in columns if (value := getattr(column, name))}
        if told:
            details[name] = told
    return details
