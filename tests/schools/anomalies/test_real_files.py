"""The anomalies of the real files: each number below was counted by hand in the file."""

from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from schools.anomalies import Anomaly, find_anomalies, parse_checks
from schools.importing import Document, parse_mapping, read_document
from tests.small import demonstration as small

FOLDER = settings.BASE_DIR / "schools" / "mappings"
CHECKS = FOLDER / "open_data"
# The enrolments read as one year: years are the checks' to tell apart here.
ENROLMENTS = """format = 1
title = "Effectifs d’étudiants inscrits, 2006–2022"
reference_year = 2022
key = { scheme = "uai", column = "uai" }
[absences]
"" = "missing"
""" + "".join(
    f'[[value]]\nindicator = "{code}"\ncolumn = "{column}"\naggregate = "sum"\n'
    for code, column in (
        ("inscrits", "inscrits"), ("femmes", "femmes"), ("hommes", "hommes"),
        ("mobilite", "mobilite_internationale"), ("doctorants", "doctorants"),
    )
)  # fmt: skip


def plain(anomaly: Anomaly) -> str:
    """Its sentence, every kind of space made plain."""
    return " ".join(anomaly.message.split())


def document(shared_data: Path, name: str) -> Document:
    return read_document((shared_data / "ecoles" / f"{name}.csv").read_bytes(), f"{name}.csv")


def checks(name: str) -> str:
    return (CHECKS / f"{name}.checks.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def programmes(shared_data: Path) -> tuple[Anomaly, ...]:
    mapping = parse_mapping(small.PROGRAMMES.read_text(encoding="utf-8"))
    return find_anomalies(document(shared_data, "parcoursup_formations"), mapping, parse_checks(checks("parcoursup")))


@pytest.fixture(scope="module")
def enrolments(shared_data: Path) -> tuple[Anomaly, ...]:
    read = document(shared_data, "mesr_effectifs_2006_2022")
    return find_anomalies(read, parse_mapping(ENROLMENTS), parse_checks(checks("effectifs")))


def test_constants_of_the_programmes(programmes: tuple[Anomaly, ...]) -> None:
    found = {
        (a.columns[0], a.params["value_read"]): (int(a.params["count"]), a.severity)
        for a in programmes
        if a.code == "repeated_constant"
    }
    # 72 rows admitted nobody; 25 more admitted nobody in the year of the baccalauréat.
    assert found == {
        ("pct_filles_admises", "0.5357142857142857"): (72, "remark"),
        ("pct_garcons_admis", "0.4642857142857143"): (72, "remark"),
        ("part_mention_ab", "0.3333333333333333"): (97, "remark"),
        ("part_mention_b", "0.18181818181818182"): (97, "remark"),
        ("part_mention_tb", "0.029411764705882353"): (97, "blocking"),
        ("part_mention_haute", "0.03278688524590164"): (97, "remark"),
        ("Pourcentage boursiers admis", "20.0"): (97, "blocking"),
        ("Pourcentage boursiers candidats", "19.48330042548458"): (23, "remark"),
        ("taux_acces_num", "0.58"): (130, "blocking"),
        ("taux_acces_num", "0.9"): (62, "remark"),
    }


def test_only_values_that_the_mapping_makes_are_held_back(programmes: tuple[Anomaly, ...]) -> None:
    """Rows that admitted nobody weigh nothing: of 97 filled-in scholarships, 25 make a value."""
    touched = {(a.columns[0], a.params["value_read"]): len(a.touches) for a in programmes if "value_read" in a.params}
    assert touched["Pourcentage boursiers admis", "20.0"] == 25
    assert touched["pct_filles_admises", "0.5357142857142857"] == 0
    assert touched["taux_acces_num", "0.58"] == 130


def test_neighbours_of_a_joint_contest_are_told(programmes: tuple[Anomaly, ...]) -> None:
    (contest,) = [a for a in programmes if a.sentence == "constant_among_frequent"]
    assert plain(contest).startswith("« 0.9 » est écrit 62 fois dans « taux_acces_num », mais ses voisines aussi")


def test_shares_of_nobody_and_scales_of_the_programmes(programmes: tuple[Anomaly, ...]) -> None:
    assert Counter(a.params["count"] for a in programmes if a.code == "zero_denominator") == {"72": 7}
    (scales,) = [a for a in programmes if a.code == "mixed_scales"]
    assert "taux_acces_num" in scales.columns
    assert "Pourcentage boursiers admis" in scales.columns


def test_counts_and_shares_of_the_programmes_agree(programmes: tuple[Anomaly, ...]) -> None:
    """Women, admissions and places agree in all 585 rows, and every share that nobody filled in is of some people.

    Highest honours with congratulations and without do not make those of both together where they were filled in.
    """
    assert [a for a in programmes if a.code == "duplicate_rows"] == []
    apart = [a for a in programmes if a.code == "contradiction"]
    assert {a.columns for a in apart} == {("part_mention_tb", "part_mention_tb_fel", "part_mention_haute")}
    assert {a.severity for a in apart} == {"remark"}
    assert len(apart) == 97


def test_share_of_women_agrees_with_women_and_men_in_every_row(enrolments: tuple[Anomaly, ...]) -> None:
    assert [a for a in enrolments if a.sentence == "share_is_not_the_ratio"] == []


def test_women_and_men_are_not_all_who_are_enrolled(enrolments: tuple[Anomaly, ...]) -> None:
    (often,) = [a for a in enrolments if a.sentence == "sum_differs_often"]
    assert (often.params["count"], often.params["rows"], often.params["percent"]) == ("1196", "1383", "3.4")
    far = [a for a in enrolments if a.sentence == "sum_is_not_whole"]
    assert len(far) == 35
    assert {a.severity for a in far} == {"remark"}
    assert plain(max(far, key=lambda a: float(a.params["percent"]))) == (
        "femmes + hommes font 189 ; « inscrits » dit 266 : un écart de 77, soit 28,9 %."
    )


def test_jumps_of_enrolments(enrolments: tuple[Anomaly, ...]) -> None:
    back = {(a.columns[0], a.subjects[0], a.year) for a in enrolments if a.sentence == "jump_and_back"}
    assert back == {
        ("mobilite_internationale", "0597139P,0590349J", 2021),
        ("mobilite_internationale", "0753237L", 2007),
        ("doctorants", "0912341A", 2015),
        ("doctorants", "0912341A", 2017),
    }
    assert {a.severity for a in enrolments if a.sentence.startswith("jump")} == {"blocking"}
    away = {(a.params["before"], a.params["read"]) for a in enrolments if a.sentence == "jump"}
    assert {("796", "6"), ("1212", "2"), ("22", "465")} <= away
    assert len(away) == 12


def test_doctoral_students_that_vanish_then_come_back(enrolments: tuple[Anomaly, ...]) -> None:
    gone = {(a.columns[0], a.subjects[0]): a.params["value_years"] for a in enrolments if "vanishes" in a.sentence}
    assert gone == {
        ("doctorants", "0941111X"): "2008–2019",
        ("doctorants", "0420093Y"): "2010–2017",
        ("doctorants", "0730858L"): "2010–2018",
        ("mobilite_internationale", "0410981U"): "2007, 2010",
        ("mobilite_internationale", "0350095N"): "2008",
    }


def test_components_beside_the_establishment_that_counts_them_too(enrolments: tuple[Anomaly, ...]) -> None:
    told = {
        (a.params["name"].removesuffix(" *"), a.params["wider"]): a.params["value_years"]
        for a in enrolments
        if a.code == "counted_twice" and a.params["wider"]
    }
    assert told == {
        ("CentraleSupélec", "Université Paris-Saclay"): "2019–2022",
        ("Institut polytechnique de Grenoble", "Université Grenoble Alpes"): "2019",
        ("Institut national des sciences appliquées Hauts-de-France", "Université Polytechnique Hauts-de-France"): (
            "2020, 2022"
        ),
        ("Centrale Nantes", "Nantes Université"): "2021–2022",
        ("Institut national des sciences appliquées de Rennes", "Université de Rennes"): "2022",
        ("École nationale supérieure de chimie de Montpellier", "Université de Montpellier"): "2021–2022",
        ("Clermont Auvergne INP", "Université Clermont Auvergne"): "2020–2022",
    }
    rows = Counter(a.params["name"] for a in enrolments if a.code == "counted_twice")
    assert len(rows) == 11


def test_every_checks_file_goes_with_the_mapping_beside_it() -> None:
    files = sorted(FOLDER.rglob("*.checks.toml"))
    assert {file.name for file in files} >= {"parcoursup.checks.toml", "effectifs.checks.toml"}
    for file in files:
        beside = file.with_name(file.name.replace(".checks", "")).read_text(encoding="utf-8")
        assert f'title = "{parse_checks(file.read_text(encoding="utf-8")).mapping}"' in beside
