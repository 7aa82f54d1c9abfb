"""What a file says of the schools: several numbers, several names over the years; and registers, that say no more."""

from datetime import date

import pytest

from schools.importing import FileRefused, NameRead, UnitRecord, extract, parse_mapping, read_document, subjects
from tests.schools.importing.building import HEAD, LAC, MONT, PORT, RULES, SHARE, extracted

REGISTER = HEAD.replace("format = 1\n", 'format = 1\npurpose = "register"\n')
SEPARATED = HEAD.replace('column = "UAI"', 'column = "UAI", separator = ";"')
YEARLY = HEAD.replace("reference_year = 2025", 'reference_year = { column = "Rentrée" }')
UNIT = '[unit]\nname = { column = "Nom" }\n'


def lines(headers: str, *rows: tuple[object, ...]) -> str:
    """The text of a CSV file."""
    return "\n".join([headers, *(";".join(map(str, row)) for row in rows)]) + "\n"


def schools(table: str, mapping: str) -> tuple[UnitRecord, ...]:
    return subjects(read_document(table.encode(), "essai.csv"), parse_mapping(mapping))


def test_a_register_is_read_for_its_schools_alone() -> None:
    table = (
        f"UAI;Nom;Sigle;Type;ROR\n{LAC};École du Lac;EDL;École;https://ror.org/0abcde123\n{PORT};Le Port;;Université;\n"
    )
    mapping = (
        REGISTER
        + '[absences]\n"" = "missing"\n'
        + UNIT
        + 'other_names = ["Sigle"]\n'
        + 'nature = { column = "Type", values = { "École" = "school", "Université" = "wider" } }\n'
        + '[unit.numbers]\nror = { column = "ROR" }\n'
    )
    lake, port = schools(table, mapping)
    assert (lake.keys, lake.key, lake.years) == ((LAC,), LAC, (2025,))
    assert lake.names == (NameRead("École du Lac", 2025, 2025),)
    assert lake.other_names == (NameRead("EDL", 2025, 2025),)
    assert lake.numbers == {"ror": ("0abcde123",)}
    assert (lake.attributes["nature"], port.attributes["nature"]) == ("school", "wider")
    assert (port.other_names, port.numbers) == ((), {})
    found = extracted(table, mapping)
    assert (found.units, found.values, found.problems) == ((lake, port), (), ())


def test_a_row_of_a_register_without_usable_key_is_named_by_the_other_number_it_says() -> None:
    mapping = (
        REGISTER.replace('column = "UAI"', 'column = "UAI", otherwise = "paysage"')
        + '[absences]\n"" = "missing"\n'
        + UNIT
        + '[unit.numbers]\npaysage = { column = "Interne" }\n'
    )
    table = f"UAI;Nom;Interne\n{LAC};Lac;jHA81\n;Groupe du Mont;cZd69\n059YNCRE;Port;73Oaz\n;Sans numéro;\n"
    found = extracted(table, mapping)
    assert [(unit.scheme, unit.keys, unit.attributes["name"]) for unit in found.units] == [
        ("uai", (LAC,), "Lac"),
        ("paysage", ("73Oaz",), "Port"),
        ("paysage", ("cZd69",), "Groupe du Mont"),
    ]
    assert [(problem.code, problem.cell) for problem in found.problems] == [("key_empty", "A5")]
    parsed = parse_mapping(mapping)
    assert parse_mapping(parsed.canonical_text) == parsed


ENTRY = (
    'entry = { column = "Recrutement", values = { "Post-bac" = "post_bac", "Post-prépa" = "post_prepa", "?" = "" } }\n'
)


def test_entry_and_duration_of_a_school_are_read() -> None:
    mapping = REGISTER + '[absences]\n"" = "missing"\n' + UNIT + ENTRY + 'duration_years = { column = "Durée" }\n'
    table = f"UAI;Nom;Recrutement;Durée\n{LAC};Lac;Post-prépa;3\n{PORT};Port;?;\n{MONT};Mont;Post-bac;5\n"
    found = extracted(table, mapping)
    assert found.problems == ()
    assert {
        unit.key: (unit.attributes.get("entry"), unit.attributes.get("duration_years")) for unit in found.units
    } == {
        LAC: ("post_prepa", "3"),
        PORT: (None, None),
        MONT: ("post_bac", "5"),
    }


@pytest.mark.parametrize("written", ["9", "0", "5 ans", "3.5", "-3", "55"])
def test_duration_that_is_no_number_of_years_is_refused_by_cell(written: str) -> None:
    mapping = REGISTER + UNIT + 'duration_years = { column = "Durée" }\n'
    (problem,) = extracted(f"UAI;Nom;Durée\n{LAC};Lac;{written}\n", mapping).problems
    assert (problem.code, problem.cell, problem.read) == ("attribute_not_years", "C2", written)


def test_duration_in_words_has_a_meaning_in_years() -> None:
    meant = 'duration_years = { column = "Durée", values = { "cinq ans" = "5", "variable" = "" } }\n'
    table = f"UAI;Nom;Durée\n{LAC};Lac;cinq ans\n{PORT};Port;variable\n"
    found = extracted(table, REGISTER + UNIT + meant)
    assert found.problems == ()
    assert [unit.attributes.get("duration_years") for unit in found.units] == ["5", None]


def test_a_number_of_a_school_that_is_none_is_refused_by_cell() -> None:
    mapping = REGISTER + '[unit.numbers]\nror = { column = "ROR", separator = "|" }\n'
    (problem,) = extracted(f"UAI;ROR\n{LAC};0abcde123|ror?|0abcde123\n", mapping).problems
    assert (problem.code, problem.cell, problem.read) == ("key_malformed_other", "B2", "ror?")
    (lake,) = schools(f"UAI;ROR\n{LAC};0abcde123|ror?|0abcde123\n", mapping)
    assert lake.numbers == {"ror": ("0abcde123",)}


def test_a_cell_that_hides_a_sign_gives_neither_name_nor_number() -> None:
    mapping = REGISTER + 'unit = { other_names = ["Sigle"], numbers = { ror = { column = "ROR" } } }\n'
    table = f"UAI;Sigle;ROR\n{LAC};E\u200bDL;0ab\u200bcde123\n"
    assert [(problem.code, problem.cell) for problem in extracted(table, mapping).problems] == [
        ("text_invisible_sign", "B2"),
        ("text_invisible_sign", "C2"),
    ]
    (lake,) = schools(table, mapping)
    assert (lake.other_names, lake.numbers) == ((), {})


def test_subjects_of_a_table_that_is_not_there_are_refused() -> None:
    with pytest.raises(FileRefused) as error:
        schools(f"UAI;Nom\n{LAC};Lac\n", REGISTER + UNIT.replace("Nom", "Libellé"))
    assert [problem.code for problem in error.value.problems] == ["column_missing"]


def test_several_numbers_in_a_cell_are_one_school_whatever_their_order() -> None:
    table = f"UAI,Part\n{MONT} ; {LAC},1\n{LAC};{MONT};,2\n{PORT},3\n"
    found = extracted(table, SEPARATED + SHARE + 'aggregate = "sum"\n')
    assert [unit.keys for unit in found.units] == [(LAC, MONT), (PORT,)]
    assert [(value.key, value.keys, value.value) for value in found.values] == [
        (f"{LAC}, {MONT}", (LAC, MONT), 3),
        (PORT, (PORT,), 3),
    ]


def test_one_bad_number_of_several_refuses_the_row_and_is_named() -> None:
    found = extracted(f"UAI,Part\n{LAC};123,1\n;,2\n{PORT},3\n", SEPARATED + SHARE)
    assert [(problem.code, problem.cell, problem.read) for problem in found.problems] == [
        ("key_malformed_uai", "A2", "123"),
        ("key_empty", "A3", ";"),
    ]
    assert (found.rows_refused, [value.key for value in found.values]) == (2, [PORT])


def test_numbers_of_the_list_of_the_cti_are_digits() -> None:
    mapping = HEAD.replace('"uai"', '"cti"') + SHARE
    found = extracted("UAI;Part\n12;5\n012;6\nA1;7\n", mapping)
    assert [unit.key for unit in found.units] == ["12"]
    assert [problem.code for problem in found.problems] == ["key_malformed_other"] * 2


def test_each_row_may_say_its_year() -> None:
    rows = [(LAC, 2019, "Le Lac", 1), (LAC, 2021, "École du Lac", 3), (LAC, 2020, "Le Lac", 2), (PORT, 2021, "Port", 4)]
    table = lines("UAI;Rentrée;Nom;Part", *rows)
    found = extracted(table, YEARLY + UNIT + SHARE)
    assert not found.problems
    assert [(value.key, value.year, value.value) for value in found.values] == [
        (LAC, 2019, 1),
        (LAC, 2020, 2),
        (LAC, 2021, 3),
        (PORT, 2021, 4),
    ]
    lake = found.units[0]
    assert (lake.years, lake.attributes["name"]) == ((2019, 2020, 2021), "École du Lac")
    assert lake.names == (NameRead("Le Lac", 2019, 2020), NameRead("École du Lac", 2021, 2021))


def test_names_that_differ_within_one_year_contradict_each_other() -> None:
    table = f"UAI;Rentrée;Nom;Part\n{LAC};2020;Le Lac;1\n{LAC};2021;École du Lac;3\n{LAC};2021;Lac;2\n"
    found = extracted(table, YEARLY + UNIT + SHARE + 'aggregate = "sum"\n')
    assert [(problem.code, problem.cell) for problem in found.problems] == [("attribute_conflict", "C4")]
    assert [name.text for name in found.units[0].names] == ["Le Lac", "Lac", "École du Lac"]


@pytest.mark.parametrize("year", ["", "20", "2021,5", "vingt", "1889", "3021"])
def test_a_row_without_a_year_takes_all_values_of_its_school_away(year: str) -> None:
    table = f"UAI;Rentrée;Part\n{LAC};2020;1\n{LAC};{year};2\n{PORT};2020;3\n"
    found = extracted(table, YEARLY + SHARE)
    assert [(problem.code, problem.cell) for problem in found.problems] == [("year_not_one", "B3")]
    assert ([value.key for value in found.values], found.rows_refused) == ([PORT], 1)


def test_a_refused_row_takes_the_values_of_its_year_alone() -> None:
    table = f"UAI;Rentrée;Part\n{LAC};2020;1\n{LAC};2021\n{LAC};2021;5\n"
    found = extracted(table, YEARLY + SHARE)
    assert [problem.code for problem in found.problems] == ["row_too_short"]
    assert [value.year for value in found.values] == [2020]


def test_rows_are_put_together_as_the_grouping_says() -> None:
    rows = [(LAC, 2019, 1), (MONT, 2019, 2), (LAC, 2020, 4), (MONT, 2020, "x"), (PORT, 2020, 8)]
    table = lines("UAI;Rentrée;Part", *rows)
    document, mapping = (
        read_document(table.encode(), "essai.csv"),
        parse_mapping(YEARLY + SHARE + 'aggregate = "sum"\n'),
    )

    def group(keys: tuple[str, ...], year: int) -> str | None:
        return None if keys == (PORT,) or (keys == (MONT,) and year == 2020) else "lac et mont"

    found = extract(document, mapping, RULES, group)
    assert [(value.key, value.year, value.value, value.keys) for value in found.values] == [
        ("lac et mont", 2020, 4, (LAC,)),
        ("lac et mont", 2019, 3, (LAC, MONT)),
    ]
    assert [cell.cell for cell in found.values[1].cells] == ["C2", "C3"]
    # What is left out is not read further: « x » is nobody's figure. The schools are named all the same.
    assert not found.problems
    assert [unit.key for unit in found.units] == sorted([LAC, MONT, PORT])
    assert (found.rows_read, found.rows_used, found.rows_ungrouped) == (5, 3, 2)


def test_one_key_that_taints_takes_the_whole_group_away() -> None:
    table = f"UAI;Part\n{LAC};1\n{MONT};2\n{MONT}\n"
    document, mapping = read_document(table.encode(), "essai.csv"), parse_mapping(HEAD + SHARE + 'aggregate = "sum"\n')
    assert [value.key for value in extract(document, mapping, RULES).values] == [LAC]
    assert extract(document, mapping, RULES, lambda *_row: "une seule école").values == ()


def test_other_names_may_be_dated_by_the_mapping() -> None:
    mapping = parse_mapping(REGISTER + UNIT + 'other_names = ["Sigle"]\nnames_from = 2020-09-01\n')
    assert (mapping.names_from, mapping.names_to) == (date(2020, 9, 1), None)
    assert parse_mapping(mapping.canonical_text) == mapping
