"""What a mapping file says of the schools: their keys, their attributes, their other names and numbers."""

from django.utils.translation import gettext as _

from schools.importing.keys import SCHEMES
from schools.importing.limits import MAX_SEPARATOR
from schools.importing.mapping import (
    ATTRIBUTES,
    DURATIONS,
    ENTRIES,
    NATURES,
    SECTORS,
    AttributeRule,
    KeyRule,
    NumberRule,
)
from schools.importing.mapping_keys import KeyReader

_MEANINGS = {"sector": SECTORS, "nature": NATURES, "entry": ENTRIES, "duration_years": DURATIONS}
# Attributes whose texts are read as they are when none is given a meaning.
_PLAIN = {"duration_years"}


def read_key(table: KeyReader) -> KeyRule:
    """Which column names the school of a row."""
    rule = KeyRule(
        table.choice("scheme", SCHEMES),
        table.text("column"),
        table.texts("accept", optional=True),
        _separator(table),
        table.choice("otherwise", ("", *SCHEMES), default=""),
    )
    for token in rule.accept:
        if token != token.strip():
            table.refuse("accept", _("Une clé admise s’écrit sans espace autour."))
    table.refuse_other_keys()
    return rule


def read_attributes(table: KeyReader) -> tuple[AttributeRule, ...]:
    """The attributes of [unit], in the order of their names; its other keys are left to the next reader."""
    rules = []
    table.known.update(ATTRIBUTES)  # so that a misspelt one is told the right one
    for attribute in sorted(ATTRIBUTES):
        if attribute not in table.content:
            continue
        source = table.table(attribute)
        column = source.text("column")
        rules.append(AttributeRule(attribute, column, _meanings(source, attribute)))
        source.refuse_other_keys()
    return tuple(rules)


def _meanings(source: KeyReader, attribute: str) -> tuple[tuple[str, str], ...]:
    meanings = source.table("values", optional=True)
    known = _MEANINGS.get(attribute)
    if known is None:
        return tuple((text, meanings.text(text, may_be_empty=True)) for text in sorted(meanings.content))
    pairs = tuple((text, meanings.choice(text, known)) for text in sorted(meanings.content))
    if not pairs and attribute not in _PLAIN:
        message = _('Dites ce que vaut chaque texte, par exemple « "{text}" = "{meaning}" ».')
        examples = {"sector": ("Public", "public"), "nature": ("École", "school"), "entry": ("Post-bac", "post_bac")}
        example = examples[attribute]
        source.refuse("values", message.format(text=example[0], meaning=example[1]))
    return pairs


def read_numbers(table: KeyReader, key_scheme: str) -> tuple[NumberRule, ...]:
    """The other numbers of the school, in the order of their registers; never of the register of the keys."""
    rules = []
    table.known.update(SCHEMES)
    for scheme in sorted(SCHEMES):
        if scheme not in table.content:
            continue
        source = table.table(scheme)
        rules.append(NumberRule(scheme, source.text("column"), _separator(source)))
        source.refuse_other_keys()
        if scheme == key_scheme:
            table.refuse(scheme, _("Ce répertoire est déjà celui de « key ». Retirez-le d’ici."))
    table.refuse_other_keys()
    return tuple(rules)


def _separator(table: KeyReader) -> str:
    separator = table.text("separator", default="", may_be_empty=True)
    if "separator" not in table.content or not isinstance(table.content["separator"], str):
        return ""
    if not separator.strip() or len(separator) > MAX_SEPARATOR or any(sign.isalnum() for sign in separator):
        table.refuse("separator", _("Donnez le signe qui sépare les identifiants d’une cellule, par exemple « ; »."))
        return ""
    return separator.strip()
