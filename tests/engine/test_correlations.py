"""How criteria go together: by hand, beside NumPy, and the warnings."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rankings.engine import Absence, Dataset, parse_method, rank
from rankings.engine.correlations import coefficient, correlations
from tests.engine.methods import branch, head, leaf

TO_TEN = 'kind = "minmax", better = "higher", low = 0, high = 20'
figures = st.lists(st.tuples(st.integers(-99, 99), st.integers(-99, 99)), min_size=3, max_size=30)


def trial(**columns):
    text = head() + branch("f") + leaf("a", scale=TO_TEN, at="node.node") + leaf("b", scale=TO_TEN, at="node.node")
    text += branch("g") + leaf("c", scale=TO_TEN, at="node.node")
    units = tuple(f"u{number:02d}" for number in range(12))
    values = {code: dict(zip(units, column, strict=True)) for code, column in columns.items()}
    return rank(Dataset(units, values), parse_method(text))


def test_pairs_and_their_warnings():
    rising = [Decimal(number) for number in range(12)]
    nearly = [Decimal(number + number % 2) for number in range(12)]
    falling = rising[::-1]
    found = {(one.first, one.second): one for one in correlations(trial(a=rising, b=nearly, c=falling))}
    assert list(found) == [("a", "b"), ("a", "c"), ("b", "c"), ("f", "g")]
    assert (found["a", "b"].coefficient, found["a", "b"].warning) == (Decimal("0.990"), "redundant")
    assert (found["a", "c"].coefficient, found["a", "c"].warning) == (Decimal("-1.000"), "opposed")
    assert found["f", "g"].warning == "opposed"
    # As close, but of two families: they may well be.
    apart = {(one.first, one.second): one for one in correlations(trial(a=rising, b=falling, c=nearly))}
    assert apart["a", "c"].warning == ""


def test_too_few_units_and_constants_say_nothing():
    rising = [Decimal(number) for number in range(12)]
    some = [*rising[:9], *[Absence.MISSING] * 3]
    found = {(one.first, one.second): one for one in correlations(trial(a=rising, b=some, c=[Decimal(5)] * 12))}
    assert (found["a", "b"].units, found["a", "b"].coefficient) == (9, None)
    assert (found["a", "c"].units, found["a", "c"].coefficient) == (12, None)


@given(figures)
def test_the_same_as_numpy_to_its_last_decimal(pairs):
    first, second = (list(column) for column in zip(*pairs, strict=True))
    assume(len(set(first)) > 1 and len(set(second)) > 1)
    expected = np.corrcoef(first, second)[0, 1]
    assert abs(float(coefficient(first, second)) - expected) < 0.001 + 1e-9


@given(figures)
def test_symmetric_and_one_with_itself(pairs):
    first, second = (list(column) for column in zip(*pairs, strict=True))
    assert coefficient(first, second) == coefficient(second, first)
    if len(set(first)) > 1:
        assert coefficient(first, first) == 1
        assert coefficient(first, [-3 * x + 7 for x in first]) == -1
    else:
        assert coefficient(first, second) is None


@pytest.mark.parametrize("scale", [1, 10, 10**30])
def test_the_unit_changes_nothing(scale):
    assert coefficient([1, 2, 4], [scale, 3 * scale, 3 * scale]) == coefficient([1, 2, 4], [1, 3, 3])
