"""From rows to units and values: every rule of the mapping, and every cell that cannot be used."""

from decimal import Decimal

import pytest

from schools.importing import Cell, Document, Extraction, Sheet, extract, parse_mapping, read_document
from tests.schools.importing.building import ABSENCES, HEAD, LAC, MONT, PORT, RULES, SHARE, extracted

PLACES = '[[value]]\nindicator = "places"\ncolumn = "Places"\naggregate = "sum"\n'
MEAN = SHARE + 'aggregate = "weighted_mean"\nweight = "Poids"\n'
NAME = '[unit]\nname = { column = "Nom" }\n'


def codes(found: Extraction) -> list[tuple[str, str]]:
    assert all(problem.message and "{" not in problem.message for problem in found.problems)
    return [(problem.cell, problem.code) for problem in found.problems]


def values(found: Extraction) -> dict[str, str]:
    """Key → value as text, or the kind of absence."""
    return {value.key: value.absence or str(value.value) for value in found.values}


def rows(*lines: str, header: str = "UAI;Part;Poids") -> str:
    return "\n".join([header, *lines]) + "\n"


def test_value_is_rounded_once_with_its_provenance() -> None:
    found = extracted(rows(f"{LAC}; 12,25 ;1", f"{MONT};−0;1", f"{PORT};33,35;2").replace("−0", "-0"), HEAD + SHARE)
    assert values(found) == {LAC: "12.3", MONT: "0.0", PORT: "33.4"}
    first = next(value for value in found.values if value.key == LAC)
    (cell,) = first.cells
    assert (cell.cell, cell.column, cell.text, cell.role, cell.sheet) == ("B2", "Part", " 12,25 ", "value", "")
    assert found.problems == ()
    assert (found.rows_read, found.rows_used, found.rows_left_out, found.rows_refused) == (3, 3, 0, 0)


def test_share_of_140_percent_is_refused_with_its_bounds() -> None:
    found = extracted(rows(f"{LAC};140;1", f"{MONT};40;1"), HEAD + SHARE)
    assert codes(found) == [("B2", "out_of_bounds")]
    problem = found.problems[0]
    assert problem.place == "fichier essai.csv, cellule B2"
    assert "«\u00a0140\u00a0» sort des bornes de «\u00a0part\u00a0»\u00a0: de 0 à 100" in problem.message
    assert values(found) == {MONT: "40.0"}


def test_out_of_bounds_in_a_column_of_two_scales_says_so() -> None:
    found = extracted(rows(f"{LAC};0,45;1", f"{MONT};45;1"), HEAD + SHARE + "multiply = 100\n")
    assert codes(found) == [("B3", "out_of_bounds_mixed")]
    assert values(found) == {LAC: "45.0"}


def test_percentages_that_look_like_fractions_are_flagged() -> None:
    found = extracted(rows(f"{LAC};0,45;1", f"{MONT};1;1"), HEAD + SHARE)
    assert codes(found) == [("B1", "scale_fractions")]
    assert values(found) == {LAC: "0.5", MONT: "1.0"}
    assert codes(extracted(rows(f"{LAC};0;1", f"{MONT};1;1"), HEAD + SHARE)) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("douze", "number_not_one"),
        ("nan", "number_not_finite"),
        ("1_000", "number_underscore"),
        ("１２", "number_foreign_digits"),
        ("1.234,5", "number_mixed_marks"),
        ("12*", "number_marked"),
        ("85 %", "number_percent_sign"),
        ("9" * 400, "number_too_long"),
        ("9" * 501, "text_too_long"),
        ("1\u200b2", "text_invisible_sign"),
        ("1\u202e2", "text_invisible_sign"),
        ("1\u00012", "text_invisible_sign"),
        ("1\ufffd2", "text_letter_lost"),
        ("-1", "out_of_bounds"),
        ("100,0000001", "out_of_bounds"),
        ("", "cell_empty"),
    ],
)
def test_cell_refused_by_name_and_the_others_read(text: str, code: str) -> None:
    found = extracted(rows(f"{LAC};{text};1", f"{MONT};40;1"), HEAD + SHARE)
    assert codes(found) == [("B2", code)]
    assert found.problems[0].severity == "refused"
    assert len(found.problems[0].read) <= 80
    assert values(found) == {MONT: "40.0"}


def test_cell_with_a_lone_surrogate_or_nul_is_refused() -> None:
    def cells(row: int, *texts: str) -> tuple[Cell, ...]:
        return tuple(Cell("", row, column, text, "text") for column, text in enumerate(texts, start=1))

    sheet = Sheet("", (cells(1, "UAI", "Part"), cells(2, LAC, "1\ud800"), cells(3, MONT, "1\0")))
    document = Document("a.csv", "", "csv", "utf-8", ";", (sheet,))
    found = extract(document, parse_mapping(HEAD + SHARE), RULES)
    assert codes(found) == [("B2", "text_invisible_sign"), ("B3", "text_invisible_sign")]
    assert [problem.read for problem in found.problems] == ["1\\ud800", "1\\u0000"]
    assert [problem.message.encode() for problem in found.problems]


def test_percent_sign_accepted_when_the_mapping_says_so() -> None:
    found = extracted(rows(f"{LAC};85 %;1"), HEAD + SHARE + "percent_sign = true\n")
    assert values(found) == {LAC: "85.0"}


def test_absences_are_kinds_never_zero() -> None:
    table = rows(f"{LAC};;1", f"{MONT}; ND ;1", f"{PORT};so;1")
    found = extracted(table, HEAD + ABSENCES + SHARE)
    assert values(found) == {LAC: "missing", MONT: "not_communicated", PORT: "not_applicable"}
    assert all(value.value is None and value.cells for value in found.values)


def test_only_refuses_two_rows_and_names_both_cells() -> None:
    found = extracted(rows(f"{LAC};1;1", f"{LAC};2;1", f"{MONT};3;1"), HEAD + SHARE)
    assert codes(found) == [("B2", "several_rows")]
    assert "B2, B3" in found.problems[0].message
    assert values(found) == {MONT: "3.0"}
    many = extracted(rows(*[f"{LAC};1;1"] * 12), HEAD + SHARE)
    assert "B11…" in many.problems[0].message


@pytest.mark.parametrize(("aggregate", "expected"), [("sum", "35.5"), ("max", "30.0"), ("min", "2.5")])
def test_aggregate_of_the_rows_of_a_school(aggregate: str, expected: str) -> None:
    table = rows(f"{LAC};30;1", f"{MONT};1;1", f"{LAC};2,5;1", f"{LAC};3;1")
    found = extracted(table, HEAD + SHARE + f'aggregate = "{aggregate}"\n')
    assert values(found) == {LAC: expected, MONT: "1.0"}
    assert [cell.cell for cell in found.values[0].cells] == ["B2", "B4", "B5"]


def test_weighted_mean_is_exact_and_keeps_both_cells() -> None:
    found = extracted(rows(f"{LAC};10;1", f"{LAC};20;2", f"{LAC};99;0"), HEAD + MEAN)
    assert values(found) == {LAC: "16.7"}
    assert [(cell.cell, cell.role) for cell in found.values[0].cells] == [
        ("B2", "value"),
        ("C2", "weight"),
        ("B3", "value"),
        ("C3", "weight"),
        ("B4", "value"),
        ("C4", "weight"),
    ]


def test_value_of_nobody_is_flagged_once() -> None:
    found = extracted(rows(f"{LAC};53,57;0", f"{LAC};20;2", f"{MONT};53,57;0", f"{PORT};0;0"), HEAD + MEAN)
    assert codes(found) == [("B1", "value_of_nobody")]
    assert found.problems[0].params["count"] == "2"
    assert values(found) == {LAC: "20.0", MONT: "missing", PORT: "missing"}


def test_weighted_mean_of_nobody_is_absent_as_declared() -> None:
    table = rows(f"{LAC};50;0", f"{LAC};;0")
    assert values(extracted(table, HEAD + ABSENCES + MEAN)) == {LAC: "missing"}
    declared = extracted(table, HEAD + ABSENCES + MEAN + 'zero_weight = "not_applicable"\n')
    assert values(declared) == {LAC: "not_applicable"}


def test_weight_absent_makes_the_row_absent_and_negative_is_refused() -> None:
    found = extracted(rows(f"{LAC};50;nd", f"{MONT};50;-1", f"{PORT};;ns"), HEAD + ABSENCES + MEAN)
    assert values(found) == {LAC: "not_communicated", PORT: "secret"}
    assert codes(found) == [("C3", "weight_negative")]
    empty = extracted(rows(f"{LAC};douze;nd", f"{MONT};50;"), HEAD + MEAN)
    assert codes(empty) == [("B2", "number_not_one"), ("C2", "number_not_one"), ("C3", "cell_empty")]
    assert empty.values == ()


def test_weight_out_of_an_indicator_s_bounds_is_fine() -> None:
    assert values(extracted(rows(f"{LAC};50;4000"), HEAD + MEAN)) == {LAC: "50.0"}


def test_refused_cell_refuses_the_whole_value_never_a_part() -> None:
    found = extracted(rows(f"{LAC};10;1", f"{LAC};x;1", f"{MONT};1;1"), HEAD + SHARE + 'aggregate = "sum"\n')
    assert values(found) == {MONT: "1.0"}
    mean = extracted(rows(f"{LAC};10;1", f"{LAC};x;nd", f"{MONT};1;1"), HEAD + ABSENCES + MEAN)
    assert values(mean) == {MONT: "1.0"}


def test_absent_row_makes_the_whole_absent_by_the_most_binding_kind() -> None:
    table = rows(
        f"{LAC};10;1", f"{LAC};;1", f"{LAC};ns;1", f"{MONT};10;1", f"{MONT};so;1", f"{PORT};so;1", f"{PORT};nd;1"
    )
    summed = HEAD + ABSENCES + SHARE + 'aggregate = "sum"\n'
    assert values(extracted(table, summed)) == {LAC: "secret", MONT: "not_applicable", PORT: "not_communicated"}
    left_out = extracted(table, summed + 'absent_rows = "leave_out"\n')
    assert values(left_out) == {LAC: "10.0", MONT: "10.0", PORT: "not_communicated"}
    assert len(left_out.values[0].cells) == 3


def test_total_out_of_bounds_or_too_large_is_refused() -> None:
    found = extracted(rows(f"{LAC};60;1", f"{LAC};60;1", f"{MONT};60;1"), HEAD + SHARE + 'aggregate = "sum"\n')
    assert codes(found) == [("B2", "total_out_of_bounds")]
    assert "120,0" in found.problems[0].message
    assert values(found) == {MONT: "60.0"}
    large = extracted(
        "UAI;Solde\n" + f"{LAC};999999999,99\n{MONT};999999999,995\n{PORT};-1000000000\n",
        HEAD + '[[value]]\nindicator = "solde"\ncolumn = "Solde"\n',
    )
    assert values(large) == {LAC: "999999999.99"}
    assert codes(large) == [("B3", "value_too_large"), ("B4", "value_too_large")]


def test_sum_lets_a_part_under_the_least_total() -> None:
    rules = {"part": RULES["part"].__class__("part", Decimal(50), None, 1, "count")}
    mapping = parse_mapping(HEAD + SHARE + 'aggregate = "sum"\n')
    document = read_document(rows(f"{LAC};30;1", f"{LAC};30;1", f"{MONT};30;1", f"{PORT};-3;1").encode(), "a.csv")
    found = extract(document, mapping, rules)
    assert values(found) == {LAC: "60.0"}
    assert codes(found) == [("B4", "total_out_of_bounds"), ("B5", "out_of_bounds")]
    assert "de 50 à …" in found.problems[0].message


def test_bounds_hold_before_rounding_too() -> None:
    assert codes(extracted(rows(f"{LAC};100,04;1"), HEAD + SHARE)) == [("B2", "out_of_bounds")]


def test_keep_leaves_other_rows_out_unread() -> None:
    keep = "[[keep]]\ncolumn = 'Filière'\nequals = ['Ingénieur', 'Prépa']\n[[keep]]\ncolumn = 'An'\nequals = ['2025']\n"
    table = (
        "UAI;Part;Filière;An\n"
        f"{LAC};10;Inge\u0301nieur;2025\n"  # the accent in two signs
        f"{MONT};20; Prépa ;2025\n"
        f"{PORT};x;Droit;2025\n"
        f"pas un uai;30;Ingénieur;2024\n"
        ";;;\n"
    )
    found = extracted(table, HEAD + keep + SHARE)
    assert values(found) == {LAC: "10.0", MONT: "20.0"}
    assert codes(found) == []
    assert (found.rows_read, found.rows_used, found.rows_left_out, found.rows_refused) == (4, 2, 2, 0)
    broken = extracted(table.replace("Droit", "Ingé\u200bnieur"), HEAD + keep + SHARE)
    assert codes(broken) == [("C4", "text_invisible_sign")]
    assert broken.rows_refused == 1


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("", "key_empty"),
        ("62197F", "key_malformed_uai"),
        ("0062197", "key_malformed_uai"),
        ("T171435T", "key_malformed_uai"),
        ("００62197F", "key_malformed_uai"),
        ("0062197F,0590348H", "key_malformed_uai"),
        ("0062197\u200bF", "text_invisible_sign"),
    ],
)
def test_key_malformed_is_refused(key: str, code: str) -> None:
    found = extracted(rows(f"{key};10;1", f"{MONT};20;1").replace(",", " "), HEAD + SHARE)
    assert codes(found) == [("A2", code)]
    assert values(found) == {MONT: "20.0"}
    assert found.rows_refused == 1


def test_key_with_a_wrong_letter_is_used_and_flagged_once() -> None:
    found = extracted(rows("0062197A;10;1", "0062197a;20;1"), HEAD + SHARE + 'aggregate = "sum"\n')
    assert [(problem.cell, problem.code, problem.severity) for problem in found.problems] == [
        ("A2", "key_wrong_letter", "suspicious")
    ]
    assert "devrait être F" in found.problems[0].message
    assert values(found) == {"0062197A": "30.0"}


def test_key_accepted_by_name_is_neither_refused_nor_flagged() -> None:
    head = HEAD.replace('column = "UAI"', 'column = "UAI", accept = ["T171435T", "0062197A"]')
    found = extracted(rows("T171435T;10;1", "0062197A;20;1"), head + SHARE)
    assert values(found) == {"T171435T": "10.0", "0062197A": "20.0"}
    assert codes(found) == []


def test_key_of_another_register() -> None:
    head = HEAD.replace('"uai"', '"ror"')
    found = extracted(rows("https://ror.org/02kzqn938;10;1", "02KZ;20;1"), head + SHARE)
    assert values(found) == {"02kzqn938": "10.0"}
    assert codes(found) == [("A3", "key_malformed_other")]
    assert found.units[0].scheme == "ror"


def test_row_of_the_wrong_length_taints_its_school() -> None:
    table = rows(f"{LAC};10;1", f"{LAC};12;5;1", f"{MONT};1", f"{PORT};1;1;", "x;1;2;3")
    found = extracted(table, HEAD + SHARE + 'aggregate = "sum"\n')
    assert codes(found) == [
        ("A3", "row_too_long"),
        ("A4", "row_too_short"),
        ("A6", "row_too_long"),
        ("A6", "key_malformed_uai"),
    ]
    assert "La ligne 3 a 4 cellules pour 3 en-têtes" in found.problems[0].message
    assert values(found) == {PORT: "1.0"}
    assert found.rows_refused == 3


def test_columns_missing_are_all_named_with_their_neighbours() -> None:
    table = f"uai;Nom de l’école;Parts\n{LAC};Lac;1\n"
    found = extracted(table, HEAD + NAME + "[[keep]]\ncolumn = 'Zzz'\nequals = ['a']\n" + MEAN)
    assert [(problem.column, problem.code) for problem in found.problems] == [
        ("Nom", "column_missing_near"),
        ("Part", "column_missing_near"),
        ("Poids", "column_missing"),
        ("UAI", "column_missing_near"),
        ("Zzz", "column_missing"),
    ]
    near = next(problem for problem in found.problems if problem.column == "Part")
    assert "«\u00a0Parts\u00a0»" in near.message
    assert (found.units, found.values, found.rows_read) == ((), (), 0)


def test_column_twice_is_refused_only_when_used() -> None:
    table = f"UAI;Part;Note;Part;Note\n{LAC};1;a;2;b\n"
    found = extracted(table, HEAD + SHARE)
    assert codes(found) == [("B1", "column_twice")]
    assert "B1, D1" in found.problems[0].message
    assert codes(extracted(table.replace("Part;Note\n", "Parts;Note\n"), HEAD + SHARE)) == []


def test_column_wholly_empty_is_to_confirm_or_to_declare() -> None:
    table = rows(f"{LAC};;1", f"{MONT}; ;1")
    declared = extracted(table, HEAD + ABSENCES + SHARE)
    assert [(problem.code, problem.severity) for problem in declared.problems] == [("column_empty", "suspicious")]
    assert values(declared) == {LAC: "missing", MONT: "missing"}
    undeclared = extracted(table, HEAD + SHARE)
    assert codes(undeclared) == [("B1", "column_empty_undeclared")]
    assert undeclared.values == ()


def test_sheet_and_header_row_of_a_csv() -> None:
    table = rows(f"{LAC};1;1")
    assert codes(extracted(table, 'sheet = "Emploi"\n' + HEAD + SHARE)) == [("", "sheet_in_csv")]
    assert codes(extracted(table, "header_row = 9\n" + HEAD + SHARE)) == [("", "header_row_empty")]
    titled = "Titre;;\n;;\n" + table
    assert values(extracted(titled, "header_row = 3\n" + HEAD + SHARE)) == {LAC: "1.0"}
    assert codes(extracted(titled, "header_row = 2\n" + HEAD + SHARE)) == [("", "header_row_empty")]


def test_indicator_unknown_is_refused_each_by_name() -> None:
    mapping = HEAD + SHARE.replace('"part"', '"a"') + SHARE.replace('"part"', '"b"')
    assert codes(extracted(rows(f"{LAC};1;1"), mapping)) == [("", "indicator_unknown")] * 2


def test_units_have_their_attributes_and_cells() -> None:
    unit = (
        NAME
        + 'city = { column = "Ville" }\nsector = { column = "Statut", values = { "Privé" = "private", "?" = "" } }\n'
    )
    table = (
        "UAI;Nom;Ville;Statut;Part\n"
        f"{MONT};École  du Mont;;?;1\n"
        f"{LAC};;Lyon;Prive\u0301;1\n"
        f"{LAC};École du Lac;nd;Privé;1\n"
    )
    found = extracted(table, HEAD + unit + ABSENCES + SHARE + 'aggregate = "sum"\n')
    assert codes(found) == []
    assert [(record.key, dict(record.attributes)) for record in found.units] == [
        (LAC, {"city": "Lyon", "name": "École du Lac", "sector": "private"}),
        (MONT, {"name": "École du Mont"}),
    ]
    assert [(cell.cell, cell.role) for cell in found.units[0].cells] == [
        ("A3", "key"),
        ("C3", "attribute"),
        ("B4", "attribute"),
        ("D3", "attribute"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "place", "code"),
    [
        ("Lac;Public", "Lac;Privé", "C3", "attribute_conflict"),
        ("Lac;Public", "Mont;Public", "B3", "attribute_conflict"),
        ("Lac;Public", "Lac;Mixte", "C3", "attribute_unknown_text"),
        (f"{'x' * 201};Public", ";Public", "B2", "attribute_too_long"),
        ("La\u200bc;Public", ";Public", "B2", "text_invisible_sign"),
    ],
)
def test_attribute_refused_is_left_out_and_the_rest_kept(first: str, second: str, place: str, code: str) -> None:
    unit = NAME + 'sector = { column = "Statut", values = { "Privé" = "private", "Public" = "public" } }\n'
    table = f"UAI;Nom;Statut;Part\n{LAC};{first};1\n{LAC};{second};1\n"
    found = extracted(table, HEAD + unit + SHARE + 'aggregate = "sum"\n')
    assert codes(found) == [(place, code)]
    assert len(found.units[0].attributes) == 1
    assert values(found) == {LAC: "2.0"}


def test_problems_come_in_the_order_of_the_file() -> None:
    lines = [f"{number:07d}X;x;1" for number in range(1, 40)]
    found = extracted(rows(*lines), HEAD + SHARE)
    places = [int(problem.cell[1:]) for problem in found.problems]
    assert places == sorted(places)
    assert len(found.problems) > 39
