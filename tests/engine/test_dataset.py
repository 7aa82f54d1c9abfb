"""What a dataset refuses, and that nobody can change it after."""

from decimal import Decimal

import pytest

from rankings.engine import Absence, Dataset, DatasetError


@pytest.mark.parametrize("value", [1.5, 3, True, "3", None])
def test_dataset_refuses_a_value_of_another_type_and_names_its_place(value):
    with pytest.raises(TypeError, match=r"indicator 'salaires', unit 'b': expected a Decimal"):
        Dataset(("a", "b"), {"salaires": {"a": Decimal(1), "b": value}})


@pytest.mark.parametrize("value", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+30", "1E-31"])
def test_dataset_refuses_numbers_that_cannot_be_handled_exactly(value):
    with pytest.raises(DatasetError, match=r"indicator 'salaires', unit 'a'"):
        Dataset(("a",), {"salaires": {"a": Decimal(value)}})


def test_dataset_refuses_a_unit_given_twice():
    with pytest.raises(DatasetError, match="unit 'a' is given twice"):
        Dataset(("a", "b", "a"), {})


def test_dataset_refuses_an_unknown_unit():
    with pytest.raises(DatasetError, match="indicator 'salaires' names the unknown unit 'z'"):
        Dataset(("a",), {"salaires": {"z": Decimal(1)}})


def test_dataset_takes_absences_and_fills_gaps_as_missing():
    dataset = Dataset(("a", "b"), {"salaires": {"a": Absence.SECRET}})
    assert dataset.value("salaires", "a") is Absence.SECRET
    assert dataset.value("salaires", "b") is Absence.MISSING


def test_dataset_keeps_its_own_copy():
    columns = {"salaires": {"a": Decimal(1)}}
    dataset = Dataset(("a",), columns)
    columns["salaires"]["a"] = Decimal(2)
    assert dataset.value("salaires", "a") == 1


def test_dataset_knows_the_groups_of_its_units():
    regions = {"a": "Bretagne", "b": "Grand Est"}
    dataset = Dataset(("a", "b", "c"), {}, {"region": regions})
    regions["a"] = "Corse"
    assert [dataset.group("region", unit) for unit in dataset.units] == ["Bretagne", "Grand Est", None]
    assert Dataset(("a",), {}).groups == {}


@pytest.mark.parametrize(("labels", "error", "said"), [
    ({"z": "Bretagne"}, DatasetError, "grouping 'region' names the unknown unit 'z'"),
    ({"a": ""}, DatasetError, "grouping 'region', unit 'a': a group needs a name"),
    ({"a": 29}, TypeError, "grouping 'region', unit 'a': expected a text, not 29"),
])  # fmt: skip
def test_dataset_refuses_groups_that_name_nobody_or_nothing(labels, error, said):
    with pytest.raises(error, match=said):
        Dataset(("a",), {}, {"region": labels})
