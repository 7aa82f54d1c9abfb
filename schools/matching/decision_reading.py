"""From the text of a file of decisions to the decisions, or to everything wrong with it."""

import re
import tomllib
from collections.abc import Sequence

from django.utils.translation import gettext as _

from schools.importing.keys import SCHEMES
from schools.importing.limits import MAX_MAPPING_TEXT
from schools.importing.mapping_keys import KeyReader, MappingProblem
from schools.matching.decisions import (
    FORMAT,
    NAME,
    VERDICTS,
    WITHOUT_UNIT,
    Decision,
    DecisionFile,
    DecisionsRefused,
    UnitRef,
)

_DATASET = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_YEARS = {"least": 1900, "most": 2100}


def parse_decisions(text: str) -> DecisionFile:
    """The decisions this TOML text writes. Raises DecisionsRefused with every problem, by entry and key."""
    problems: list[MappingProblem] = []
    table = KeyReader("", _toml(text), problems)
    table.number("format", least=FORMAT, most=FORMAT)
    file = DecisionFile(
        title=table.text("title"),
        decided_by=table.text("decided_by"),
        decisions=tuple(_decision(each) for each in table.tables("decision")),
    )
    table.refuse_other_keys()
    problems += rivals(file.decisions)
    if problems:
        raise DecisionsRefused(tuple(problems))
    return file


def rivals(decisions: Sequence[Decision]) -> list[MappingProblem]:
    """The keys and names said twice for one year, each told at the later entry, which names the earlier."""
    problems: list[MappingProblem] = []
    seen: dict[tuple[str, str, str], list[Decision]] = {}
    for decision in decisions:
        for shown, lookup in zip(decision.values, decision.lookups, strict=True):
            earlier = seen.setdefault((decision.dataset, decision.scheme, lookup), [])
            other = next((each for each in earlier if each.meets(decision)), None)
            if other:
                sentence = (
                    _("« {value} » est déjà décidé de même dans {other}. Gardez une seule entrée.")
                    if other.says() == decision.says()
                    else _("« {value} » est déjà décidé autrement dans {other}. Corrigez l’une des deux, ou datez-les.")
                )
                message = sentence.format(value=shown, other=other.path)
                problems.append(MappingProblem(f"{decision.path}.{decision.key_name}", message))
            earlier.append(decision)
    return problems


def _toml(text: str) -> dict[str, object]:
    if len(text) > MAX_MAPPING_TEXT:
        message = _("Le texte est trop long. Vérifiez que c’est bien un fichier de décisions.")
        raise DecisionsRefused((MappingProblem("", message),))
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        message = _("Ce n’est pas du TOML valide ({detail}). Corrigez à l’endroit indiqué.").format(detail=error)
        raise DecisionsRefused((MappingProblem("", message),)) from error


def _decision(table: KeyReader) -> Decision:
    scheme = table.choice("scheme", (*SCHEMES, NAME))
    verdict = table.choice("verdict", VERDICTS)
    first, last = _year(table, "from"), _year(table, "until")
    if first is not None and last is not None and first > last:
        table.refuse("until", _("L’année de fin vient avant celle du début. Corrigez l’une des deux."))
    decision = Decision(
        dataset=_dataset(table),
        scheme=scheme,
        values=_values(table, scheme),
        verdict=verdict,
        unit=None if verdict in WITHOUT_UNIT else _unit(table),
        reason=table.text("reason").strip(),
        first_year=first,
        last_year=last,
        despite_identifier=table.flag("despite_identifier"),
        path=table.path,
    )
    if verdict in WITHOUT_UNIT and "unit" in table.content:
        table.refuse("unit", _("« {verdict} » ne désigne aucune école. Retirez cette clé.").format(verdict=verdict))
    table.known.add("unit")
    table.refuse_other_keys()
    return decision


def _dataset(table: KeyReader) -> str:
    dataset = table.text("dataset")
    if dataset and not _DATASET.fullmatch(dataset):
        table.refuse("dataset", _("Un jeu de données s’écrit en minuscules sans accent, chiffres et tirets."))
    return dataset


def _values(table: KeyReader, scheme: str) -> tuple[str, ...]:
    wanted, other = ("names", "keys") if scheme == NAME else ("keys", "names")
    if other in table.content:
        table.known.add(other)
        message = _("Avec « scheme = {scheme} », écrivez « {wanted} ».").format(scheme=f'"{scheme}"', wanted=wanted)
        table.refuse(other, message)
        if wanted not in table.content:
            table.known.add(wanted)
            return ()
    values = tuple(value.strip() for value in table.texts(wanted))
    if any(not value for value in values):
        table.refuse(wanted, _("Un identifiant ou un nom de la liste est vide."))
    return tuple(value.upper() for value in values) if scheme == "uai" else values


def _unit(table: KeyReader) -> UnitRef | None:
    text = table.text("unit")
    scheme, colon, value = text.partition(":")
    if text and (not colon or scheme not in SCHEMES or not value.strip()):
        table.refuse("unit", _("Désignez l’école par un identifiant qu’elle a déjà, par exemple « cti:204 »."))
        return None
    return UnitRef(scheme, value.strip()) if text else None


def _year(table: KeyReader, name: str) -> int | None:
    if name not in table.content:
        table.known.add(name)
        return None
    return table.number(name, **_YEARS)
