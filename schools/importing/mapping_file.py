"""From the text of a mapping file to a mapping, or to everything wrong with it."""

import re
import tomllib
from decimal import Decimal

from django.utils.translation import gettext as _

from schools.importing.limits import MAX_MAPPING_TEXT
from schools.importing.mapping import ABSENCES, FORMAT, PURPOSES, Absence, Mapping
from schools.importing.mapping_keys import KeyReader, MappingProblem, MappingRefused
from schools.importing.mapping_schools import read_attributes, read_key, read_numbers
from schools.importing.mapping_values import read_keep, read_value

_DATASET = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MAX_DATASET = 60


def parse_mapping(text: str) -> Mapping:
    """The mapping that this TOML text writes. Raises MappingRefused with every problem and the path of its key."""
    problems: list[MappingProblem] = []
    table = KeyReader("", _toml(text), problems)
    table.number("format", least=FORMAT, most=FORMAT)
    purpose = table.choice("purpose", PURPOSES, default=PURPOSES[0])
    year, year_column = _year(table)
    key = read_key(table.table("key"))
    unit = table.table("unit", optional=True)
    mapping = Mapping(
        purpose=purpose,
        dataset=_dataset(table),
        title=table.text("title"),
        sheet=table.text("sheet", default="", may_be_empty=True),
        header_row=table.number("header_row", default=1, least=1, most=100),
        reference_year=year,
        year_column=year_column,
        key=key,
        unit=read_attributes(unit),
        other_names=unit.texts("other_names", optional=True),
        names_from=unit.day("names_from"),
        names_to=unit.day("names_to"),
        numbers=read_numbers(unit.table("numbers", optional=True), key.scheme),
        absences=_absences(table.table("absences", optional=True)),
        keep=tuple(read_keep(each) for each in table.tables("keep", optional=True)),
        values=tuple(read_value(each) for each in table.tables("value", optional=purpose == "register")),
    )
    unit.refuse_other_keys()
    table.refuse_other_keys()
    _refuse_otherwise(table, mapping)
    _refuse_contradictions(table, unit, mapping)
    if problems:
        raise MappingRefused(tuple(problems))
    return mapping


def _refuse_otherwise(table: KeyReader, mapping: Mapping) -> None:
    """Figures are never found by a second number: two registers might not mean the same school by it."""
    key = mapping.key
    if not key.otherwise:
        return
    if mapping.purpose != "register" or key.scheme != "uai":
        table.refuse("key", _("« otherwise » ne vaut que pour un répertoire (register) dont les clés sont des UAI."))
    elif key.otherwise not in {number.scheme for number in mapping.numbers}:
        message = _("« otherwise » nomme un autre identifiant de [unit.numbers] : « {scheme} » n’y est pas.")
        table.refuse("key", message.format(scheme=key.otherwise))


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


def _year(table: KeyReader) -> tuple[int | None, str]:
    """The year of every row, or the column that says each row's."""
    if not table.holds_table("reference_year"):
        return table.number("reference_year", least=1900, most=2100), ""
    source = table.table("reference_year")
    column = source.text("column")
    source.refuse_other_keys()
    return None, column


def _dataset(table: KeyReader) -> str:
    slug = table.text("dataset", default="", may_be_empty=True)
    if slug and (len(slug) > _MAX_DATASET or not _DATASET.fullmatch(slug)):
        table.refuse("dataset", _("Donnez un nom court en minuscules sans accent, chiffres et tirets."))
        return ""
    return slug


def _absences(table: KeyReader) -> tuple[tuple[str, Absence], ...]:
    found: dict[str, Absence] = {}
    for token in sorted(table.content):
        kind = table.choice(token, ABSENCES)
        folded = token.strip().casefold()
        if folded in found:
            table.refuse(token, _("Cette marque est donnée deux fois, aux majuscules près. Gardez-en une."))
        found[folded] = kind
    return tuple(sorted(found.items()))


def _refuse_contradictions(table: KeyReader, unit: KeyReader, mapping: Mapping) -> None:
    seen: set[str] = set()
    for index, rule in enumerate(mapping.values):
        if rule.indicator in seen:
            message = _("L’indicateur « {code} » est déjà donné plus haut. Gardez-en un.").format(code=rule.indicator)
            table.problems.append(MappingProblem(f"value[{index}].indicator", message))
        seen.add(rule.indicator)
    if mapping.purpose == "register" and mapping.values:
        table.refuse("value", _("Un répertoire ne donne pas de valeurs. Retirez [[value]], ou « purpose »."))
    if mapping.names_from and mapping.names_to and mapping.names_to < mapping.names_from:
        unit.refuse("names_to", _("Cette date précède « names_from ». Corrigez l’une des deux."))
