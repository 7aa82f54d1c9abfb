"""Each detector, on rows made by hand: a case that fires, and one beside it that must not."""

from decimal import Decimal
from fractions import Fraction

import pytest
from openpyxl import Workbook

from schools.anomalies import Anomaly, find_anomalies, gaps, jumps, parse_checks
from schools.anomalies.exact import chance, simplest, slack
from schools.importing import parse_mapping, read_document
from schools.naming import search_key
from tests.schools.importing.building import workbook

MAPPING = """format = 1
title = "Essai"
reference_year = 2025
key = { scheme = "uai", column = "UAI" }
[absences]
"" = "missing"
"""
SUM = '[[value]]\nindicator = "{code}"\ncolumn = "{column}"\naggregate = "sum"\n'
CHECKS = 'format = 1\ntitle = "Essai"\nmapping = "Essai"\n'
UAI = "0062197F"


def found(table: str, checks: str, *columns: str, extra: str = "") -> tuple[Anomaly, ...]:
    """The anomalies of a CSV text; each of these columns makes a value of the same name."""
    # A mapping has values; where the test asks for none, the column of the keys stands in and is looked at by nobody.
    wanted = columns or (() if "[[value]]" in extra else ("UAI",))
    values = "".join(SUM.format(code=search_key(column), column=column) for column in wanted)
    document = read_document(table.encode(), "essai.csv")
    return find_anomalies(document, parse_mapping(MAPPING + extra + values), parse_checks(CHECKS + checks))


def table(header: str, *rows: str) -> str:
    return "\n".join([f"UAI;{header};N", *(f"{UAI};{row};{place}" for place, row in enumerate(rows))]) + "\n"


RATIO = '[[share]]\nshare = "Part"\npart = ["Femmes"]\nwhole = ["Femmes", "Hommes"]\nscale = 100\n'


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("45;75;37,5", None),
        ("1;2;33,3", None),  # as rounded
        ("1;2;33,33", None),
        ("1;2;33,4", "share_is_not_the_ratio"),
        ("45;75;0,375", "share_is_not_the_ratio"),
        ("45;;37,5", None),
    ],
)
def test_share_against_its_counts(row: str, sentence: str | None) -> None:
    anomalies = found(table("Femmes;Hommes;Part", row), RATIO, "Femmes")
    assert [a.sentence for a in anomalies] == ([sentence] if sentence else [])
    for anomaly in anomalies:
        assert (anomaly.code, anomaly.severity) == ("contradiction", "blocking")
        assert anomaly.cells == ("B2", "C2", "D2")
        assert anomaly.touches == {("femmes", "B2")}
        assert anomaly.subjects == (UAI,)


def test_message_has_the_figures_as_french_and_english_write_them() -> None:
    from django.utils import translation

    (anomaly,) = found(table("Femmes;Hommes;Part", "1500;1500;51,5"), RATIO)
    assert "51,5" in anomaly.message
    assert "3 000".replace(" ", "\u202f") in anomaly.message
    with translation.override("en"):
        assert "3,000" in anomaly.message


def test_part_above_its_whole_unless_it_may() -> None:
    rows = table("Admis;Places;Taux", "12;10;1,2")
    check = '[[share]]\nshare = "Taux"\npart = ["Admis"]\nwhole = ["Places"]\n'
    assert [a.sentence for a in found(rows, check, "Admis")] == ["part_exceeds_whole"]
    assert found(rows, check + "part_may_exceed = true\n", "Admis") == ()


@pytest.mark.parametrize(
    ("share", "admitted", "fires"), [("0,25", 8, False), ("0,25", 6, True), ("0,3333333333333333", 9, False)]
)
def test_share_of_a_count_must_be_people(share: str, admitted: int, fires: bool) -> None:
    check = '[[share]]\nshare = "Part"\nwhole = ["Admis"]\n'
    anomalies = found(table("Admis;Part", f"{admitted};{share}"), check, "Admis")
    assert [a.sentence for a in anomalies] == (["share_of_no_count"] if fires else [])


@pytest.mark.parametrize(("share", "admitted", "fires"), [("20,0", 5, False), ("20,0", 4, True), ("50", 3, False)])
def test_share_of_an_unknown_part_needs_enough_people(share: str, admitted: int, fires: bool) -> None:
    check = '[[share]]\nshare = "Part"\nwhole = ["Admis"]\nscale = 100\nat_most = true\n'
    anomalies = found(table("Admis;Part", f"{admitted};{share}"), check, "Part")
    assert [a.sentence for a in anomalies] == (["share_of_no_fewer"] if fires else [])


def test_parts_make_a_whole_within_the_gap_allowed() -> None:
    check = '[[sum]]\nparts = ["Femmes", "Hommes"]\nwhole = "Inscrits"\nmost_percent = 10\n'
    rows = table("Femmes;Hommes;Inscrits", "40;60;100", "40;60;105", "40;60;120", "60;60;100")
    anomalies = found(rows, check, "Inscrits")
    assert [(a.severity, a.sentence, a.cells) for a in anomalies] == [
        ("blocking", "sum_is_not_whole", ("B4", "C4", "D4")),
        ("blocking", "sum_is_not_whole", ("B5", "C5", "D5")),
        ("remark", "sum_differs_often", ()),
    ]
    assert dict(anomalies[2].params)["count"] == "3"
    one = '[[sum]]\nparts = ["A", "B"]\nwhole_is = 1\n'
    assert found(table("A;B", "0,4642857142857143;0,5357142857142857"), one) == ()
    assert [a.sentence for a in found(table("A;B", "0,40;0,50"), one)] == ["sum_is_not_whole"]


def test_share_of_nobody_is_said_once_and_touches_nothing_that_weighs_nothing() -> None:
    check = '[[share]]\nshare = "Part"\nwhole = ["Admis"]\n'
    rows = table("Admis;Part", "0;0,53", "0;0,53", "4;0,25", "0;0", "0;")
    weighted = '[[value]]\nindicator = "part"\ncolumn = "Part"\naggregate = "weighted_mean"\nweight = "Admis"\n'
    (nobody,) = found(rows, check, extra=weighted)
    assert (nobody.code, nobody.severity, nobody.params["count"]) == ("zero_denominator", "remark", "2")
    assert nobody.touches == frozenset()
    (summed,) = found(rows, check, "Part")
    assert (summed.severity, summed.touches) == ("blocking", {("part", "C2"), ("part", "C3")})


def series(*figures: int | None) -> dict[int, Fraction]:
    return {2010 + place: Fraction(figure) for place, figure in enumerate(figures) if figure is not None}


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((354, 12, 368), [(2010, 2011, 2012)]),
        ((40, 12, 45), []),  # under the least
        ((300, 310, 900), []),
        ((300, 310, 1000), [(2011, 2012, None)]),
        ((0, 200), [(2010, 2011, None)]),
        ((100, None, 20), [(2010, 2012, None)]),
        ((154, 45, 149, 48, 372), [(2010, 2011, 2012), (2012, 2013, 2014)]),
    ],
)
def test_jumps_of_one_series(figures: tuple[int | None, ...], expected: list[tuple[int, int, int | None]]) -> None:
    found_jumps = jumps(series(*figures), times=Fraction(3), least=Fraction(50))
    assert [(j.before, j.year, j.back) for j in found_jumps] == expected


def test_jumps_do_not_depend_on_the_unit_of_a_series() -> None:
    figures = series(354, 12, 368, 90, 400)
    tenfold = {year: figure * 10 for year, figure in figures.items()}
    assert jumps(figures, times=Fraction(3), least=Fraction(50)) == jumps(
        tenfold, times=Fraction(3), least=Fraction(500)
    )


def test_gaps_are_between_two_figures() -> None:
    years = frozenset(range(2010, 2016))
    assert gaps(series(None, 3, None, 4, None), years) == (2012,)
    assert gaps({}, years) == ()


def test_a_jump_and_a_gap_in_a_file() -> None:
    check = 'year = "Année"\n[[jump]]\ncolumn = "Mobilité"\ntimes = 4\nleast = 100\n'
    rows = table("Année;Mobilité", "2020;354", "2021;12", "2022;368", "2023;", "2024;370")
    back, gap = found(rows, check, "Mobilité")
    assert (back.severity, back.sentence, back.year, back.cells) == ("blocking", "jump_and_back", 2021, ("C3",))
    assert "354 (2020) à 12 (2021), puis revient à 368 (2022)" in back.message
    assert (gap.severity, gap.sentence, gap.year) == ("remark", "vanishes_and_returns", 2023)


CONSTANT = '[[constant]]\ncolumns = ["Part"]\n'


def shares(*repeated: tuple[str, int], others: int = 200) -> list[str]:
    """Distinct shares on fine fractions, and these texts so many times."""
    fine = [str(Decimal(k) / Decimal(997)) for k in range(1, others + 1)]
    return [*fine, *(text for text, count in repeated for _ in range(count))]


def test_constant_beyond_chance_and_what_is_natural() -> None:
    (filled,) = found(table("Part", *shares(("0,5357142857142857", 30))), CONSTANT, "Part")
    assert (filled.code, filled.severity, filled.sentence) == ("repeated_constant", "blocking", "constant")
    assert len(filled.touches) == len(filled.cells) == 30
    natural = shares(("0", 60), ("1", 40), ("0,5357142857142857", 9))
    assert found(table("Part", *natural), CONSTANT, "Part") == ()


def test_simple_fractions_are_held_against_their_like() -> None:
    """1/2 and thirds are all frequent among shares of few people; nothing is to be said of any of them."""
    few = shares(("0,5", 30), ("0,3333333333333333", 22), ("0,6666666666666666", 20), ("0,25", 18), ("0,75", 16))
    rows = table("Admis;Part", *(f"12;{share}" for share in few))
    assert found(rows, CONSTANT + 'base = "Admis"\n', "Part") == ()
    assert len(found(rows, CONSTANT, "Part")) == 5  # without the people, nobody could tell


def test_constants_that_go_together_spare_the_rows_that_hold_one_alone() -> None:
    alone = [("0,3333333333333333", "0.1234567")] * 12
    filled = [("0,3333333333333333", "0,029411764705882353")] * 40
    fine = list(zip(shares(), reversed(shares()), strict=True))
    rows = table("Admis;A;B", *(f"999;{a};{b}" for a, b in [*alone, *filled, *fine]))
    checks = '[[constant]]\ncolumns = ["A", "B"]\nbase = "Admis"\n'
    by_column = {a.columns[0]: a for a in found(rows, checks, "A", "B") if a.sentence == "constant_with_others"}
    assert {column: len(a.cells) for column, a in by_column.items()} == {"A": 40, "B": 40}
    impossible = table("Admis;A;B", *(f"2;{a};{b}" for a, b in alone), *(f"999;{a};{b}" for a, b in [*filled, *fine]))
    again = [a for a in found(impossible, checks, "A", "B") if a.columns[0] == "A"]
    assert len(again[0].cells) == 52


def test_constant_among_frequent_neighbours_is_a_remark() -> None:
    rates = [f"0,{n:02d}" for n in range(40, 80)] * 2 + ["0,88"] * 19 + ["0,89"] * 15 + ["0,91"] * 16 + ["0,9"] * 62
    anomalies = found(table("Part", *rates), CONSTANT, "Part")
    assert ("remark", "constant_among_frequent") in {(a.severity, a.sentence) for a in anomalies}
    assert {a.severity for a in anomalies} == {"remark"}


def test_not_measured_rows_are_remarks() -> None:
    rows = table("Admis;Part", *(f"0;{share}" for share in shares(("0,58", 40))))
    (anomaly,) = found(
        rows,
        CONSTANT,
        extra='[[value]]\nindicator = "part"\ncolumn = "Part"\naggregate = "weighted_mean"\nweight = "Admis"\n',
    )
    assert (anomaly.severity, anomaly.touches) == ("remark", frozenset())


def test_scales_side_by_side_and_in_one_column() -> None:
    check = '[[scale]]\ncolumns = ["A", "B"]\n'
    (remark,) = found(table("A;B", "0,5;50", "0,25;25"), check, "A")
    assert (remark.severity, remark.sentence) == ("remark", "scales_differ")
    assert found(table("A;B", "5;50", "0;25"), check) == ()
    (mixed,) = found(table("A", "0,5", "0,7", "60", "70", "80"), '[[scale]]\ncolumns = ["A"]\n', "A")
    assert (mixed.severity, mixed.sentence, mixed.cells) == ("blocking", "scale_mixed", ("B2", "B3"))
    small = table("A", "0,98", *(str(n) for n in range(2, 30)))
    assert found(small, '[[scale]]\ncolumns = ["A"]\n', "A") == ()


def test_identical_rows_and_rows_that_differ_by_one_column() -> None:
    rows = f"UAI;Filière;Places\n{UAI};A;10\n{UAI};A;10\n{UAI};B;10\n{UAI};C;11\n"
    (twice,) = found(rows, "", "Places")
    assert (twice.severity, twice.sentence, twice.params["value_rows"]) == ("blocking", "rows_identical", "2, 3")
    assert twice.touches == {("places", "C2"), ("places", "C3")}
    alike = found(rows, "duplicates_but_one = true\n", "Places")[1:]
    assert [(a.severity, a.params) for a in alike] == [("remark", {"value_rows": "2, 4", "column": "Filière"})]


COMPONENT = (
    'year = "An"\n[[component]]\nname = "Nom"\nmark = "*"\nkind = "Type"\nwider = ["Université"]\n'
    'place = "Ville"\ncounts = ["Inscrits"]\n'
)


@pytest.mark.parametrize(
    ("others", "sentence", "wider"),
    [
        (["U1;Université;Metz;2020;100"], "component_same_count", "U1"),
        (["U1;Université;Lyon;2020;100", "U2;Université;Metz;2020;300"], "component_same_count", "U1"),
        (["U1;Université;Lyon;2020;300", "U2;Université;Metz;2020;300"], "component_only_one", "U2"),
        (["U1;Université;Metz;2020;400", "U2;Université;Metz;2020;300"], "component_untold", ""),
        (["U1;Université;Metz;2020;90", "U2;École;Metz;2020;300"], "component_untold", ""),
        (["U1;Université;Metz;2021;300"], "component_untold", ""),
    ],
)
def test_component_beside_the_one_that_holds_it(others: list[str], sentence: str, wider: str) -> None:
    anomalies = found(
        table("Nom;Type;Ville;An;Inscrits", "École *;École;Metz;2020;100", *others), COMPONENT, "Inscrits"
    )
    (anomaly,) = [a for a in anomalies if a.code == "counted_twice"]
    assert (anomaly.severity, anomaly.sentence, anomaly.params["wider"]) == ("remark", sentence, wider)


def test_unmarked_names_are_no_components() -> None:
    assert found(table("Nom;Type;Ville;An;Inscrits", "École;École;Metz;2020;100"), COMPONENT) == ()


def test_keys_beside_the_key() -> None:
    checks = 'name = "Nom"\nkeys = ["Anciens"]\n'
    wrong, named = sorted(
        found(table("Nom;Anciens", "A;0062197F,0062197G", "B;"), checks), key=lambda a: a.code, reverse=True
    )
    assert (wrong.code, wrong.params["key"], wrong.params["value_letter"]) == ("wrong_key_letter", "0062197G", "F")
    assert (named.code, named.severity) == ("repeated_key", "remark")
    assert found(table("Nom;Anciens", "A;0062197F", "A;0590348H"), checks) == ()


def test_columns_that_are_not_there_are_passed_over() -> None:
    everything = (
        'keys = ["z"]\nname = "z"\nyear = "z"\n'
        + RATIO
        + CONSTANT
        + '[[sum]]\nparts = ["z"]\nwhole_is = 1\n[[scale]]\ncolumns = ["z"]\n'
        + '[[jump]]\ncolumn = "z"\ntimes = 2\nleast = 1\n'
        + COMPONENT.partition("\n")[2]
    )
    assert found(table("Autre", "1"), everything) == ()
    assert find_anomalies(
        read_document(b"x;y\n1;2\n", "x.csv"), parse_mapping(MAPPING + SUM.format(code="a", column="A")),
        parse_checks(CHECKS),
    ) == ()  # fmt: skip


def test_order_of_the_rows_changes_nothing_but_the_places() -> None:
    rows = [f"{UAI};0;{share}" for share in shares(("0,58", 40), ("0,5", 3))]
    for lines in (rows, rows[::-1]):
        text = "\n".join(["UAI;Admis;Part;N", *(f"{line};{place}" for place, line in enumerate(lines))])
        (anomaly,) = found(text, CONSTANT, "Part")
        assert (anomaly.params["count"], len(anomaly.cells)) == ("40", 40)


def test_simplest_fraction_and_chance_by_hand() -> None:
    assert simplest(Fraction("0.029411764705882353"), Fraction(1, 10**13)) == Fraction(1, 34)
    assert simplest(Fraction("0.67"), slack("0,67", Fraction("0.67"))) == Fraction(2, 3)
    assert simplest(Fraction(0), Fraction(1, 10)) == 0
    # 1 - e^-2 (1 + 2 + 2) with e^-2 = 0.1353352832366127
    assert chance(3, Fraction(2)).quantize(Decimal("1e-9")) == Decimal("0.323323584")
    assert chance(0, Fraction(2)) == 1
    assert chance(130, Fraction(6)) < Decimal("1e-100")


def test_rows_that_the_mapping_does_not_keep_are_not_looked_at() -> None:
    rows = table("Filière;Femmes;Hommes;Part", "Ingénieur A;45;75;36", "Bachelor;45;75;36")
    kept = '[[keep]]\ncolumn = "Filière"\nstarts_with = ["Ingénieur"]\n'
    assert [a.cells[0] for a in found(rows, RATIO, "Femmes")] == ["C2", "C3"]
    (one,) = found(rows, RATIO, "Femmes", extra=kept)
    assert one.touches == {("femmes", "C2")}
    (one,) = found(rows, RATIO, "Femmes", extra='[[keep]]\ncolumn = "Filière"\nequals = ["Bachelor"]\n')
    assert one.cells[0] == "C3"


def test_what_is_declared_as_not_measured_is_not_held_back() -> None:
    rows = table("Part", *shares(("0,58", 40)))
    declared = (
        '[[value]]\nindicator = "part"\ncolumn = "Part"\naggregate = "sum"\n'
        'not_measured = [{ columns = ["Part"], equals = ["0,58"], why = "x" }]\n'
    )
    (anomaly,) = found(rows, CONSTANT, extra=declared)
    assert (anomaly.severity, anomaly.touches) == ("remark", frozenset())


def test_a_sheet_of_a_workbook_is_read_by_its_name() -> None:
    def fill(book: Workbook) -> None:
        book.active.title = "Notice"
        sheet = book.create_sheet("Effectifs")
        for row in (("UAI", "Femmes", "Hommes", "Part"), (UAI, 45, 75, "37,4"), (UAI, None, "nd", 0.375)):
            sheet.append(row)

    document = read_document(workbook(fill), "essai.xlsx")
    mapping = parse_mapping(
        MAPPING.replace('title = "Essai"', 'title = "Essai"\nsheet = "Effectifs"')
        + SUM.format(code="femmes", column="Femmes")
    )
    (anomaly,) = find_anomalies(document, mapping, parse_checks(CHECKS + RATIO))
    assert (anomaly.sheet, anomaly.cells) == ("Effectifs", ("B2", "C2", "D2"))
    unnamed = parse_mapping(MAPPING + SUM.format(code="femmes", column="Femmes"))
    assert find_anomalies(document, unnamed, parse_checks(CHECKS + RATIO)) == ()
