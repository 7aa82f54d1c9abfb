"""What a mapping file says of the rows that count and of the values made of them."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from schools.importing.limits import MAX_EXPONENT, MAX_SIGNIFICANT_DIGITS
from schools.importing.mapping import ABSENCES, ABSENT_ROWS, AGGREGATES, KeepRule, NotMeasured, ValueRule
from schools.importing.mapping_keys import KeyReader

_INDICATOR = re.compile(r"[a-zA-Z0-9_-]{1,60}")
_MAX_FACTOR = Decimal(10) ** 9
# Key → the one aggregate with which it means something.
_ONLY_WITH = {"weight": "weighted_mean", "zero_weight": "weighted_mean", "times": "sum"}


def read_keep(table: KeyReader) -> KeepRule:
    """One condition on the rows that count."""
    begins = "starts_with" in table.content
    rule = KeepRule(
        table.text("column"),
        table.texts("equals", optional=begins and "equals" not in table.content),
        table.texts("starts_with") if begins else (),
    )
    table.known.add("starts_with")
    if any(not text.strip() for text in rule.starts_with):
        table.refuse("starts_with", _("Un début vide garderait toutes les lignes. Donnez-en un qui se lit."))
    table.refuse_other_keys()
    return rule


def read_value(table: KeyReader) -> ValueRule:
    """One value and how it is made."""
    aggregate = table.choice("aggregate", AGGREGATES, default="only")
    weighted = aggregate == "weighted_mean"
    rule = ValueRule(
        indicator=table.text("indicator"),
        column=table.text("column"),
        aggregate=aggregate,
        multiply=_factor(table),
        weight=table.text("weight") if weighted else "",
        zero_weight=table.choice("zero_weight", ABSENCES, default="missing") if weighted else "missing",
        absent_rows=table.choice("absent_rows", ABSENT_ROWS, default="absent"),
        percent_sign=table.flag("percent_sign"),
        times=table.text("times") if aggregate == "sum" and "times" in table.content else "",
        not_measured=tuple(_not_measured(each) for each in table.tables("not_measured", optional=True)),
    )
    if rule.indicator and not _INDICATOR.fullmatch(rule.indicator):
        table.refuse("indicator", _("Un code d’indicateur n’a que des lettres sans accent, chiffres, - et _."))
    _refuse_out_of_place(table, aggregate)
    table.refuse_other_keys()
    return rule


def _refuse_out_of_place(table: KeyReader, aggregate: str) -> None:
    table.known.update(_ONLY_WITH)
    for name, wanted in _ONLY_WITH.items():
        if name in table.content and aggregate != wanted:
            message = _('Cette clé n’a de sens qu’avec « aggregate = "{aggregate}" ».').format(aggregate=wanted)
            table.refuse(name, message)


def _not_measured(table: KeyReader) -> NotMeasured:
    rule = NotMeasured(table.texts("columns"), table.texts("equals"), table.text("why"))
    table.refuse_other_keys()
    return rule


def _factor(table: KeyReader) -> Decimal:
    factor = table.decimal("multiply", Decimal(1))
    digits = len(factor.as_tuple().digits)
    if factor <= 0 or factor > _MAX_FACTOR or digits > MAX_SIGNIFICANT_DIGITS or abs(factor.adjusted()) > MAX_EXPONENT:
        table.refuse("multiply", _("Donnez un nombre plus grand que zéro et raisonnable, par exemple 100."))
        return Decimal(1)
    # 100, 100.0 and 1e2 are one factor, written one way.
    return Decimal(f"{factor.normalize():f}")
