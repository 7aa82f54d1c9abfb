"""The generator of the demonstration: fictional schools, spread as the real ones, the same bytes on any machine."""

import csv
import hashlib
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from editorial.actions.indicators import Definition
from editorial.demo.catalogue import definitions_in
from editorial.demo.columns import mapping_of
from editorial.demo.generator.chance import normal, per_mille
from editorial.demo.generator.figures import figures
from editorial.demo.generator.files import certified, printed, register
from editorial.demo.generator.measures import CATALOGUE, measures
from editorial.demo.generator.printing import print_of
from editorial.demo.generator.roster import FIRST, HERO, LAST, known_in, roster
from editorial.demo.generator.workbook import workbook
from schools.importing import IndicatorRule, extract, parse_mapping, read_document
from schools.importing.keys import expected_letter
from schools.models import Entry, Sector
from schools.naming import free_slug, search_key

# Ranked in each edition, as in the ranking that the demonstration imitates.
RANKED = {2018: 164, 2019: 174, 2020: 167, 2021: 168, 2022: 172, 2023: 169}
# The bytes of the files, which change when the schools, their figures or the way they are drawn do.
DIGESTS = {
    "register": "e5e75203490422d531e0d7155541b6d24455b1ff1530a76672cead574dec6c5d",
    "cti": "ffcd0824bc41aadcbc7a7ca6e76b957118bf4a0f9c32c2552745071832d06301",
    "cdefi": "515953db3906cd0106cd0a7299b28a5efeef60041cefc1f2ae5d4140452efc10",
    "printed": "e87b696d3ab9b847049fdcc7f448ddfd481529658fb252d8c3f03b40f4e0ca93",
}


@pytest.mark.parametrize(("year", "count"), RANKED.items())
def test_each_edition_ranks_as_many_schools_as_the_real_one(year: int, count: int) -> None:
    assert sum(school.ranked_in(year) for school in roster()) == count
    assert all(school.is_there_in(year) for school in roster() if school.ranked_in(year))


def test_the_schools_of_2023_are_spread_as_the_real_ones() -> None:
    ranked = [school for school in roster() if school.ranked_in(LAST)]
    assert sum(school.sector == Sector.PUBLIC for school in ranked) == 134
    assert Counter(school.entry for school in ranked) == {Entry.POST_PREPA: 90, Entry.POST_BAC: 79}
    assert {school.years for school in ranked} == {3, 5}
    regions = Counter(school.region for school in ranked)
    assert regions.most_common(4) == [
        ("Île-de-France", 38), ("Auvergne-Rhône-Alpes", 22), ("Grand Est", 20), ("Occitanie", 16),
    ]  # fmt: skip
    assert len(regions) == 15


def test_names_and_numbers_are_told_apart() -> None:
    names = [name for school in roster() for name in (school.name, *school.known_as)]
    assert len({search_key(name) for name in names}) == len(names)
    numbers = [school.uai for school in roster()]
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith("999") and expected_letter(number) == number[-1] for number in numbers)
    assert HERO in {free_slug(school.name, set()) for school in roster()}


def test_no_name_is_that_of_a_real_school(shared_data: Path) -> None:
    real = set()
    for path in sorted((shared_data / "ecoles").glob("*.csv")):
        text = path.read_text(encoding="utf-8-sig")
        rows = csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.splitlines()[0] else ",")
        real |= {search_key(cell) for row in rows for cell in row.values() if isinstance(cell, str)}
    assert search_key("École nationale supérieure des mines d'Alès") in real
    ours = {name for school in roster() for name in (school.name, *school.known_as, school.name_in(LAST))}
    assert not {name for name in ours if search_key(name) in real}


def test_draws_depend_on_what_is_drawn_alone() -> None:
    assert normal("a", 1) == normal("a", 1) != normal("a", 2)
    drawn = [normal("school", number) for number in range(2000)]
    assert abs(sum(drawn)) < 100 * len(drawn)
    assert 900 < (sum(each * each for each in drawn) // len(drawn)) ** 0.5 < 1100
    assert {per_mille("school", number) // 100 for number in range(200)} == set(range(10))


@pytest.mark.parametrize("year", range(FIRST, LAST + 2))
def test_figures_are_exact_and_within_their_bounds(year: int) -> None:
    known = {measure.code: measure for measure in measures()}
    for school in known_in(year):
        told = figures(school, year - 1)
        for code, figure in told.items():
            if isinstance(figure, Decimal):
                assert -figure.as_tuple().exponent <= known[code].decimals
                assert 0 <= figure.scaleb(known[code].decimals) <= known[code].maximum
        assert told["femmes"] + told["hommes"] == told["eleves"]


def test_fifteen_schools_have_the_label_and_apprentices_have_no_fees() -> None:
    ranked = [school for school in roster() if school.ranked_in(LAST)]
    assert sum(figures(school, LAST - 1)["label_dds"] == 1 for school in ranked) == 15
    apart = [figures(school, LAST - 1)["frais_scolarite"] for school in ranked if school.apprentices_only]
    assert apart == ["so"] * 4
    marks = Counter(
        figure for school in ranked for figure in figures(school, LAST - 1).values() if isinstance(figure, str)
    )
    assert marks.keys() == {"", "nd", "so", "ns"}


def test_the_files_are_the_same_bytes_everywhere() -> None:
    made = {
        "register": register(LAST),
        "cti": certified("cti", LAST),
        "cdefi": certified("cdefi", LAST),
        "printed": printed(FIRST),
    }
    assert {name: hashlib.sha256(content).hexdigest() for name, content in made.items()} == DIGESTS


@pytest.mark.parametrize(("file", "year"), [("cti", 2021), ("cti", 2023), ("cdefi", 2021), ("cdefi", 2024)])
def test_the_files_read_whole_under_their_mappings(file: str, year: int) -> None:
    path = settings.BASE_DIR / "schools" / "mappings" / f"demonstration_{mapping_of(file, year)}.toml"
    mapping = parse_mapping(path.read_text(encoding="utf-8"))
    collected = {m.code for m in measures() if m.file == file and (m.until is None or year - 1 <= m.until)}
    assert {rule.indicator for rule in mapping.values} == collected
    rules = {d.code: _rule(d) for d in definitions_in(CATALOGUE)}
    found = extract(read_document(certified(file, year), f"{file}.xlsx"), mapping, rules)
    assert not found.problems
    assert found.rows_read == sum(school.answers_in(year) for school in known_in(year))
    assert len(found.values) == found.rows_read * len(collected)


def _rule(definition: Definition) -> IndicatorRule:
    return IndicatorRule(
        definition.code, definition.minimum, definition.maximum, definition.decimals, definition.measure
    )


def test_a_slip_is_written_and_a_corrected_file_holds_one_school() -> None:
    name = "École des mines de Retz"
    wrong = certified("cti", 2022, {(name, "doubles_diplomes"): Decimal("43.0")})
    assert wrong != certified("cti", 2022)
    document = read_document(certified("cti", 2022, only={name}), "rectificatif.xlsx")
    assert len(document.sheets[0].rows) == 4


def test_the_story_is_printed_in_the_editions_before() -> None:
    found = {
        year: next(p for p in print_of(year) if p.school.name == "École des mines du Gardon")
        for year in (2018, 2019, 2020)
    }
    assert {year: (place.rank, place.tied) for year, place in found.items()} == {
        2018: (52, False),
        2019: (43, True),
        2020: (41, True),
    }
    assert [len(print_of(year)) for year in found] == [164, 174, 167]


def test_a_workbook_has_no_clock_and_escapes_what_it_says() -> None:
    content = workbook([("A & B", [["<École>", 3, Decimal("2.50"), ""], ["fin"]])])
    assert content == workbook([("A & B", [["<École>", 3, Decimal("2.50"), ""], ["fin"]])])
    sheet = read_document(content, "essai.xlsx").sheets[0]
    assert sheet.name == "A & B"
    assert [cell.text for cell in sheet.rows[0]] == ["<École>", "3", "2.50"]
