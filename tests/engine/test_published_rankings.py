"""Rankings published by others, found again from their own figures through the command that ranks any file."""

import csv
import io
import os
from collections import Counter
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from rankings.engine import competition_ranks
from rankings.engine.shell.commands import main

METHODS = Path(__file__).parent / "published"
ROOT = Path(__file__).parents[2]


def published(name: str) -> Path:
    folder = Path(os.environ.get("PALMARES_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("shared data not found")
    return folder / "classements" / name


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def ranked(capsys):
    """Unit → (score, rank), as the command prints them."""

    def ranked(data: Path, method: str, *options: str) -> dict[str, tuple[str, str]]:
        assert main(["rank", str(data), str(METHODS / method), "--format", "csv", *options]) == 0
        return {
            row["unit"]: (row["score"], row["rank"]) for row in csv.DictReader(io.StringIO(capsys.readouterr().out))
        }

    return ranked


def test_human_freedom_index_all_scores_and_ranks(ranked):
    """Mean of two freedoms out of 10, to two decimals, half up: 1,702 scores and 1,702 ranks of 1,702."""
    data = published("hfi_2020.csv")
    rows = [row for row in rows_of(data) if row["HUMAN FREEDOM (Score)"] not in {"", "-"}]
    found = {
        year: ranked(data, "hfi.toml", "--unit", "Countries", "--absence=-=missing", "--where", f"Year={year}")
        for year in {row["Year"] for row in rows}
    }
    assert len(rows) == 1702
    for row in rows:
        score, rank = found[row["Year"]][row["Countries"]]
        assert (Decimal(score), rank) == (Decimal(row["HUMAN FREEDOM (Score)"]), row["HUMAN FREEDOM (Rank)"])


def test_human_freedom_index_with_the_half_to_even_is_not_what_was_published(ranked, tmp_path):
    # The same 1,280 scores as with the quantize() of Python's own decimals.
    data = published("hfi_2020.csv")
    method = tmp_path / "hfi.toml"
    method.write_text((METHODS / "hfi.toml").read_text().replace("half_up", "half_even"))
    rows = [row for row in rows_of(data) if row["HUMAN FREEDOM (Score)"] not in {"", "-"}]
    same = 0
    for year, of_year in Counter(row["Year"] for row in rows).items():
        found = ranked(data, str(method), "--unit", "Countries", "--absence=-=missing", "--where", f"Year={year}")
        mine = [row for row in rows if row["Year"] == year]
        assert len(mine) == of_year
        same += sum(Decimal(found[row["Countries"]][0]) == Decimal(row["HUMAN FREEDOM (Score)"]) for row in mine)
    assert same == 1280


def test_world_happiness_report_sum_of_seven_parts(ranked):
    """Seven parts that add up, published rounded: a score may be off by a thousandth, and no rank of 158 is."""
    data = published("whr_2015.csv")
    rows, found = rows_of(data), ranked(data, "whr.toml", "--unit", "Country")
    assert len(rows) == len(found) == 158
    assert all(found[row["Country"]][1] == row["Happiness Rank"] for row in rows)
    off = [abs(Decimal(found[row["Country"]][0]) - Decimal(row["Happiness Score"])) for row in rows]
    assert max(off) <= Decimal("0.001")


@pytest.fixture
def corruption(tmp_path) -> Path:
    """The sheet of the index as CSV, without the two title rows above its header."""
    sheet = openpyxl.load_workbook(published("cpi_2020.xlsx"), data_only=True)["CPI2020"]
    rows = [row for row in sheet.iter_rows(min_row=3, values_only=True) if row[0]]
    with (tmp_path / "cpi.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(["" if cell is None else cell for cell in row] for row in rows)
    return tmp_path / "cpi.csv"


def test_corruption_perceptions_index_mean_of_the_sources_there_are(ranked, corruption):
    """Mean of the 3 to 10 sources available; they were published rounded, so 14 scores of 180 are one point off."""
    rows, found = rows_of(corruption), ranked(corruption, "cpi.toml", "--unit", "Country")
    assert len(rows) == 180
    assert all(found[row["Country"]][1] for row in rows)
    off = Counter(abs(int(found[row["Country"]][0]) - int(row["CPI score 2020"])) for row in rows)
    assert off == {0: 166, 1: 14}


def test_corruption_perceptions_index_ranks_on_published_scores(corruption):
    rows = rows_of(corruption)
    ranks = competition_ranks({row["Country"]: Decimal(row["CPI score 2020"]) for row in rows})
    assert [row["Country"] for row in rows if ranks[row["Country"]][0] != int(row["Rank"])] == []


def universities() -> list[dict[str, str]]:
    """Those that have a total: beyond rank 100 bands alone are published, and some names are there twice."""
    return [row for row in rows_of(published("arwu_2005_2015.csv")) if row["total_score"]]


def test_academic_ranking_of_universities_totals_from_its_six_indicators(ranked, tmp_path):
    """The six indicators were published rounded: nearly all totals are found again, the others a tenth off."""
    rows = universities()
    with (tmp_path / "arwu.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    off: Counter[Decimal] = Counter()
    ranks = 0
    for year in {row["year"] for row in rows}:
        found = ranked(tmp_path / "arwu.csv", "arwu.toml", "--unit", "university_name", "--where", f"year={year}")
        for row in rows:
            if row["year"] == year:
                score, rank = found[row["university_name"]]
                off[abs(Decimal(score) - Decimal(row["total_score"]))] += 1
                ranks += rank == row["world_rank"]
    assert (len(rows), ranks) == (1101, 1023)
    assert off == {Decimal(0): 998, Decimal("0.1"): 102, Decimal("0.4"): 1}


def test_academic_ranking_of_universities_ranks_on_published_totals():
    """Ranks 1-2-2-4 on the published totals, for each year and all universities whose rank is not a band."""
    rows = universities()
    exact = 0
    for year in {row["year"] for row in rows}:
        ranks = competition_ranks({
            row["university_name"]: Decimal(row["total_score"]) for row in rows if row["year"] == year
        })  # fmt: skip
        exact += sum(ranks[row["university_name"]][0] == int(row["world_rank"]) for row in rows if row["year"] == year)
    assert (len(rows), exact) == (1101, 1101)
