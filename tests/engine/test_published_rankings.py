"""Rankings published by others, found again from their own figures."""

import csv
import os
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from rankings.engine import Absence, Dataset, Result, competition_ranks, parse_method, rank
from tests.engine.methods import head, leaf

ROOT = Path(__file__).parents[2]
TO_TEN = 'kind = "minmax", better = "higher", low = 0, high = 10'


def published(name: str) -> Path:
    folder = Path(os.environ.get("PALMARES_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("shared data not found")
    return folder / "classements" / name


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def human_freedom_by_year() -> Iterator[tuple[list[dict[str, str]], Dataset]]:
    years = defaultdict(list)
    for row in rows_of(published("hfi_2020.csv")):
        if row["HUMAN FREEDOM (Score)"] not in {"", "-"}:
            years[row["Year"]].append(row)
    for rows in years.values():
        columns = {
            code: {row["Countries"]: Decimal(row[header]) for row in rows}
            for code, header in (("personal", "PERSONAL FREEDOM (Score)"), ("economic", "ECONOMIC FREEDOM (Score)"))
        }
        yield rows, Dataset(tuple(row["Countries"] for row in rows), columns)


def human_freedom_found_again(mode: str) -> tuple[int, int, int]:
    method = parse_method(head(mode=mode) + leaf("personal", scale=TO_TEN) + leaf("economic", scale=TO_TEN))
    total = scores = ranks = 0
    for rows, dataset in human_freedom_by_year():
        found = {row.unit: row for row in rank(dataset, method).rows}
        for row in rows:
            total += 1
            scores += found[row["Countries"]].score == Decimal(row["HUMAN FREEDOM (Score)"])
            ranks += found[row["Countries"]].rank == int(row["HUMAN FREEDOM (Rank)"])
    return total, scores, ranks


def test_human_freedom_index_all_scores_and_ranks():
    """Mean of two freedoms out of 10, to two decimals, half up: 1,702 scores and 1,702 ranks of 1,702."""
    assert human_freedom_found_again("half_up") == (1702, 1702, 1702)


def test_human_freedom_index_with_the_half_to_even_is_not_what_was_published():
    # The same 1,280 scores as with the quantize() of Python's own decimals.
    total, scores, _ = human_freedom_found_again("half_even")
    assert (total, scores) == (1702, 1280)


def test_world_happiness_report_sum_of_seven_parts():
    """Seven parts that add up, published rounded: a score may be off by a thousandth, and no rank of 158 is."""
    rows = rows_of(published("whr_2015.csv"))
    headers = list(rows[0])[6:]
    assert len(headers) == 7
    names = [f"part{position}" for position in range(len(headers))]
    method = parse_method(head(aggregate="sum", digits=3) + "".join(leaf(name, scale=TO_TEN) for name in names))
    columns = {
        name: {row["Country"]: Decimal(row[header]) for row in rows}
        for name, header in zip(names, headers, strict=True)
    }
    result = rank(Dataset(tuple(row["Country"] for row in rows), columns), method)
    found = {row.unit: row for row in result.rows}
    assert len(rows) == 158
    off = [abs(found[row["Country"]].score - Decimal(row["Happiness Score"])) for row in rows]
    assert max(off) <= Decimal("0.001")
    assert [row["Country"] for row in rows if found[row["Country"]].rank != int(row["Happiness Rank"])] == []


def corruption_perceptions() -> tuple[list[tuple[str, int, int]], Result]:
    sheet = openpyxl.load_workbook(published("cpi_2020.xlsx"), data_only=True)["CPI2020"]
    rows = [row for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]]
    names = [f"source{position}" for position in range(1, 14)]
    columns = {
        name: {
            row[0]: Absence.MISSING if row[8 + position] in {"", None} else Decimal(row[8 + position]) for row in rows
        }
        for position, name in enumerate(names, start=1)
    }
    scale = 'kind = "minmax", better = "higher", low = 0, high = 100'
    # Three sources of thirteen at least: 3/13 is 0.2307…
    text = head(points="100", coverage="0.23", digits=0) + "".join(leaf(name, scale=scale) for name in names)
    dataset = Dataset(tuple(row[0] for row in rows), columns)
    return [(row[0], row[3], row[4]) for row in rows], rank(dataset, parse_method(text))


def test_corruption_perceptions_index_mean_of_the_sources_there_are():
    """Mean of the 3 to 13 sources available; they were published rounded, so 14 scores of 180 are one point off."""
    rows, result = corruption_perceptions()
    found = {row.unit: row for row in result.rows}
    assert len(rows) == 180
    assert all(row.rank is not None for row in result.rows)
    assert sum(found[country].score == score for country, score, _ in rows) == 166
    assert max(abs(found[country].score - score) for country, score, _ in rows) == 1


def test_corruption_perceptions_index_ranks_on_published_scores():
    rows, _ = corruption_perceptions()
    ranks = competition_ranks({country: Decimal(score) for country, score, _ in rows})
    assert [country for country, _, published_rank in rows if ranks[country][0] != published_rank] == []


def test_academic_ranking_of_universities_ranks_on_published_totals():
    """Ranks 1-2-2-4 on the published totals, for each year and all universities whose rank is not a band."""
    years = defaultdict(list)
    for row in rows_of(published("arwu_2005_2015.csv")):
        if row["total_score"]:
            years[row["year"]].append(row)
    total = exact = 0
    for rows in years.values():
        ranks = competition_ranks({row["university_name"]: Decimal(row["total_score"]) for row in rows})
        total += len(rows)
        exact += sum(ranks[row["university_name"]][0] == int(row["world_rank"]) for row in rows)
    assert (total, exact) == (1101, 1101)
