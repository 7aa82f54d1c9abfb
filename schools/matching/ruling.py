"""Which decisions hold for which subjects, and which of them cannot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from schools.importing.mapping_keys import MappingProblem
from schools.matching.decision_reading import rivals
from schools.matching.decisions import NAME, Decision
from schools.matching.known import Known, KnownUnit
from schools.matching.linking import Link
from schools.matching.subjects import Subject

type Identity = tuple[str, str, tuple[str, ...], str]


@dataclass(slots=True)
class Ruling:
    """The decisions that hold, by subject, in the order of the file; `problems`: those that cannot stand."""

    decided: dict[Identity, tuple[Decision, ...]] = field(default_factory=dict)
    units: dict[str, KnownUnit] = field(default_factory=dict)
    problems: list[MappingProblem] = field(default_factory=list)

    def open_years(self, subject: Subject) -> tuple[int, ...]:
        """The years of the subject of which no decision speaks."""
        decided = self.decided.get(subject.identity, ())
        return tuple(year for year in subject.years if not any(_speaks(each, subject, year) for each in decided))

    def unit_of(self, decided: Sequence[Decision]) -> KnownUnit | None:
        """The school these decisions name: those that count first; None when they name none, or two."""
        for chosen in ([each for each in decided if each.counts], list(decided)):
            units = {unit.id: unit for each in chosen if each.unit and (unit := self.units.get(str(each.unit)))}
            if len(units) == 1:
                return next(iter(units.values()))
        return None

    def same_as(self, subject: Subject) -> tuple[KnownUnit, ...]:
        """The school this subject was decided to be, and not one of its sites."""
        decided = self.decided.get(subject.identity, ())
        return tuple(self.units[str(each.unit)] for each in decided if each.verdict == "same" and each.unit)


def rule(
    subjects: Sequence[Subject], known: Known, decisions: Sequence[Decision], links: Mapping[Identity, Link]
) -> Ruling:
    """The decisions about the sources of these subjects; the others are not looked at."""
    datasets = {subject.dataset for subject in subjects}
    speaking = [decision for decision in decisions if decision.dataset in datasets]
    ruling = Ruling(problems=rivals(speaking))
    by_value = _by_value(subjects)
    for decision in speaking:
        _find_unit(decision, known, ruling)
        for shown, lookup in zip(decision.values, decision.lookups, strict=True):
            _apply(decision, shown, by_value.get((decision.dataset, decision.scheme, lookup), []), ruling)
    for subject in subjects:
        _refuse_contradictions(subject, ruling)
        _refuse_against_identifier(subject, links[subject.identity], ruling)
    return ruling


def _by_value(subjects: Sequence[Subject]) -> dict[tuple[str, str, str], list[Subject]]:
    found: dict[tuple[str, str, str], list[Subject]] = {}
    for subject in subjects:
        for key in subject.keys:
            found.setdefault((subject.dataset, subject.scheme, key), []).append(subject)
        for name in subject.names:
            found.setdefault((subject.dataset, NAME, name.key), []).append(subject)
    return found


def _find_unit(decision: Decision, known: Known, ruling: Ruling) -> None:
    if decision.unit is None or str(decision.unit) in ruling.units:
        return
    units = known.holders(decision.unit.scheme, decision.unit.value)
    if len(units) == 1:
        ruling.units[str(decision.unit)] = units[0]
        return
    sentence = (
        _("« {unit} » désigne plusieurs écoles. Prenez un identifiant qui n’en désigne qu’une.")
        if units
        else _("Aucune école n’a l’identifiant « {unit} ». Corrigez-le.")
    )
    ruling.problems.append(MappingProblem(f"{decision.path}.unit", sentence.format(unit=decision.unit)))


def _apply(decision: Decision, shown: str, subjects: Sequence[Subject], ruling: Ruling) -> None:
    path = f"{decision.path}.{decision.key_name}"
    if not subjects:
        message = _("« {value} » n’est pas dans « {dataset} ». Retirez-le ou corrigez-le.")
        ruling.problems.append(MappingProblem(path, message.format(value=shown, dataset=decision.dataset)))
        return
    spoken = [s for s in subjects if any(_speaks(decision, s, year) for year in s.years)]
    if not spoken:
        message = _("« {value} » n’est pas dans « {dataset} » pour ces années. Corrigez « from » ou « until ».")
        ruling.problems.append(MappingProblem(path, message.format(value=shown, dataset=decision.dataset)))
    for subject in spoken:
        held = ruling.decided.get(subject.identity, ())
        if decision not in held:
            ruling.decided[subject.identity] = (*held, decision)


def _speaks(decision: Decision, subject: Subject, year: int) -> bool:
    """Whether the decision is about this year of the subject. A register has no rows a year: a date there only says
    how long the number is good for.
    """
    return subject.register or decision.covers(year)


def _refuse_contradictions(subject: Subject, ruling: Ruling) -> None:
    """Two keys of one cell are one subject: what is said of them in one year is one thing."""
    decided = ruling.decided.get(subject.identity, ())
    for index, decision in enumerate(decided):
        for other in decided[:index]:
            if other.meets(decision) and other.says() != decision.says():
                message = _("Pour « {name} », cette entrée contredit {other}. Corrigez l’une des deux.")
                path = f"{decision.path}.verdict"
                ruling.problems.append(MappingProblem(path, message.format(name=subject.name, other=other.path)))


def _refuse_against_identifier(subject: Subject, link: Link, ruling: Ruling) -> None:
    if not link.is_sure or link.unit is None or link.by != "identifier":
        return
    for decision in ruling.decided.get(subject.identity, ()):
        unit = ruling.units.get(str(decision.unit)) if decision.unit else None
        agrees = decision.counts and unit is not None and unit.id == link.unit.id
        if not agrees and not decision.despite_identifier:
            message = _(
                "L’identifiant de « {name} » est celui de {unit}. "
                "Si c’est voulu, ajoutez « despite_identifier = true »."
            )
            path = f"{decision.path}.{decision.key_name}"
            ruling.problems.append(MappingProblem(path, message.format(name=subject.name, unit=link.unit.label)))
