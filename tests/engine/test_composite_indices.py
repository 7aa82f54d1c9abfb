"""Whole indices of well-known shapes, written as method files: published figures, and the same steps in floats."""

import math
import random
from decimal import Decimal

import pytest

from rankings.engine import Absence, Dataset, parse_method, rank
from tests.engine.methods import branch, column, leaf

GOALPOSTS = 'kind = "minmax", better = "higher", low = {low}, high = {high}'
HDI = """format = 1
title = { fr = "Indice de développement humain" }
aggregate = "geometric"
points = 1
[rounding]
score = { digits = 3, mode = "half_up" }
ranks_on = "rounded"
[missing]
missing = "unranked"
not_communicated = "unranked"
not_applicable = "unranked"
secret = "unranked"
"""


def goalposts(key: str, low: int, high: int, *lines: str, at: str = "node") -> str:
    capped = f"caps = {{ low = {low}, high = {high} }}"
    return leaf(key, capped, *lines, scale=GOALPOSTS.format(low=low, high=high), at=at)


def test_the_human_development_index_of_2021():
    """Life expectancy, expected and mean years of schooling, income: the first three of the 2021/22 report."""
    method = parse_method(
        HDI
        + goalposts("life", 20, 85)
        + branch("education", 'aggregate = "mean"')
        + goalposts("expected", 0, 18, at="node.node")
        + goalposts("mean", 0, 15, at="node.node")
        + goalposts("income", 100, 75000, 'transform = "log"')
    )
    result = rank(
        Dataset(("CHE", "NOR", "ISL"), {
            "life": column(CHE="83.9872", NOR="83.2339", ISL="82.6782"),
            "expected": column(CHE="16.50029", NOR="18.1852", ISL="19.163059"),
            "mean": column(CHE="13.85966", NOR="13.00363", ISL="13.76717"),
            "income": column(CHE="66933.00454", NOR="64660.10622", ISL="55782.04981"),
        }),
        method,
    )  # fmt: skip
    assert [(row.unit, row.rank, str(row.score)) for row in result.rows] == [
        ("CHE", 1, "0.962"),
        ("NOR", 2, "0.961"),
        ("ISL", 3, "0.959"),
    ]
    assert [row.points["education"].points for row in result.rows][2] == Decimal("0.959")


ASEM = """format = 1
title = { fr = "Indice de connectivité" }
aggregate = "mean"
points = 100
[rounding]
score = { digits = 12, mode = "half_up" }
ranks_on = "unrounded"
[missing]
missing = { impute = "mean", group = "continent", otherwise = { impute = "mean", otherwise = "leave_out" } }
not_communicated = "leave_out"
not_applicable = "leave_out"
secret = "leave_out"
"""
AS_COINR = 'outliers = { kind = "skewness", skewness = 2, kurtosis = 3.5, most = 5, otherwise = "log" }'
UNITS = tuple(f"u{number:02}" for number in range(51))
PILLARS = 8


class Figures:
    """Figures of 51 countries on two continents: 49 indicators, the half of them divided by population, many skewed."""

    def __init__(self, seed: int) -> None:
        draw = random.Random(seed)
        self.population = {unit: draw.randint(50, 150_000) for unit in UNITS}
        self.continent = {unit: draw.choice(("Europe", "Asie")) for unit in UNITS}
        self.values = {f"i{number:02}": self.column(draw, number % 4) for number in range(49)}
        self.weight = {code: draw.randint(1, 9) for code in self.values}
        self.better = {code: draw.choice(("higher", "lower")) for code in self.values}

    @staticmethod
    def column(draw: random.Random, shape: int) -> dict[str, int]:
        power = (1, 3, 6, 12)[shape]
        column = {unit: round(1000 * math.exp(power * draw.random() ** power)) for unit in UNITS}
        return {unit: value for unit, value in column.items() if draw.random() > 0.06}

    def pillar(self, code: str) -> int:
        return int(code[1:]) % PILLARS

    def divided(self, code: str) -> bool:
        return int(code[1:]) % 2 == 0

    def text(self) -> str:
        """The method: three levels below the index, 49 leaves, all treated as COINR's example treats them."""
        text = ASEM
        for half in range(2):
            text += branch(f"s{half}", weight=str(half + 1))
            for pillar in range(half * PILLARS // 2, (half + 1) * PILLARS // 2):
                text += branch(f"p{pillar}", at="node.node")
                for code in (code for code in self.values if self.pillar(code) == pillar):
                    lines = [AS_COINR, 'denominator = "population"'] if self.divided(code) else [AS_COINR]
                    scale = f'kind = "minmax", better = "{self.better[code]}"'
                    weight = str(self.weight[code])
                    text += leaf(code, f'indicator = "{code}"', *lines, weight=weight, scale=scale, at="node.node.node")
        return text

    def dataset(self) -> Dataset:
        columns = {
            code: {unit: Decimal(value) for unit, value in column.items()} for code, column in self.values.items()
        }
        population = {unit: Decimal(value) for unit, value in self.population.items()}
        return Dataset(UNITS, {**columns, "population": population}, {"continent": self.continent})

    def in_floats(self) -> list[float]:
        """The scores by the same steps: denominate, impute, treat, normalise, aggregate."""
        points = {code: self.points_in_floats(code) for code in self.values}
        scores = []
        for at in range(len(UNITS)):
            pillars = [self.mean(points, [code for code in self.values if self.pillar(code) == one], at)
                       for one in range(PILLARS)]  # fmt: skip
            scores.append((sum(pillars[:4]) / 4 + 2 * sum(pillars[4:]) / 4) / 3)
        return scores

    def mean(self, points: dict[str, list[float]], codes: list[str], at: int) -> float:
        total = sum(self.weight[code] for code in codes)
        return sum(self.weight[code] * points[code][at] for code in codes) / total

    def points_in_floats(self, code: str) -> list[float]:
        by = self.population if self.divided(code) else dict.fromkeys(UNITS, 1)
        known = {unit: value / by[unit] for unit, value in self.values[code].items()}
        means = {}
        for continent in set(self.continent.values()):
            inside = [value for unit, value in known.items() if self.continent[unit] == continent]
            means[continent] = sum(inside) / len(inside)
        treated = treat([known.get(unit, means[self.continent[unit]]) for unit in UNITS])
        low, high = min(treated), max(treated)
        points = [100 * (value - low) / (high - low) for value in treated]
        return points if self.better[code] == "higher" else [100 - value for value in points]


def treat(values: list[float]) -> list[float]:
    x, high, low = list(values), [], []
    while not passes(x) and len(high) + len(low) < 5:
        up = skew_and_kurtosis(x)[0] >= 0
        end = max(x) if up else min(x)
        at = [place for place, one in enumerate(x) if one == end]
        high, low = (at, low) if up else (high, at)
        others = [one for one in x if one != end]
        x = [(max(others) if up else min(others)) if one == end else one for one in x]
    if passes(x):
        return x
    shift = 0.01 * (max(values) - min(values)) - min(values)
    return [math.log(one + shift) for one in values]


def passes(x: list[float]) -> bool:
    skew, kurtosis = skew_and_kurtosis(x)
    return abs(skew) < 2 or kurtosis < 3.5


def skew_and_kurtosis(x: list[float]) -> tuple[float, float]:
    n, mean = len(x), sum(x) / len(x)
    m2, m3, m4 = (sum((one - mean) ** power for one in x) for power in (2, 3, 4))
    skew = math.sqrt(n) * m3 / m2**1.5 * math.sqrt(n * (n - 1)) / (n - 2)
    return skew, ((n + 1) * (n * m4 / m2**2 - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_index_of_49_indicators_on_three_levels_agrees_with_floats(seed):
    figures = Figures(seed)
    result = rank(figures.dataset(), parse_method(figures.text()))
    scores = {row.unit: row.exact_score for row in result.rows}
    for unit, expected in zip(UNITS, figures.in_floats(), strict=True):
        assert abs(float(scores[unit]) - expected) < 1e-9
    limits = [prepared.limits for prepared in result.sheet.prepared.values()]
    assert sum(limit.treated > 0 for limit in limits) > 3, "the test is to see outliers"
    assert sum(limit.transform is not None for limit in limits) > 0, "the test is to see logarithms"
    assert any(absent is Absence.MISSING for row in result.rows for absent in (p.absence for p in row.points.values()))


def test_the_same_digits_whatever_the_order_of_units_and_columns():
    figures = Figures(4)
    dataset, method = figures.dataset(), parse_method(figures.text())
    turned = Dataset(UNITS[::-1], dict(reversed(dataset.values.items())), dataset.groups)
    assert rank(turned, method).digest == rank(dataset, method).digest
