"""The CTI's list of 2020 against the four other files, as they are: every count below was read row by row."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from editorial.actions.matches import apply_matches
from editorial.models import AuditEvent
from editorial.open_data.datasets import DATASETS
from schools.importing import parse_mapping, read_document
from schools.known_units import known_units
from schools.matching import Alias, Identifier, Known, KnownUnit, Match, Subject, match, parse_decisions, report
from schools.matching.subjects import subjects_of
from schools.models import MatchDecision, Unit, UnitAlias, UnitIdentifier
from tests import factories as make
from tests.people import Cast

ROOT = Path(__file__).resolve().parents[3]
PERIMETER, *OTHERS = (dataset.code for dataset in DATASETS)
REGISTERS = OTHERS[:2]


@cache
def read(folder: Path, code: str) -> tuple[Subject, ...]:
    """The subjects of one of the five files."""
    dataset = next(each for each in DATASETS if each.code == code)
    document = read_document((folder / "ecoles" / dataset.file).read_bytes(), dataset.file)
    return subjects_of(code, document, parse_mapping(dataset.mapping.read_text("utf-8")))


@cache
def perimeter(folder: Path) -> Known:
    """The 204 schools, each under its number in the list."""
    return Known(
        KnownUnit(
            id=int(each.keys[0]),
            name=each.name,
            aliases=tuple(Alias(name.text) for name in each.names[1:]),
            identifiers=(Identifier("cti", each.keys[0]),),
            place=each.place,
        )
        for each in read(folder, PERIMETER)
    )


@cache
def alone(folder: Path, code: str) -> dict[str, Match]:
    """Each subject of a file, by its keys, matched to the list with neither decisions nor other files."""
    return {" ".join(found.subject.keys): found for found in match(read(folder, code), perimeter(folder), ())}


def why(found: Match) -> str:
    return found.reasons[0].code if found.reasons else ""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("etablissements-2025", {"read": 245, "sure_name": 50, "sure_alias": 10, "doubtful": 21, "unmatched": 164}),
        ("etablissements-2020", {"read": 266, "sure_name": 62, "sure_alias": 11, "doubtful": 21, "unmatched": 172}),
        ("effectifs", {"read": 120, "sure_name": 21, "sure_alias": 4, "doubtful": 10, "unmatched": 85}),
        ("parcoursup", {"read": 227, "sure_name": 10, "sure_alias": 27, "doubtful": 134, "unmatched": 56}),
    ],
)
def test_answers_of_each_file(shared_data: Path, code: str, expected: dict[str, int]) -> None:
    found = report.counts(list(alone(shared_data, code).values()))
    assert {name: count for name, count in found.items() if count} == expected


@pytest.mark.parametrize("code", OTHERS)
def test_no_two_subjects_of_a_file_are_surely_one_school(shared_data: Path, code: str) -> None:
    sure = [found.unit.id for found in alone(shared_data, code).values() if found.unit]
    assert len(sure) == len(set(sure))


@pytest.mark.parametrize("code", OTHERS)
def test_nothing_wider_nor_elsewhere_is_sure(shared_data: Path, code: str) -> None:
    for found in alone(shared_data, code).values():
        if found.unit:
            assert not found.subject.wider
            assert found.subject.place.same_academie(found.unit.place) is not False


# code, keys, what it is, school it surely is or is first proposed for, first reason
TRAPS = [
    # Universities and institutes that the list accredits under their own name, and are much more than a school.
    ("effectifs", "0673021V", "doubtful", 136, "wider"),
    ("effectifs", "9710585J", "doubtful", 39, "wider"),
    ("effectifs", "0381912X", "doubtful", 30, "wider"),
    ("effectifs", "0811293R", "doubtful", 147, "wider"),
    ("effectifs", "0912341A", "doubtful", 183, "wider"),
    # Institutes and universities whose schools have no row: nothing of theirs is a school's.
    ("effectifs", "0542493S", "unmatched", 81, ""),
    ("effectifs", "0311381H", "unmatched", 146, ""),
    ("effectifs", "0333232J", "unmatched", None, ""),
    ("effectifs", "0597139P 0590349J", "doubtful", 40, ""),
    # A number given again.
    ("effectifs", "0632033T 0632086A", "doubtful", 23, "key_twice"),
    ("effectifs", "0632033T", "unmatched", None, ""),
    ("etablissements-2020", "0632033T", "sure", 23, "alias"),
    # An asterisk, and several numbers in one cell.
    ("effectifs", "0340112M", "sure", 66, "name"),
    ("effectifs", "0597131F", "sure", 45, "name"),
    ("effectifs", "0180974L 0411068N", "sure", 108, "name"),
    ("etablissements-2025", "0180974L 0411068N", "sure", 108, "name"),
    # Schools that merged: what they were is not what they are.
    ("effectifs", "0630095L", "unmatched", None, ""),
    ("effectifs", "0921225G", "unmatched", None, ""),
    ("effectifs", "0410979S", "unmatched", None, ""),
    # Schools under another name.
    ("effectifs", "0930603A", "doubtful", 167, ""),
    ("effectifs", "0760165S", "doubtful", 102, ""),
    ("effectifs", "0133774G", "sure", 1, "alias"),
    ("etablissements-2020", "0133774G", "doubtful", 1, ""),
    # One sigle for two schools, or for a school and something else.
    ("etablissements-2025", "0573389Z", "sure", 82, "name"),
    ("etablissements-2025", "0941954N", "sure", 175, "name"),
    ("etablissements-2020", "0142182W", "doubtful", None, "homonyms"),
    ("etablissements-2025", "0772496V", "sure", 172, "name"),
    ("etablissements-2025", "0753533H", "doubtful", 91, "other_academie"),
    ("parcoursup", "0590347G", "doubtful", 50, ""),
    ("parcoursup", "0442837V", "doubtful", 50, ""),
    # Campuses of a school, under its very name or its sigle and a town.
    ("parcoursup", "0312950N", "doubtful", 178, "other_academie"),
    ("parcoursup", "0694423H", "doubtful", 179, "other_academie"),
    ("parcoursup", "0622384E", "doubtful", 204, ""),
    ("parcoursup", "0342299P", "doubtful", 195, ""),
    ("parcoursup", "0942509S", "doubtful", 196, ""),
    # Networks: one of them is not another.
    ("parcoursup", "0134014T", "sure", 2, "alias"),
    ("parcoursup", "0741510P", "sure", 37, "alias"),
    ("parcoursup", "0731386K", "doubtful", 37, ""),
    ("parcoursup", "0212108C", "unmatched", None, ""),
    ("parcoursup", "0690192J", "sure", 56, "alias"),
    ("parcoursup", "0690194L", "sure", 63, "name"),
    # Numbers with a wrong letter, under names that say the school, or almost.
    ("parcoursup", "0601223H", "doubtful", 5, ""),
    ("parcoursup", "0811293I", "unmatched", None, ""),
    ("parcoursup", "0641846J", "doubtful", 19, ""),
    # What says no school at all.
    ("parcoursup", "0331493U", "unmatched", None, ""),
    ("parcoursup", "0333269Z", "unmatched", None, ""),
]


@pytest.mark.parametrize(("code", "keys", "outcome", "school", "reason"), TRAPS)
def test_trap(shared_data: Path, code: str, keys: str, outcome: str, school: int | None, reason: str) -> None:
    matches = alone(shared_data, code)
    found = matches.get(keys) or matches[" ".join(sorted(keys.split()))]
    first = found.unit or (found.proposals[0].unit if found.proposals else None)
    assert found.outcome == outcome
    assert why(found) == reason
    if school is not None:
        assert first
        assert first.id == school


def test_order_of_a_file_changes_nothing(shared_data: Path) -> None:
    backwards = match(read(shared_data, "effectifs")[::-1], perimeter(shared_data), ())
    assert {" ".join(found.subject.keys): found for found in backwards} == alone(shared_data, "effectifs")


# With the decisions of the project, in a base


def listed(folder: Path) -> None:
    """The 204 schools as rows."""
    for each in read(folder, PERIMETER):
        unit = make.unit(each.name, with_uai=False, city=each.place.city, academie=each.place.academie)
        UnitIdentifier.objects.create(unit=unit, scheme="cti", value=each.keys[0])
        for name in each.names[1:]:
            UnitAlias.objects.get_or_create(unit=unit, key=name.key, defaults={"name": name.text})


def everything() -> list[Any]:
    models = (Unit, UnitIdentifier, UnitAlias, MatchDecision, AuditEvent)
    return [list(model.objects.order_by("pk").values_list()) for model in models]  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_decisions_leave_nothing_doubtful_and_twice_is_once(shared_data: Path, people: Cast) -> None:
    listed(shared_data)
    file = parse_decisions((ROOT / "editorial" / "open_data" / "decisions.toml").read_text("utf-8"))
    written = []
    for again in (False, True):
        for code in OTHERS:
            found = match(read(shared_data, code), known_units(), file.of(code))
            outcomes = {each.outcome for each in found}
            # Of a register, what is no school of ours is left; of the figures, every row is somebody's or left out.
            expected = {"sure", "decided", "unmatched"} if code in REGISTERS else {"sure", "decided"}
            assert outcomes - expected <= ({"doubtful"} if again else set())
            apply_matches(by=people.hugo, at=make.NOW, dataset=code, matches=found, file=file, leave_undecided=again)
        written.append(everything())
    assert written[0] == written[1]
