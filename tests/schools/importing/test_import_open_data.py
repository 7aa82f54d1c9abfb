"""The official files under the project's own mappings: what is read is what an independent reading finds."""

import csv
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from schools.importing import (
    Document,
    Grouping,
    IndicatorRule,
    Mapping,
    extract,
    parse_mapping,
    read_document,
    subjects,
)
from schools.importing.grouping import by_keys
from schools.importing.records import Extraction

MAPPINGS = Path(__file__).parents[3] / "schools" / "mappings" / "open_data"
BEGINS = "Formation d'ingénieur Bac + 5"
ADMITTED = "Effectif total admis 2phases"
NEW_GRADUATES = [f"pct_d_admis néo bacheliers {kind}" for kind in ("généraux", "technologiques", "professionnels")]
# INSA Lyon and its branch of Oyonnax; EPITA and its campuses of Lyon, Rennes, Strasbourg and Toulouse.
INSA = {"0690192J", "0011293A"}
EPITA = {"0942095S", "0694310K", "0352909X", "0673107N", "0312950N"}


def opened(shared_data: Path, name: str, file: str) -> tuple[Document, Mapping]:
    path = shared_data / "ecoles" / file
    mapping = parse_mapping((MAPPINGS / f"{name}.toml").read_text(encoding="utf-8"))
    return read_document(path.read_bytes(), path.name), mapping


def rows(shared_data: Path, file: str) -> list[dict[str, str]]:
    """The rows as the standard library reads them, the numbers of their lines left to whoever asks."""
    with (shared_data / "ecoles" / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read(shared_data: Path, name: str, file: str, group: Grouping = by_keys) -> Extraction:
    document, mapping = opened(shared_data, name, file)
    rules = {
        rule.indicator: IndicatorRule(rule.indicator, Decimal(0), None, 6 if rule.times else 0, "count")
        for rule in mapping.values
    }
    return extract(document, mapping, rules, group)


def enrolments(shared_data: Path, group: Grouping = by_keys) -> Extraction:
    return read(shared_data, "effectifs", "mesr_effectifs_2006_2022.csv", group)


def intake(shared_data: Path, group: Grouping = by_keys) -> Extraction:
    return read(shared_data, "parcoursup", "parcoursup_formations.csv", group)


@pytest.mark.parametrize(
    ("name", "file", "schools", "cells_of_several", "refused"),
    [
        ("cti_2020", "cti_2020.csv", 204, 0, []),
        ("etablissements_2025", "mesr_etablissements_2025.csv", 245, 18, []),
        ("etablissements_2020", "mesr_etablissements_2020.csv", 266, 0, ["H28"]),
        ("effectifs", "mesr_effectifs_2006_2022.csv", 120, 4, []),
        ("parcoursup", "parcoursup_formations.csv", 227, 0, []),
    ],
)
def test_every_official_file_names_its_schools(
    shared_data: Path, name: str, file: str, schools: int, cells_of_several: int, refused: list[str]
) -> None:
    document, mapping = opened(shared_data, name, file)
    found = subjects(document, mapping)
    assert len(found) == len({record.keys for record in found}) == schools
    assert sum(len(record.keys) > 1 for record in found) == cells_of_several
    assert all(record.names and record.years and record.attributes["name"] for record in found)
    whole = read(shared_data, name, file)
    assert whole.units == found
    assert [problem.cell for problem in whole.problems if problem.severity == "refused"] == refused


def test_a_register_says_numbers_short_names_and_what_is_wider_than_a_school(shared_data: Path) -> None:
    found = {record.keys[0]: record for record in subjects(*opened(
        shared_data, "etablissements_2025", "mesr_etablissements_2025.csv"
    ))}  # fmt: skip
    air = found["0130230E"]
    assert air.numbers == {"paysage": ("jHA81",), "ror": ("01gtsrs29",), "wikidata": ("Q3577870",)}
    assert air.attributes["nature"] == "wider"
    assert [name.text for name in found["0022134J"].other_names] == ["ELISA"]
    natures = Counter(record.attributes.get("nature", "") for record in found.values())
    assert natures["school"] + natures["wider"] == 245


def test_enrolments_are_read_row_by_row_each_in_its_year(shared_data: Path) -> None:
    found = enrolments(shared_data)
    assert (found.rows_read, found.rows_used, found.problems) == (1383, 1383, ())
    values = {(value.indicator, value.keys, value.year): value for value in found.values}
    lines = rows(shared_data, "mesr_effectifs_2006_2022.csv")
    assert len(values) == len(found.values) == 6 * len(lines)
    absent: Counter[str] = Counter()
    for line in lines:
        keys = tuple(sorted(line["uai"].split(",")))
        for indicator, column in (
            ("inscrits", "inscrits"),
            ("mobilite", "mobilite_internationale"),
            ("doctorants", "doctorants"),
        ):
            value = values[indicator, keys, int(line["rentree"])]
            assert [cell.text for cell in value.cells] == [line[column]]
            if line[column]:
                assert value.value == Decimal(line[column])
            else:
                absent[indicator] += 1
                assert (value.value, value.absence) == (None, "missing")
    assert absent == {"doctorants": 403, "mobilite": 3}


def test_enrolments_under_one_number_go_to_two_schools_with_the_years(shared_data: Path) -> None:
    sigma, inp = {"0632033T", "0632086A"}, {"0632033T"}

    def group(keys: tuple[str, ...], year: int) -> str | None:
        """SIGMA Clermont bore both numbers until 2019; one of them is Clermont Auvergne INP's since."""
        if set(keys) == sigma:
            return "sigma"
        return "inp" if set(keys) == inp and year >= 2020 else None

    found = enrolments(shared_data, group)
    enrolled = {(value.key, value.year): value.value for value in found.values if value.indicator == "inscrits"}
    assert enrolled == {
        ("sigma", 2015): 944,
        ("sigma", 2016): enrolled["sigma", 2016],
        ("sigma", 2017): enrolled["sigma", 2017],
        ("sigma", 2018): enrolled["sigma", 2018],
        ("sigma", 2019): 1112,
        ("inp", 2020): 3089,
        ("inp", 2021): enrolled["inp", 2021],
        ("inp", 2022): 2824,
    }
    assert found.rows_ungrouped == 1383 - 8
    # A school left out is named all the same, with all its years.
    assert len(found.units) == 120


def test_names_of_enrolments_keep_their_years_and_their_mark(shared_data: Path) -> None:
    found = {record.keys: record for record in enrolments(shared_data).units}
    inp = found["0632033T",]
    assert [(name.text, name.first_year, name.last_year) for name in inp.names] == [
        ("Clermont Auvergne INP *", 2020, 2022)
    ]
    for record in found.values():
        assert record.years == tuple(sorted(set(record.years)))
        assert record.attributes["name"] in {name.text for name in record.names}
        assert all(record.years[0] <= name.first_year <= name.last_year <= record.years[-1] for name in record.names)


def test_programmes_of_engineers_alone_count(shared_data: Path) -> None:
    found = intake(shared_data)
    kept = [
        line
        for line in rows(shared_data, "parcoursup_formations.csv")
        if line["Filière de formation"].startswith(BEGINS)
    ]
    assert (
        (found.rows_read, found.rows_used, found.rows_left_out) == (585, len(kept), 585 - len(kept)) == (585, 508, 77)
    )


def test_filled_in_rows_are_left_out_and_counted(shared_data: Path) -> None:
    found = intake(shared_data)
    told = {
        (problem.column, problem.params["indicator"]): int(problem.params["count"])
        for problem in found.problems
        if problem.code == "value_not_measured"
    }
    kept = [
        line
        for line in rows(shared_data, "parcoursup_formations.csv")
        if line["Filière de formation"].startswith(BEGINS)
    ]
    nobody_new = sum(all(line[column] == "0.0" for column in NEW_GRADUATES) for line in kept)
    median = sum(line["taux_acces_num"] == "0.58" for line in kept)
    assert (nobody_new, median) == (83, 116)
    assert told == {
        (ADMITTED, "admis_bacheliers"): 83,
        ("Pourcentage boursiers admis", "admis_boursiers"): 83,
        ("part_mention_haute", "admis_mention_tb"): 83,
        ("part_mention_tb_fel", "admis_felicitations"): 83,
        (ADMITTED, "admis_acces_connu"): 116,
        ("taux_acces_num", "acces_pondere"): 116,
    }
    # A school whose every row is filled in has no such figure: missing, never zero.
    by_school: dict[str, list[dict[str, str]]] = {}
    for line in kept:
        by_school.setdefault(line["uai"], []).append(line)
    only_median = {key for key, lines in by_school.items() if all(each["taux_acces_num"] == "0.58" for each in lines)}
    absent = {value.key for value in found.values if value.indicator == "acces_pondere" and value.absence == "missing"}
    assert absent == only_median
    assert len(absent) > 20


def test_sums_of_products_of_two_schools_by_hand(shared_data: Path) -> None:
    def group(keys: tuple[str, ...], _year: int) -> str | None:
        (key,) = keys
        return "insa" if key in INSA else "epita" if key in EPITA else None

    found = intake(shared_data, group)
    told = {(value.key, value.indicator): value for value in found.values}
    # INSA Lyon: 34, 655 and 15 admitted, of whom 6, 324 and 10 women. Oyonnax has no five-year programme of its own.
    assert told["insa", "admis"].value == 34 + 655 + 15 == 704
    assert told["insa", "admises"].value == 6 + 324 + 10 == 340
    assert told["insa", "acces_pondere"].value == Decimal("84.07")  # .13 × 34 + .12 × 655 + .07 × 15
    assert told["insa", "admis_acces_connu"].value == 704
    assert [cell.role for cell in told["insa", "admises"].cells] == ["value", "factor"] * 3
    # EPITA, eight programmes on five campuses: 2 + 9 + 11 + 10 + 14 + 35 + 8 + 21 women among 715.
    assert told["epita", "admis"].value == 23 + 32 + 70 + 63 + 106 + 306 + 50 + 65 == 715
    assert told["epita", "admises"].value == 2 + 9 + 11 + 10 + 14 + 35 + 8 + 21 == 110
    # One of the eight rows alone has an access rate that was measured: .85 × 63.
    assert (told["epita", "admis_acces_connu"].value, told["epita", "acces_pondere"].value) == (63, Decimal("53.55"))
    assert told["epita", "capacite"].keys == tuple(sorted(EPITA))


def test_sums_of_products_of_every_school(shared_data: Path) -> None:
    found = intake(shared_data)
    kept = [
        line
        for line in rows(shared_data, "parcoursup_formations.csv")
        if line["Filière de formation"].startswith(BEGINS)
    ]
    exact: dict[tuple[str, str], Fraction] = {}
    for line in kept:
        admitted = Fraction(line[ADMITTED])
        parts = {"admises": Fraction(line["pct_filles_admises"]) * admitted, "admis": admitted}
        if any(line[column] != "0.0" for column in NEW_GRADUATES):
            parts["admis_boursiers"] = Fraction(line["Pourcentage boursiers admis"]) * admitted / 100
            parts["admis_bacheliers"] = admitted
        for indicator, part in parts.items():
            exact[line["uai"], indicator] = exact.get((line["uai"], indicator), Fraction(0)) + part
    compared = 0
    for value in found.values:
        if value.indicator not in {"admises", "admis", "admis_boursiers", "admis_bacheliers"}:
            continue
        compared += 1
        expected = exact.get((value.key, value.indicator))
        if expected is None:
            assert (value.value, value.absence) == (None, "missing")
            continue
        quotient = Decimal(expected.numerator) / Decimal(expected.denominator)
        assert value.value == quotient.quantize(Decimal("0.000001"), ROUND_HALF_UP)
    assert compared == 4 * 227


def test_reading_is_linear_in_the_rows(shared_data: Path) -> None:
    """Eleven thousand rows: each cell of keys and year is grouped once, and nothing is read twice over."""
    document, mapping = opened(shared_data, "effectifs", "mesr_effectifs_2006_2022.csv")
    asked: Counter[tuple[tuple[str, ...], int]] = Counter()

    def group(keys: tuple[str, ...], year: int) -> str:
        asked[keys, year] += 1
        return keys[0]

    header, *lines = (shared_data / "ecoles" / "mesr_effectifs_2006_2022.csv").read_text(encoding="utf-8").splitlines()
    text = "\n".join([header, *lines * 8])
    long = read_document(text.encode(), document.name)
    rules = {"inscrits": IndicatorRule("inscrits", None, None, 0, "count")}
    sums = parse_mapping(mapping.canonical_text.split("[[value]]")[0] + SUM)
    found = extract(long, sums, rules, group)
    assert (found.rows_read, max(asked.values())) == (8 * 1383, 1)
    once = extract(document, sums, rules, group)
    assert [value.value for value in found.values] == [
        8 * value.value for value in once.values if value.value is not None
    ]


SUM = '[[value]]\nindicator = "inscrits"\ncolumn = "inscrits"\naggregate = "sum"\n'
