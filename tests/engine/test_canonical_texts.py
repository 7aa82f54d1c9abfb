"""One meaning, one text, one digest: methods and results."""

import hashlib
import json
import tomllib

import pytest

from rankings.engine import Absence, Dataset, parse_method, rank
from tests.engine.methods import branch, column, head, leaf

STEPS = 'kind = "thresholds", better = "lower", from = [9, 1.50], points = [0, 2.5, 10]'
METHOD = (
    head(coverage="0.25", aggregate="sum")
    + branch("f", 'aggregate = "mean"', "points = 20", "minimum_coverage = 0.5", weight="2.50")
    + leaf("p", "points = 10", "missing = { secret = 1.50 }", at="node.node", scale=STEPS)
    + leaf("q", 'denominator = "d"', at="node.node", scale='kind = "minmax", better = "lower", low = -1.0, high = 1e1')
    + leaf("r")
)
CANONICAL = """format = 1
title = { en = "Trial", fr = "Essai" }
aggregate = "sum"
points = 10
minimum_coverage = 0.25
rounding = { score = { digits = 2, mode = "half_up" }, shown = { digits = 2, mode = "half_up" }, ranks_on = "rounded" }
missing = { missing = "leave_out", not_communicated = "zero", not_applicable = "leave_out", secret = "unranked" }

[[node]]
key = "f"
title = { fr = "f" }
weight = 2.5
points = 20
aggregate = "mean"
minimum_coverage = 0.5

[[node.node]]
key = "p"
title = { fr = "p" }
weight = 1
points = 10
indicator = "p"
scale = { kind = "thresholds", better = "lower", from = [9, 1.5], points = [0, 2.5, 10] }
missing = { secret = 1.5 }

[[node.node]]
key = "q"
title = { fr = "q" }
weight = 1
indicator = "q"
denominator = "d"
scale = { kind = "minmax", better = "lower", low = -1, high = 10 }

[[node]]
key = "r"
title = { fr = "r" }
weight = 1
indicator = "r"
scale = { kind = "minmax", better = "higher" }
"""


def test_canonical_text_of_a_method():
    method = parse_method(METHOD)
    assert method.canonical_text == CANONICAL
    assert method.digest == hashlib.sha256(CANONICAL.encode()).hexdigest()


def test_canonical_text_is_toml_and_a_fixed_point():
    assert tomllib.loads(CANONICAL)["node"][0]["node"][1]["scale"]["low"] == -1
    method = parse_method(CANONICAL)
    assert method.canonical_text == CANONICAL
    assert method == parse_method(METHOD)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("weight = 2.50", "weight = 25e-1"),
        ("weight = 2.50", "weight   =   2.5   # two and a half"),
        ("points = 10\nminimum_coverage = 0.25", "minimum_coverage = 0.250\npoints = 10.0"),
        ('fr = "Essai", en = "Trial"', 'en = "Tri\\u0061l", fr = "Essai"'),
        ("secret = 1.50", 'secret = 1.5, missing = "leave_out"'),
        ('not_communicated = "zero"', "not_communicated = 0.0"),
        ('ranks_on = "rounded"', 'ranks_on = "rounded"\nshown = { mode = "half_up", digits = 2 }'),
        ('key = "r"', 'key = "r"\npoints = 10.00'),
        ("from = [9, 1.50]", "from = [ 9.0,\n 1.5, ]"),
        ("\n", "\r\n"),
    ],
)
def test_another_spelling_of_the_same_method_has_the_same_text(was, now):
    assert was in METHOD
    assert parse_method(METHOD.replace(was, now)).canonical_text == CANONICAL


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("weight = 2.50", "weight = 2.51"),
        ("secret = 1.50", "secret = 1.51"),
        ('secret = "unranked"', 'secret = "zero"'),
        ("digits = 2", "digits = 3"),
        ("1.50]", "1.51]"),
        ('better = "higher"', 'better = "lower"'),
        ("minimum_coverage = 0.5", "minimum_coverage = 0.51"),
        ('denominator = "d"', 'denominator = "e"'),
    ],
)
def test_another_meaning_has_another_digest(was, now):
    assert was in METHOD
    assert parse_method(METHOD.replace(was, now)).digest != parse_method(METHOD).digest


def test_a_bonus_and_the_rounding_of_a_branch_are_written_where_they_are_said():
    rounding = 'rounding = { digits = 0, mode = "half_up" }'
    text = (
        head()
        + branch("f", rounding)
        + leaf("p", at="node.node")
        + leaf("b", "points = 1", "bonus = true", scale=STEPS.replace("10]", "1]").replace("2.5", "0.5")).replace(
            "weight = 1\n", ""
        )
    )
    method = parse_method(text)
    assert f"weight = 1\n{rounding}\n" in method.canonical_text
    assert 'title = { fr = "b" }\nbonus = true\npoints = 1\nindicator = "b"\n' in method.canonical_text
    assert parse_method(method.canonical_text) == method


def test_the_order_of_nodes_is_kept_and_counts():
    one, other = leaf("p") + leaf("q"), leaf("q") + leaf("p")
    assert [node.key for node in parse_method(head() + other).nodes] == ["q", "p"]
    assert parse_method(head() + one).digest != parse_method(head() + other).digest


def test_texts_with_signs_survive():
    text = head() + leaf("p").replace('fr = "p"', r'fr = "L’« œil » \"x\" \\ €"')
    method = parse_method(text)
    assert method.leaves[0].title == {"fr": 'L’« œil » "x" \\ €'}
    assert parse_method(method.canonical_text) == method


@pytest.fixture
def result():
    values = {
        "p": {**column(a="2.0", b="12"), "c": Absence.SECRET},
        "q": column(a="1", b="2", c="3"),
        "d": column(a="3", b="4", c="1"),
        "r": column(a="1", b="2"),
    }
    return rank(Dataset(("a", "b", "c"), values), parse_method(METHOD))


def test_canonical_text_of_a_result(result):
    document = json.loads(result.canonical_text)
    assert document["method"] == parse_method(METHOD).digest
    assert document["cut_points"]["p"] == {
        "kind": "thresholds",
        "better": "lower",
        "bounds": ["9", "1.5"],
        "points": ["0", "2.5", "10"],
    }
    first, second, third = document["units"]
    # b: p 0 and q (10 − 1/2) / 11 of 10, so f is 20 × (0 + 19/22) / 2 = 190/22; 2.5 × 190/22 + 10 = 31.59….
    assert (first["unit"], first["rank"], first["tied"], first["score"]) == ("b", "1", False, "31.59")
    assert first["score_before_rounding"] == "31.59090909090909090909"
    assert first["inputs"] == {"d": "4", "p": "12", "q": "2", "r": "2"}
    assert first["points"]["q"] == {
        "value": "0.5",
        "points": "17.27",
        "out_of": "20",
        "status": "scored",
        "coverage": "1",
    }
    assert second["inputs"]["p"] == "2"
    assert second["points"]["q"]["value"] == "0.333333333333"
    # c: r is missing and p set by a rule, so half of 50 points out of 60 is known. p gives 1.5 of 10, q 7 of 11:
    # f is (0.15 + 7/11) / 2 of its maximum, and so is the total, 60 × 8.65 / 22 = 23.59….
    assert (third["coverage"], third["rank"], third["score"], third["score_before_rounding"]) == (
        "5/12",
        "3",
        "23.59",
        "23.59090909090909090909",
    )


def test_canonical_text_of_an_unranked_unit():
    result = rank(Dataset(("a",), {"p": {}}), parse_method(head() + leaf("p")))
    assert result.canonical_text == (
        '{"cut_points":{"p":{"better":"higher","bounds":[],"kind":"minmax","points":["0","10"]}},"format":"1",'
        f'"method":"{result.method_digest}","units":[{{"coverage":"0","inputs":{{"p":"missing"}},'
        '"points":{"p":{"coverage":"0","out_of":"10","points":null,"status":"left_out","value":"missing"}},'
        '"rank":null,"reason":{"code":"below-coverage","params":{"coverage":"0.0000","minimum":"0"}},'
        '"score":null,"score_before_rounding":null,"tied":false,"unit":"a"}]}'
    )


def test_digest_of_a_result_is_that_of_its_text(result):
    assert result.digest == hashlib.sha256(result.canonical_text.encode()).hexdigest()


def test_another_figure_has_another_digest(result):
    dataset = result.sheet.dataset
    changed = rank(Dataset(dataset.units, {**dataset.values, "d": column(a="3", b="4", c="1.1")}), result.sheet.method)
    assert [row.score for row in changed.rows[:2]] == [row.score for row in result.rows[:2]]
    assert changed.digest != result.digest


def test_zeros_added_by_a_database_change_nothing():
    method = parse_method(head() + leaf("p"))
    plain = rank(Dataset(("a", "b"), {"p": column(a="1", b="20")}), method)
    padded = rank(Dataset(("a", "b"), {"p": column(a="1.000", b="2E+1")}), method)
    assert plain.digest == padded.digest
