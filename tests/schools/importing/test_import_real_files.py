"""Real files, whole: what is read is what an independent reading finds."""

import csv
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from schools.importing import FileRefused, IndicatorRule, extract, parse_mapping, read_document
from schools.importing.document import column_letters

MAPPING = """
format = 1
title = "Parcoursup, formations d’ingénieurs"
reference_year = 2025
key = { scheme = "uai", column = "uai", accept = ["T171435T"] }
[unit]
name = { column = "Établissement" }
sector = { column = "Statut Etablissement", values = { "Public" = "public", "Privé" = "private" } }
region = { column = "Région de l établissement" }
academie = { column = "Académie de l établissement" }
[absences]
"" = "missing"
[[keep]]
column = "Filière de formation très agrégée"
equals = ["Ecole d'Ingénieur"]
[[value]]
indicator = "capacite"
column = "Capacité de l établissement par formation"
aggregate = "sum"
[[value]]
indicator = "part_femmes"
column = "pct_filles_admises"
multiply = 100
aggregate = "weighted_mean"
weight = "Effectif total admis 2phases"
zero_weight = "not_applicable"
"""
RULES = {
    "capacite": IndicatorRule("capacite", Decimal(0), None, 0, "count"),
    "part_femmes": IndicatorRule("part_femmes", Decimal(0), Decimal(100), 1, "percentage"),
}


def test_parcoursup_end_to_end(shared_data: Path) -> None:
    path = shared_data / "ecoles" / "parcoursup_formations.csv"
    found = extract(read_document(path.read_bytes(), path.name), parse_mapping(MAPPING), RULES)
    with path.open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream))
    keys = {line["uai"] for line in lines}
    assert (found.rows_read, found.rows_used, found.rows_left_out) == (585, 585, 0)
    assert len(found.units) == len(keys) == 242
    assert {value.key for value in found.values if value.indicator == "capacite"} == keys

    places: dict[str, Fraction] = {}
    women: dict[str, Fraction] = {}
    admitted: dict[str, Fraction] = {}
    for line in lines:
        key, count = line["uai"], Fraction(line["Effectif total admis 2phases"])
        places[key] = places.get(key, Fraction(0)) + Fraction(line["Capacité de l établissement par formation"])
        women[key] = women.get(key, Fraction(0)) + Fraction(line["pct_filles_admises"]) * count
        admitted[key] = admitted.get(key, Fraction(0)) + count
    for value in found.values:
        if value.indicator == "capacite":
            assert value.value == places[value.key]
        elif admitted[value.key] == 0:
            assert (value.value, value.absence) == (None, "not_applicable")
        else:
            share = 100 * women[value.key] / admitted[value.key]
            exact = Decimal(share.numerator) / Decimal(share.denominator)
            assert value.value == exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert any(value.absence for value in found.values)


def test_parcoursup_every_cell_leads_back_to_the_file(shared_data: Path) -> None:
    path = shared_data / "ecoles" / "parcoursup_formations.csv"
    found = extract(read_document(path.read_bytes(), path.name), parse_mapping(MAPPING), RULES)
    with path.open(encoding="utf-8", newline="") as stream:
        table = list(csv.reader(stream))
    cells = [cell for value in found.values for cell in value.cells]
    # One cell per programme for the sum, two for the weighted mean: none left out, none counted twice.
    assert len(cells) == len({(cell.cell, cell.column) for cell in cells}) == 585 * 3
    for cell in cells:
        column = table[0].index(cell.column)
        row = int(cell.cell.removeprefix(column_letters(column + 1)))
        assert table[row - 1][column] == cell.text


def test_parcoursup_keys_as_they_are(shared_data: Path) -> None:
    path = shared_data / "ecoles" / "parcoursup_formations.csv"
    document = read_document(path.read_bytes(), path.name)
    strict = extract(document, parse_mapping(MAPPING.replace(', accept = ["T171435T"]', "")), RULES)
    # Thirteen letters do not fit their digits, and one number has the form of none: these are the file's, not ours.
    assert Counter(problem.code for problem in strict.problems) == {
        "key_wrong_letter": 13,
        "key_malformed_uai": 2,
        "value_of_nobody": 1,
    }
    # 72 programmes admitted nobody and yet have 53.57 % of women: that share was never measured.
    whole = extract(document, parse_mapping(MAPPING), RULES)
    (filled,) = [problem for problem in whole.problems if problem.code == "value_of_nobody"]
    assert (filled.params["count"], filled.severity) == ("72", "suspicious")
    assert (len(strict.units), strict.rows_used, strict.rows_refused) == (241, 583, 2)


@pytest.mark.parametrize(
    ("name", "encoding", "delimiter", "lines", "columns"),
    [
        ("ecoles/cti_2020.csv", "utf-8", ",", 205, None),
        ("ecoles/mesr_etablissements_2025.csv", "utf-8-sig", ";", 246, 97),
        ("ecoles/mesr_etablissements_2020.csv", "utf-8", ";", 267, 80),
        ("ecoles/mesr_effectifs_2006_2022.csv", "utf-8", ",", 1384, None),
        ("desordre/Extraction_BS_mac_CR.csv", "utf-8-sig", ";", 270, 9),
        ("desordre/dirda_virgule_decimale.csv", "utf-8", ";", 35, 7),
    ],
)
def test_real_csv_is_read(
    shared_data: Path, name: str, encoding: str, delimiter: str, lines: int, columns: int | None
) -> None:
    document = read_document((shared_data / name).read_bytes(), name)
    assert (document.encoding, document.delimiter) == (encoding, delimiter)
    (sheet,) = document.sheets
    assert sum(1 for row in sheet.rows if any(cell.kind != "empty" for cell in row)) == lines
    widths = {len(row) for row in sheet.rows if row}
    assert columns is None or widths == {columns}


def test_real_decimal_comma_is_exact(shared_data: Path) -> None:
    name = "desordre/dirda_virgule_decimale.csv"
    document = read_document((shared_data / name).read_bytes(), name)
    assert document.sheets[0].cell(2, 2).text == "2,27414749806843"


def test_real_empty_keys_are_refused_by_cell(shared_data: Path) -> None:
    name = "desordre/Extraction_BS_mac_CR.csv"
    document = read_document((shared_data / name).read_bytes(), name)
    mapping = parse_mapping(
        'format = 1\ntitle = "Bilans sociaux"\nreference_year = 2016\nkey = { scheme = "uai", column = "UAI" }\n'
        '[absences]\n"" = "missing"\nNA = "not_communicated"\n'
        '[[value]]\nindicator = "capacite"\ncolumn = "HC.Total"\naggregate = "max"\nabsent_rows = "leave_out"\n'
    )
    found = extract(document, mapping, RULES)
    empty = [problem for problem in found.problems if problem.code == "key_empty"]
    assert empty
    assert all(problem.cell.startswith("A") for problem in empty)
    assert found.rows_read == found.rows_used + found.rows_refused == 269


def test_real_double_encoding_is_refused_where_it_begins(shared_data: Path) -> None:
    name = "desordre/Type_Comparaisons_double_encodage.csv"
    with pytest.raises(FileRefused) as error:
        read_document((shared_data / name).read_bytes(), name)
    (problem,) = error.value.problems
    assert (problem.code, problem.params["line"], problem.read) == ("encoding_mixed", "2", "d'ing\ufffdnieurs")


def test_real_workbook_of_eighteen_sheets(shared_data: Path) -> None:
    name = "desordre/Bilan_LDG_RIPEC_2023_EC.xlsx"
    document = read_document((shared_data / name).read_bytes(), name)
    sheets = {sheet.name: sheet for sheet in document.sheets}
    assert len(sheets) == 18
    # Declared as 24,742 rows: the last that holds anything is the 51st.
    assert len(sheets["PEDR + C3 EC Eff"].rows) == 51
    by_school = sheets["Etab RIPEC C2 2023"]
    # The formulas whose stored result is an empty text are not empty cells.
    assert sum(cell.kind == "formula" for row in by_school.rows for cell in row) == 62
    assert len(by_school.computed) == 1359
    assert len(by_school.merged) == 8
    assert by_school.hidden_columns


def test_real_workbook_with_footnote_marks(shared_data: Path) -> None:
    name = "desordre/Effort-recherche_tableaux_2024.xlsx"
    document = read_document((shared_data / name).read_bytes(), name)
    texts = [cell for sheet in document.sheets for row in sheet.rows for cell in row if "477 199*" in cell.text]
    assert [cell.kind for cell in texts] == ["text"] * len(texts)
    assert texts
