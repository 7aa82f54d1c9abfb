"""From the text of a mapping file to a mapping, or to everything wrong with it."""

import re
import tomllib
from decimal import Decimal

from django.utils.translation import gettext as _

from schools.importing.keys import SCHEMES
from schools.importing.limits import MAX_EXPONENT, MAX_MAPPING_TEXT, MAX_SIGNIFICANT_DIGITS
from schools.importing.mapping import (
    ABSENCES,
    ABSENT_ROWS,
    AGGREGATES,
    ATTRIBUTES,
    FORMAT,
    SECTORS,
    Absence,
    AttributeRule,
    KeepRule,
    KeyRule,
    Mapping,
    ValueRule,
)
from schools.importing.mapping_keys import KeyReader, MappingProblem, MappingRefused

_INDICATOR = re.compile(r"[a-zA-Z0-9_-]{1,60}")
_MAX_FACTOR = Decimal(10) ** 9


def parse_mapping(text: str) -> Mapping:
    """The mapping that this TOML text writes. Raises MappingRefused with every problem and the path of its key."""
    problems: list[MappingProblem] = []
    table = KeyReader("", _toml(text), problems)
    table.number("format", least=FORMAT, most=FORMAT)
    mapping = Mapping(
        title=table.text("title"),
        sheet=table.text("sheet", default="", may_be_empty=True),
        header_row=table.number("header_row", default=1, least=1, most=100),
        reference_year=table.number("reference_year", least=1900, most=2100),
        key=_key(table.table("key")),
        unit=_unit(table.table("unit", optional=True)),
        absences=_absences(table.table("absences", optional=True)),
        keep=tuple(_keep(each) for each in table.tables("keep", optional=True)),
        values=tuple(_value(each) for each in table.tables("value")),
    )
    table.refuse_other_keys()
    _refuse_repeats(mapping, problems)
    if problems:
        raise MappingRefused(tuple(problems))
    return mapping


def _toml(text: str) -> dict[str, object]:
    if len(text) > MAX_MAPPING_TEXT:
        problem = MappingProblem("", _("Le texte est trop long. Vérifiez que c’est bien une correspondance."))
        raise MappingRefused((problem,))
    try:
        # A float of the file becomes the decimal that is written there.
        return tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        message = _("Ce n’est pas du TOML valide ({detail}). Corrigez à l’endroit indiqué.").format(detail=error)
        raise MappingRefused((MappingProblem("", message),)) from error


def _key(table: KeyReader) -> KeyRule:
    rule = KeyRule(table.choice("scheme", SCHEMES), table.text("column"), table.texts("accept", optional=True))
    table.refuse_other_keys()
    return rule


def _unit(table: KeyReader) -> tuple[AttributeRule, ...]:
    rules = []
    table.known.update(ATTRIBUTES)  # so that a misspelt one is told the right one
    for attribute in sorted(ATTRIBUTES):
        if attribute not in table.content:
            continue
        source = table.table(attribute)
        column = source.text("column")
        meanings = source.table("values", optional=True)
        pairs = []
        for text in sorted(meanings.content):
            if attribute == "sector":
                pairs.append((text, meanings.choice(text, SECTORS)))
            else:
                pairs.append((text, meanings.text(text, may_be_empty=True)))
        if attribute == "sector" and not pairs:
            source.refuse("values", _('Dites ce que vaut chaque texte, par exemple « "Public" = "public" ».'))
        source.refuse_other_keys()
        rules.append(AttributeRule(attribute, column, tuple(pairs)))
    table.refuse_other_keys()
    return tuple(rules)


def _absences(table: KeyReader) -> tuple[tuple[str, Absence], ...]:
    found: dict[str, Absence] = {}
    for token in sorted(table.content):
        kind = table.choice(token, ABSENCES)
        folded = token.strip().casefold()
        if folded in found:
            table.refuse(token, _("Cette marque est donnée deux fois, aux majuscules près. Gardez-en une."))
        found[folded] = kind
    return tuple(sorted(found.items()))


def _keep(table: KeyReader) -> KeepRule:
    rule = KeepRule(table.text("column"), table.texts("equals"))
    table.refuse_other_keys()
    return rule


def _value(table: KeyReader) -> ValueRule:
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
    )
    if rule.indicator and not _INDICATOR.fullmatch(rule.indicator):
        table.refuse("indicator", _("Un code d’indicateur n’a que des lettres sans accent, chiffres, - et _."))
    table.known.update(("weight", "zero_weight"))
    for name in ("weight", "zero_weight"):
        if not weighted and name in table.content:
            table.refuse(name, _('Cette clé n’a de sens qu’avec « aggregate = "weighted_mean" ».'))
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


def _refuse_repeats(mapping: Mapping, problems: list[MappingProblem]) -> None:
    seen: set[str] = set()
    for index, rule in enumerate(mapping.values):
        if rule.indicator in seen:
            message = _("L’indicateur « {code} » est déjà donné plus haut. Gardez-en un.").format(code=rule.indicator)
            problems.append(MappingProblem(f"value[{index}].indicator", message))
        seen.add(rule.indicator)
    for token in mapping.key.accept:
        if token != token.strip():
            problems.append(MappingProblem("key.accept", _("Une clé admise s’écrit sans espace autour.")))
