"""From the text of a checks file to checks, or to everything wrong with it."""

import tomllib
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

import schools
from schools.anomalies.checks import (
    FORMAT,
    SEVERITIES,
    Checks,
    ComponentCheck,
    ConstantCheck,
    JumpCheck,
    ScaleCheck,
    ShareCheck,
    SumCheck,
)
from schools.importing.limits import MAX_MAPPING_TEXT
from schools.importing.mapping_keys import KeyReader, MappingProblem, MappingRefused

FOLDER = Path(schools.__file__).parent / "mappings"
SUFFIX = ".checks.toml"
_MOST = Decimal(10) ** 9


def checks_for(title: str) -> Checks | None:
    """The checks of the project's own files that go with the mapping of this title; None when there is none."""
    for path in sorted(FOLDER.rglob(f"*{SUFFIX}")):
        checks = parse_checks(path.read_text(encoding="utf-8"))
        if checks.mapping == title:
            return checks
    return None


def parse_checks(text: str) -> Checks:
    """The checks that this TOML text writes. Raises MappingRefused with every problem and the path of its key."""
    problems: list[MappingProblem] = []
    table = KeyReader("", _toml(text), problems)
    table.number("format", least=FORMAT, most=FORMAT)
    checks = Checks(
        title=table.text("title"),
        mapping=table.text("mapping"),
        year=table.text("year", default="", may_be_empty=True),
        name=table.text("name", default="", may_be_empty=True),
        keys=table.texts("keys", optional=True),
        duplicates_but_one=table.flag("duplicates_but_one"),
        shares=tuple(_share(each) for each in table.tables("share", optional=True)),
        sums=tuple(_sum(each) for each in table.tables("sum", optional=True)),
        jumps=tuple(_jump(each) for each in table.tables("jump", optional=True)),
        constants=tuple(_constant(each) for each in table.tables("constant", optional=True)),
        scales=tuple(_scale(each) for each in table.tables("scale", optional=True)),
        components=tuple(_component(each) for each in table.tables("component", optional=True)),
    )
    table.refuse_other_keys()
    if (checks.jumps or checks.components) and not checks.year:
        table.refuse("year", _("Dites la colonne de l’année : des contrôles vont d’une année à l’autre."))
    if problems:
        raise MappingRefused(tuple(problems))
    return checks


def _toml(text: str) -> dict[str, object]:
    if len(text) > MAX_MAPPING_TEXT:
        raise MappingRefused((MappingProblem("", _("Le texte est trop long. Vérifiez que ce sont des contrôles.")),))
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        message = _("Ce n’est pas du TOML valide ({detail}). Corrigez à l’endroit indiqué.").format(detail=error)
        raise MappingRefused((MappingProblem("", message),)) from error


def _share(table: KeyReader) -> ShareCheck:
    check = ShareCheck(
        share=table.text("share"),
        whole=table.texts("whole"),
        part=table.texts("part", optional=True),
        scale=_positive(table, "scale"),
        at_most=table.flag("at_most"),
        part_may_exceed=table.flag("part_may_exceed"),
        severity=_severity(table),
    )
    if check.part and check.at_most:
        table.refuse("at_most", _("Une partie est donnée : elle dit le nombre exact, « at_most » n’a pas de sens."))
    if check.part_may_exceed and not check.part:
        table.refuse("part_may_exceed", _("Cette clé n’a de sens qu’avec « part »."))
    table.refuse_other_keys()
    return check


def _sum(table: KeyReader) -> SumCheck:
    check = SumCheck(
        parts=table.texts("parts"),
        whole=table.text("whole", default="", may_be_empty=True),
        whole_is=_positive(table, "whole_is", Decimal(0)),
        most_percent=_positive(table, "most_percent", Decimal(0)),
        severity=_severity(table),
    )
    if bool(check.whole) == bool(check.whole_is):
        table.refuse("whole", _("Dites le tout par une colonne, « whole », ou par un nombre, « whole_is »."))
    table.refuse_other_keys()
    return check


def _jump(table: KeyReader) -> JumpCheck:
    check = JumpCheck(
        table.text("column"), _positive(table, "times", None), _positive(table, "least", None), _severity(table)
    )
    if check.times <= 1:
        table.refuse("times", _("Donnez un rapport plus grand que 1."))
    table.refuse_other_keys()
    return check


def _constant(table: KeyReader) -> ConstantCheck:
    check = ConstantCheck(
        columns=table.texts("columns"),
        base=table.text("base", default="", may_be_empty=True),
        scale=_positive(table, "scale"),
        least=table.number("least", default=10, least=2, most=100_000),
        severity=_severity(table),
    )
    table.refuse_other_keys()
    return check


def _scale(table: KeyReader) -> ScaleCheck:
    check = ScaleCheck(table.texts("columns"))
    table.refuse_other_keys()
    return check


def _component(table: KeyReader) -> ComponentCheck:
    check = ComponentCheck(
        name=table.text("name"),
        mark=table.text("mark"),
        kind=table.text("kind"),
        wider=table.texts("wider"),
        place=table.text("place"),
        counts=table.texts("counts"),
    )
    table.refuse_other_keys()
    return check


def _severity(table: KeyReader) -> str:
    return table.choice("severity", SEVERITIES, default="blocking")


def _positive(table: KeyReader, name: str, default: Decimal | None = Decimal(1)) -> Decimal:
    """A number above zero, or the default when it is not given; it must be given when there is no default."""
    if name not in table.content and default is not None:
        table.known.add(name)
        return default
    if name not in table.content:
        table.text(name)  # says that the key is missing
        return Decimal(2)
    found = table.decimal(name, Decimal(2))
    if name == "scale" and found not in {Decimal(1), Decimal(100)}:
        table.refuse(name, _("Donnez 1 pour des fractions, 100 pour des pourcentages."))
        return Decimal(1)
    if not 0 <= found <= _MOST:
        table.refuse(name, _("Donnez un nombre positif, d’un milliard au plus."))
        return Decimal(2)
    return Decimal(f"{found.normalize():f}")
