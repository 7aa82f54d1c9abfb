"""The engine and plain floats agree to a billionth wherever they compute the same thing.

scikit-criteria is that of the benchmarks: `make bench` installs it.
"""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rankings.engine import Absence, Dataset, Result, parse_method, rank
from tests.engine.methods import head, leaf

agreement = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
TOLERANCE = 1e-9
WEIGHTS = ("1", "2", "0.5", "3.25", "7")


@st.composite
def tables(draw: st.DrawFn, absences: bool = False):
    """A table of figures, a row for each unit, nan where absent; each column with its weight and direction."""
    units, columns = draw(st.integers(2, 12)), draw(st.integers(2, 6))
    figure = st.integers(1, 10_000).map(lambda cents: cents / 100)
    cell = st.one_of(figure, figure, figure, st.just(float("nan"))) if absences else figure
    matrix = np.array(
        draw(st.lists(st.lists(cell, min_size=columns, max_size=columns), min_size=units, max_size=units))
    )
    weights = draw(st.lists(st.sampled_from(WEIGHTS), min_size=columns, max_size=columns))
    better = draw(st.lists(st.sampled_from(["higher", "lower"]), min_size=columns, max_size=columns))
    return matrix, weights, better


def exactly(matrix, weights, better, *, aggregate: str = "mean", lines: str = "", low: str = "") -> Result:
    """The same table ranked by the engine, each column from its least to its greatest figure, or from `low`."""
    keys = [f"c{at}" for at in range(matrix.shape[1])]
    units = tuple(f"u{at:02d}" for at in range(matrix.shape[0]))
    values = {
        key: {
            unit: Absence.MISSING if np.isnan(figure) else Decimal(f"{figure:.2f}")
            for unit, figure in zip(units, matrix[:, at], strict=True)
        }
        for at, key in enumerate(keys)
    }
    text = head(aggregate=aggregate, ranks_on="unrounded").replace("[rounding]", f"{lines}\n[rounding]", 1)
    for key, weight, way in zip(keys, weights, better, strict=True):
        text += leaf(key, weight=weight, scale=f'kind = "minmax", better = "{way}"{low}')
    return rank(Dataset(units, values), parse_method(text))


def parts(matrix, better, low=None):
    """The part of the maximum that each figure gets, in floats."""
    least = np.nanmin(matrix, axis=0) if low is None else low
    greatest = np.nanmax(matrix, axis=0)
    width = np.where(greatest == least, 1, greatest - least)
    found = (matrix - least) / width
    found = np.where(np.array(better) == "lower", 1 - found, found)
    return np.where((greatest == least) & ~np.isnan(matrix), 1.0, found)


def scores(result: Result):
    found = {row.unit: row.exact_score for row in result.rows}
    return np.array([np.nan if found[unit] is None else float(found[unit]) for unit in sorted(found)])


def check(result: Result, floats) -> None:
    assert np.allclose(scores(result), floats, rtol=0, atol=TOLERANCE, equal_nan=True)


@agreement
@given(tables(absences=True))
def test_weighted_mean_of_what_is_known(table):
    matrix, weights, better = table
    if np.isnan(matrix).all(axis=0).any():
        return
    w, found = np.array(weights, dtype=float), parts(matrix, better)
    known = ~np.isnan(matrix)
    total = (known * w).sum(axis=1)
    with np.errstate(invalid="ignore"):
        check(exactly(*table), 10 * np.nansum(found * w, axis=1) / total)


@agreement
@given(tables(absences=True))
def test_sum_without_redistribution(table):
    matrix, weights, better = table
    if np.isnan(matrix).all(axis=0).any() or np.isnan(matrix).all(axis=1).any():
        return
    w = np.array(weights, dtype=float)
    result = exactly(*table, aggregate="sum", lines='missing_children = "zero"')
    check(result, 10 * np.nansum(parts(matrix, better) * w, axis=1))


@agreement
@given(tables())
def test_geometric_and_harmonic_means(table):
    matrix, weights, _ = table
    better, w = ["higher"] * matrix.shape[1], np.array(weights, dtype=float)
    found = parts(matrix, better, low=0)
    geometric = exactly(matrix, weights, better, aggregate="geometric", low=", low = 0")
    check(geometric, 10 * np.exp((np.log(found) * w).sum(axis=1) / w.sum()))
    harmonic = exactly(matrix, weights, better, aggregate="harmonic", low=", low = 0")
    check(harmonic, 10 * w.sum() / (w / found).sum(axis=1))


@agreement
@given(tables(), st.data())
def test_best_of_equal_weights(table, data):
    matrix, _, better = table
    best = data.draw(st.integers(1, matrix.shape[1] - 1))
    result = exactly(matrix, ["1"] * matrix.shape[1], better, lines=f"best = {best}")
    check(result, 10 * np.sort(parts(matrix, better), axis=1)[:, -best:].mean(axis=1))


@agreement
@given(tables())
def test_ranks_follow_the_floats_wherever_these_tell_units_apart(table):
    matrix, weights, better = table
    result, w = exactly(*table), np.array(weights, dtype=float)
    floats = (parts(matrix, better) * w).sum(axis=1) / w.sum()
    places = [result.ranks[unit][0] for unit in sorted(result.ranks)]
    for one, other in np.argwhere(floats[:, None] > floats[None, :] + TOLERANCE):
        assert places[one] < places[other]


@agreement
@given(tables())
def test_scikit_criteria_finds_the_same_scores_and_order(table):
    skcriteria = pytest.importorskip("skcriteria", reason="scikit-criteria is not installed: make bench installs it")
    from skcriteria.agg.simple import WeightedSumModel
    from skcriteria.preprocessing.invert_objectives import NegateMinimize
    from skcriteria.preprocessing.scalers import MinMaxScaler, SumScaler

    matrix, weights, better = table
    # Of equal figures its scale makes nothing, and ours the maximum (docs/method.md, § 3.1).
    if (matrix.max(axis=0) == matrix.min(axis=0)).any():
        return
    made = skcriteria.mkdm(matrix, [max if way == "higher" else min for way in better], weights=[*map(float, weights)])
    for step in (NegateMinimize(), MinMaxScaler(target="matrix"), SumScaler(target="weights")):
        made = step.transform(made)
    check(exactly(*table), 10 * WeightedSumModel().evaluate(made).e_.score)
