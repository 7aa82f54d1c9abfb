"""Files of printed places: ranks as people print them, ties, points, schools by number or name; every fault by cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.importing import FoundUnit, PlaceColumns, PlacesRead, parse_rank, read_document, read_places
from tests.schools.importing.building import LAC, MONT, PORT, simple_workbook

UNITS = {
    LAC: FoundUnit(1, "École du Lac", frozenset({"ecole du lac", "edl"})),
    MONT: FoundUnit(2, "École du Mont", frozenset({"ecole du mont"})),
    PORT: FoundUnit(3, "École du Port", frozenset({"ecole du port"})),
}


def find(key: str, name: str) -> tuple[FoundUnit, ...]:
    if key in UNITS:
        return (UNITS[key],)
    if name == "École":
        return tuple(UNITS.values())
    return tuple(unit for unit in UNITS.values() if unit.name == name or (name, unit.id) == ("EDL", 1))


def read(*lines: str, ranked_count: int = 63, **columns: str) -> PlacesRead:
    document = read_document("\n".join([*lines, ""]).encode(), "imprime.csv")
    return read_places(document, PlaceColumns(**columns), find, ranked_count=ranked_count)


def faults(found: PlacesRead) -> list[tuple[str, str]]:
    assert found.places == ()
    assert all(problem.message for problem in found.problems)
    return [(problem.code, problem.cell) for problem in found.refused]


@pytest.mark.parametrize(
    ("text", "rank", "tied"),
    [
        ("1", 1, False), ("1er", 1, False), ("1re", 1, False), ("1ère", 1, False), ("2e", 2, False), ("2ème", 2, False),
        ("16e ex aequo", 16, True), ("16e ex æquo", 16, True), ("16ᵉ ex-aequo", 16, True), ("16 EX AEQUO", 16, True),
        ("16\u00a0e (ex\u202faequo)", 16, True), ("=7", 7, True), ("7=", 7, True), ("3rd", 3, False),
        (" 52 ", 52, False),
    ],
)  # fmt: skip
def test_a_rank_is_read_as_it_is_printed(text: str, rank: int, tied: bool) -> None:
    assert parse_rank(text) == (rank, tied)


@pytest.mark.parametrize(
    "text", ["", "0", "-1", "21-30", "21e à 30e", "1,5", "1.0", "premier", "nc", "16e bis", "99999", "١"]
)
def test_what_is_no_rank_is_not_guessed(text: str) -> None:
    assert parse_rank(text) is None


@given(
    st.integers(1, 9999), st.sampled_from(["", "e", " e", "ème"]), st.sampled_from(["", " ex aequo", " =", " EX ÆQUO"])
)
def test_any_rank_is_read_back(rank: int, letters: str, shared: str) -> None:
    assert parse_rank(f"{rank}{letters}{shared}") == (rank, bool(shared))


def test_places_are_read_with_their_cells() -> None:
    found = read(
        "Rang;École;Points",
        "1re;École du Port;43,50",
        "2e ex aequo;EDL;",
        "2e ex aequo;École du Mont;0",
        points="Points",
    )
    assert found.problems == ()
    assert [(place.unit, place.rank, place.tied, place.points) for place in found.places] == [
        (3, 1, False, "43.50"),
        (1, 2, True, ""),
        (2, 2, True, "0"),
    ]
    assert [(cell.cell, cell.column, cell.text, cell.role) for cell in found.places[0].cells] == [
        ("A2", "Rang", "1re", "rank"),
        ("B2", "École", "École du Port", "attribute"),
        ("C2", "Points", "43,50", "points"),
    ]


def test_a_workbook_is_read_like_a_text() -> None:
    content = simple_workbook(
        ("UAI", "Rang", "Ex aequo"), (LAC, 1, "oui"), (MONT, 1, "x"), (PORT, 3, None), title="2018"
    )
    columns = PlaceColumns(key="UAI", name="", tied="Ex aequo", sheet="2018")
    found = read_places(read_document(content, "imprime.xlsx"), columns, find, ranked_count=3)
    assert [(place.unit, place.rank, place.tied) for place in found.places] == [
        (1, 1, True),
        (2, 1, True),
        (3, 3, False),
    ]
    assert [(cell.sheet, cell.cell) for cell in found.places[2].cells] == [("2018", "A4"), ("2018", "B4")]


def test_ties_that_the_file_does_not_mark_are_those_of_equal_ranks() -> None:
    found = read("Rang;École", "1;EDL", "1;École du Mont", "3;École du Port")
    assert [place.tied for place in found.places] == [True, True, False]


def test_ties_that_the_file_marks_are_as_printed_even_when_they_contradict_the_ranks() -> None:
    found = read("Rang;École", "1 ex aequo;EDL", "1;École du Mont", "3;École du Port")
    assert [place.tied for place in found.places] == [True, False, False]


def test_every_fault_is_told_by_its_cell_and_one_leaves_no_place() -> None:
    found = read(
        "UAI;École;Rang;Ex aequo;Note",
        f"{LAC};;premier;non;40",
        f"{MONT};;64;non;40",
        ";École inconnue;3;non;40",
        ";École;3;non;40",
        f"{PORT};;3;peut-être;40",
        "0062197;;3;non;40",
        ";;3;non;40",
        f"{PORT};;3 ex aequo;non;40",
        f"{LAC};;3;non;-4",
        f"{MONT};;3;non;4*",
        key="UAI",
        tied="Ex aequo",
        points="Note",
    )
    assert faults(found) == [
        ("rank_not_one", "C2"),
        ("rank_beyond", "C3"),
        ("place_unknown_school", "B4"),
        ("place_of_several_schools", "B5"),
        ("tie_unknown_text", "D6"),
        ("key_malformed_uai", "A7"),
        ("key_empty", "B8"),
        ("place_school_twice", "A9"),
        ("tie_contradicts_rank", "D9"),
        ("place_school_twice", "A10"),
        ("points_not_possible", "E10"),
        ("place_school_twice", "A11"),
        ("number_marked", "E11"),
    ]


def test_a_number_that_is_not_the_named_schools_is_to_be_confirmed() -> None:
    found = read("UAI;École;Rang", f"{LAC};École du Mont;1", f"{MONT};École du Mont;2", key="UAI")
    assert [place.unit for place in found.places] == [1, 2]
    assert [(problem.code, problem.cell, problem.severity) for problem in found.problems] == [
        ("place_name_differs", "A2", "suspicious")
    ]


def test_an_unknown_number_leaves_the_name_to_say() -> None:
    found = read("UAI;École;Rang", "0590349J;École du Mont;1", key="UAI")
    assert [(place.unit, place.rank) for place in found.places] == [(2, 1)]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["Rang;Nom", "1;EDL"], "column_missing"),
        (["Rang;École;École", "1;EDL;EDL"], "column_twice"),
        (["Rang;École", "1;EDL;trop"], "row_too_long"),
        (["Rang;École", "1;E\u200bDL"], "text_invisible_sign"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(lines: list[str], code: str) -> None:
    assert code in [code for code, _cell in faults(read(*lines))]
