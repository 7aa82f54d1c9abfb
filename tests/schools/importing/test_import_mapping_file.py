"""The mapping file: what it accepts, each thing it refuses, and its one canonical text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schools.importing import Mapping, MappingRefused, parse_mapping
from tests.schools.importing.building import ABSENCES, HEAD, SHARE
from tests.small import demonstration as small

DIGESTS = {
    small.MAPPING_FILE: "11967ce11b7dba5bfd57cf23cba648ce6fca6f81cc8b4bedbb02ff6cd5246ab3",
    small.PROGRAMMES: "de816d85a4381fcaf1f7e4765f52e061efa9c2be7184d6007e7fc4f4ad01f81b",
}
WEIGHTED = SHARE + 'aggregate = "weighted_mean"\nweight = "Poids"\n'


def paths(text: str) -> list[str]:
    with pytest.raises(MappingRefused) as error:
        parse_mapping(text)
    assert all(problem.message for problem in error.value.problems)
    assert str(error.value)
    return [problem.path for problem in error.value.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["format", "title", "reference_year", "key", "value"]),
        ("ceci n’est pas du TOML", [""]),
        ("x" * 100_001, [""]),
        ("a = " + "[" * 5000, [""]),
        ((HEAD + SHARE).replace("format = 1", "format = 2"), ["format"]),
        ((HEAD + SHARE).replace("format = 1", "format = true"), ["format"]),
        ((HEAD + SHARE).replace('"Essai"', '"  "'), ["title"]),
        ((HEAD + SHARE).replace('"Essai"', "3"), ["title"]),
        ((HEAD + SHARE).replace('"Essai"', f'"{"x" * 501}"'), ["title"]),
        ((HEAD + SHARE).replace('"Essai"', '"a\\u202Eb"'), ["title"]),
        ((HEAD + SHARE).replace("2025", "12"), ["reference_year"]),
        ((HEAD + SHARE).replace("2025", "2025.0"), ["reference_year"]),
        ("header_row = 0\n" + HEAD + SHARE, ["header_row"]),
        ("entete = 1\n" + HEAD + SHARE, ["entete"]),
        ((HEAD + SHARE).replace('"uai"', '"nom"'), ["key.scheme"]),
        ((HEAD + SHARE).replace('scheme = "uai"', 'sheme = "uai"'), ["key.scheme", "key.sheme"]),
        ((HEAD + SHARE).replace('column = "UAI"', 'column = "UAI", accept = [1]'), ["key.accept"]),
        ((HEAD + SHARE).replace('column = "UAI"', 'column = "UAI", accept = [" T1"]'), ["key.accept"]),
        ((HEAD + SHARE).replace('{ scheme = "uai", column = "UAI" }', '"UAI"'), ["key"]),
        ((HEAD + SHARE).replace('column = "UAI"', 'column = "UAI", otherwise = "nom"'), ["key.otherwise"]),
        ((HEAD + SHARE).replace('column = "UAI"', 'column = "UAI", otherwise = "paysage"'), ["key"]),
        (
            'purpose = "register"\n' + HEAD.replace('column = "UAI"', 'column = "UAI", otherwise = "paysage"'),
            ["key"],
        ),
        (HEAD + "[unit]\nnom = { column = 'Nom' }\n" + SHARE, ["unit.nom"]),
        (HEAD + "[unit]\nname = 'Nom'\n" + SHARE, ["unit.name"]),
        (HEAD + "[unit]\nname = { colum = 'Nom' }\n" + SHARE, ["unit.name.column", "unit.name.colum"]),
        (HEAD + "[unit]\nsector = { column = 'Statut' }\n" + SHARE, ["unit.sector.values"]),
        (HEAD + "[unit]\nentry = { column = 'Entrée' }\n" + SHARE, ["unit.entry.values"]),
        (
            HEAD + "[unit]\nduration_years = { column = 'D', values = { 'dix ans' = '10' } }\n" + SHARE,
            ['unit.duration_years.values."dix ans"'],
        ),
        (
            HEAD + "[unit]\nsector = { column = 'S', values = { 'Sous contrat' = 'x' } }\n" + SHARE,
            ['unit.sector.values."Sous contrat"'],
        ),
        (HEAD + "[unit]\ncity = { column = 'V', values = { a = 1 } }\n" + SHARE, ["unit.city.values.a"]),
        (HEAD + '[absences]\nnd = "rien"\n' + SHARE, ["absences.nd"]),
        (HEAD + '[absences]\nnd = "secret"\nND = "missing"\n' + SHARE, ["absences.nd"]),
        (HEAD + "[[keep]]\ncolumn = 'F'\n" + SHARE, ["keep[0].equals"]),
        (HEAD + "[[keep]]\ncolumn = 'F'\nequals = []\n" + SHARE, ["keep[0].equals"]),
        (
            HEAD + "[[keep]]\ncolumn = 'F'\nequals = ['a\\u0000b']\n".replace("'a", '"a').replace("b'", 'b"') + SHARE,
            ["keep[0].equals"],
        ),
        (HEAD + "[keep]\ncolumn = 'F'\nequals = ['a']\n" + SHARE, ["keep"]),
        (HEAD + "value = []\n", ["value"]),
        (HEAD + SHARE + SHARE, ["value[1].indicator"]),
        (HEAD + SHARE.replace('"part"', '"part des femmes"'), ["value[0].indicator"]),
        (HEAD + SHARE + 'aggregate = "moyenne"\n', ["value[0].aggregate"]),
        (HEAD + SHARE + 'aggregate = "weighted_mean"\n', ["value[0].weight"]),
        (HEAD + SHARE + 'weight = "Poids"\n', ["value[0].weight"]),
        (HEAD + SHARE + 'zero_weight = "missing"\n', ["value[0].zero_weight"]),
        (HEAD + WEIGHTED + 'zero_weight = "zero"\n', ["value[0].zero_weight"]),
        (HEAD + SHARE + "multiply = 0\n", ["value[0].multiply"]),
        (HEAD + SHARE + "multiply = -100\n", ["value[0].multiply"]),
        (HEAD + SHARE + "multiply = nan\n", ["value[0].multiply"]),
        (HEAD + SHARE + "multiply = inf\n", ["value[0].multiply"]),
        (HEAD + SHARE + "multiply = true\n", ["value[0].multiply"]),
        (HEAD + SHARE + 'multiply = "100"\n', ["value[0].multiply"]),
        (HEAD + SHARE + "multiply = 1e400\n", ["value[0].multiply"]),
        (HEAD + SHARE + "multiply = 0.12345678901234567\n", ["value[0].multiply"]),
        (HEAD + SHARE + 'absent_rows = "zero"\n', ["value[0].absent_rows"]),
        (HEAD + SHARE + 'percent_sign = "true"\n', ["value[0].percent_sign"]),
        (HEAD + SHARE + "agregate = 'sum'\nx = 1\n", ["value[0].agregate", "value[0].x"]),
        ("purpose = 'annuaire'\n" + HEAD + SHARE, ["purpose"]),
        ("purpose = 'register'\n" + HEAD + SHARE, ["value"]),
        ("dataset = 'Enquête 2025'\n" + HEAD + SHARE, ["dataset"]),
        (f"dataset = '{'x' * 61}'\n" + HEAD + SHARE, ["dataset"]),
        ((HEAD + SHARE).replace("2025", "{ colonne = 'a' }"), ["reference_year.colonne", "reference_year.column"]),
        ((HEAD + SHARE).replace('column = "UAI"', 'column = "UAI", separator = " "'), ["key.separator"]),
        ((HEAD + SHARE).replace('column = "UAI"', 'column = "UAI", separator = "A"'), ["key.separator"]),
        ((HEAD + SHARE).replace('column = "UAI"', 'column = "UAI", separator = 1'), ["key.separator"]),
        (HEAD + "[unit]\nnature = { column = 'T' }\n" + SHARE, ["unit.nature.values"]),
        (HEAD + "[unit]\nother_names = 'Sigle'\n" + SHARE, ["unit.other_names"]),
        (HEAD + "[unit]\nnames_from = '2020-09-01'\n" + SHARE, ["unit.names_from"]),
        (HEAD + "[unit]\nnames_from = 2020-09-01T10:00:00\n" + SHARE, ["unit.names_from"]),
        (HEAD + "[unit]\nnames_from = 2020-09-01\nnames_to = 2019-09-01\n" + SHARE, ["unit.names_to"]),
        (
            HEAD + "[unit.numbers]\nror = { colum = 'R' }\n" + SHARE,
            ["unit.numbers.ror.colum", "unit.numbers.ror.column"],
        ),
        (HEAD + "[unit.numbers]\nuai = { column = 'R' }\n" + SHARE, ["unit.numbers.uai"]),
        (HEAD + "[unit.numbers]\nsiret = { column = 'R' }\n" + SHARE, ["unit.numbers.siret"]),
        (HEAD + "[[keep]]\ncolumn = 'F'\nstarts_with = []\n" + SHARE, ["keep[0].starts_with"]),
        (HEAD + "[[keep]]\ncolumn = 'F'\nstarts_with = [' ']\n" + SHARE, ["keep[0].starts_with"]),
        (HEAD + "[[keep]]\ncolumn = 'F'\nstarts_with = ['a']\nequals = []\n" + SHARE, ["keep[0].equals"]),
        (HEAD + SHARE + 'times = "Admis"\n', ["value[0].times"]),
        (HEAD + WEIGHTED + 'times = "Admis"\n', ["value[0].times"]),
        (HEAD + SHARE + "aggregate = 'sum'\nweight = 'Admis'\n", ["value[0].weight"]),
        (HEAD + SHARE + "not_measured = [{ columns = ['a'], equals = ['0'] }]\n", ["value[0].not_measured[0].why"]),
        (HEAD + SHARE + "not_measured = { columns = ['a'] }\n", ["value[0].not_measured"]),
        (
            HEAD + SHARE + "not_measured = [{ columns = [], equals = [], why = 'x' }]\n",
            ["value[0].not_measured[0].columns", "value[0].not_measured[0].equals"],
        ),
    ],
)
def test_mapping_refused_with_the_path_of_each_key(text: str, expected: list[str]) -> None:
    assert sorted(paths(text)) == sorted(expected)


def test_mapping_misspelt_key_is_told_the_right_one() -> None:
    with pytest.raises(MappingRefused, match="Vouliez-vous dire «\u00a0aggregate\u00a0»"):
        parse_mapping(HEAD + SHARE + "agregate = 'sum'\n")


def full() -> Mapping:
    return parse_mapping(
        HEAD
        + '[unit]\nname = { column = "Nom" }\nsector = { column = "S", values = { "Privé" = "private", "?" = "" } }\n'
        + ABSENCES
        + "[[keep]]\ncolumn = 'F'\nequals = [\"Ecole d'Ingénieur\"]\n"
        + WEIGHTED
        + 'zero_weight = "secret"\nmultiply = 1e2\npercent_sign = true\nabsent_rows = "leave_out"\n'
    )


def test_mapping_canonical_text_is_a_mapping_and_its_own_canonical_text() -> None:
    again = parse_mapping(full().canonical_text)
    assert again == full()
    assert again.canonical_text == full().canonical_text
    assert "multiply = 100\n" in full().canonical_text


NEW = """format = 1
purpose = "figures"
dataset = "parcoursup"
title = "Essai"
reference_year = { column = "Rentrée" }
key = { scheme = "uai", column = "UAI", separator = " ; " }
[unit]
name = { column = "Nom" }
other_names = ["Sigle"]
names_from = 2020-09-01
names_to = 2021-08-31
[unit.numbers]
ror = { column = "ROR" }
siren = { column = "SIREN", separator = "," }
[[keep]]
column = "F"
starts_with = ["Ing"]
[[value]]
indicator = "femmes"
column = "Part"
aggregate = "sum"
times = "Admis"
not_measured = [{ columns = ["Part"], equals = ["0.58"], why = "médiane" }]
"""


def test_mapping_new_keys_are_in_the_canonical_text_where_they_are_used_alone() -> None:
    mapping = parse_mapping(NEW)
    again = parse_mapping(mapping.canonical_text)
    assert again == mapping
    assert again.canonical_text == mapping.canonical_text
    assert (mapping.reference_year, mapping.year_column, mapping.key.separator) == (None, "Rentrée", ";")
    later = (
        "purpose",
        "dataset",
        "separator",
        "other_names",
        "names_",
        "numbers",
        "starts_with",
        "times",
        "not_measured",
    )
    assert [key for key in later if key in full().canonical_text] == []
    assert [key for key in later if key not in mapping.canonical_text] == ["purpose"]
    register = "purpose = 'register'\n" + HEAD
    assert 'purpose = "register"' in parse_mapping(register).canonical_text


def test_mapping_digests_of_the_first_files_stay() -> None:
    # They are kept with the imports that used these files: a key that is new to mappings may not change them.
    for path, digest in DIGESTS.items():
        assert parse_mapping(path.read_text(encoding="utf-8")).digest == digest


def test_mapping_digest_ignores_writing_and_sees_meaning() -> None:
    plain = parse_mapping(HEAD + ABSENCES + SHARE)
    written_otherwise = parse_mapping(
        "# une remarque\n" + HEAD.replace("format = 1\n", "") + "format = 1\n" + ABSENCES + SHARE + "multiply = 1.00\n"
    )
    assert written_otherwise.digest == plain.digest
    assert len(plain.digest) == 64
    assert parse_mapping(HEAD + ABSENCES + SHARE + "multiply = 100\n").digest != plain.digest


@given(
    st.text(
        st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co"), exclude_characters="\ufffd"), min_size=1, max_size=30
    ).filter(str.strip)
)
def test_mapping_canonical_text_holds_any_header(header: str) -> None:
    quoted = header.replace("\\", "\\\\").replace('"', '\\"')
    mapping = parse_mapping(HEAD + SHARE.replace('"Part"', f'"{quoted}"'))
    assert mapping.values[0].column == header
    assert parse_mapping(mapping.canonical_text) == mapping


@given(st.text(max_size=200))
def test_mapping_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(MappingRefused):
        parse_mapping(text)
