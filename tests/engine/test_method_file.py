"""Reading a method file: what it means, and each thing it can have wrong."""

from decimal import Decimal
from pathlib import Path

import pytest

from rankings.engine import Absence, Branch, MethodError, MethodProblem, parse_method
from rankings.engine.parsing import MAXIMUM_LENGTH
from rankings.engine.problems import MESSAGES
from tests.engine.methods import branch, head, leaf

GOOD = head() + leaf("p")
STEPS = 'kind = "thresholds", better = "higher", from = [1, 2], points = [0, 5, 10]'


def problems_in(text: str) -> tuple[MethodProblem, ...]:
    with pytest.raises(MethodError) as caught:
        parse_method(text)
    assert str(caught.value) == "\n".join(problem.message for problem in caught.value.problems)
    return caught.value.problems


def problems_of(text: str) -> list[tuple[str, str]]:
    return [(problem.where, problem.code) for problem in problems_in(text)]


def only_problem(text: str) -> MethodProblem:
    (problem,) = problems_in(text)
    return problem


def test_method_says_what_it_uses():
    method = parse_method(
        head(points="20")
        + branch("f", "points = 5")
        + leaf("p", 'indicator = "z"', 'denominator = "b"', at="node.node")
        + leaf("q", 'indicator = "z"', "points = 2", at="node.node")
        + leaf("r", 'indicator = "a"', "missing = { secret = 3, missing = 0 }")
    )
    assert method.title == {"fr": "Essai", "en": "Trial"}
    assert method.indicators == ("a", "b", "z")
    assert [(one.key, one.points) for one in method.leaves] == [("p", 5), ("q", 2), ("r", 20)]
    assert [node.key for node in method.nodes] == ["f", "r"]
    assert isinstance(method.nodes[0], Branch)
    assert method.leaves[2].missing == {
        Absence.MISSING: "zero",
        Absence.NOT_COMMUNICATED: "zero",
        Absence.NOT_APPLICABLE: "leave_out",
        Absence.SECRET: Decimal(3),
    }
    assert method.out_of == 20


@pytest.mark.parametrize(
    ("was", "now", "where", "code", "message"),
    [
        ("format = 1", "", "", "missing-key", "the key “format” is absent, expected 1, the only format there is"),
        ("format = 1", "format = 2", "format", "out-of-range", "format: read 2, expected 1, the only format there is"),
        ("points = 10", "points = 0", "points", "out-of-range", "points: read 0, expected a number above 0"),
        ("points = 10", "points = true", "points", "wrong-type", "points: read true, expected a number above 0"),
        ("points = 10", "points = false", "points", "wrong-type", "points: read false, expected a number above 0"),
        ("points = 10", "points = nan", "points", "out-of-range", "points: read NaN, expected a number with at most"),
        ("points = 10", "points = -inf", "points", "out-of-range", "points: read -Infinity, expected a number with"),
        ("points = 10", "points = 1e15", "points", "out-of-range", "points: read 1E+15, expected a number with"),
        ("points = 10", "points = 1e-16", "points", "out-of-range", "points: read 1E-16, expected a number with"),
        ("points = 10", f"points = 0x{'f' * 5000}", "points", "out-of-range", "points: read"),
        ("points = 10", "points = 2026-11-22", "points", "wrong-type", "read the date or time 2026-11-22, expected"),
        ("points = 10", "points = [10]", "points", "wrong-type", "read a list, expected a number above 0"),
        ("points = 10", "points = {}", "points", "wrong-type", "read a table, expected a number above 0"),
        ('"mean"', '"median"', "aggregate", "unknown-word", "aggregate: read “median”, expected one of: mean, sum"),
        ('"mean"', "1", "aggregate", "wrong-type", "aggregate: read the number 1, expected one of: mean, sum"),
        ("coverage = 0", "coverage = 1.01", "minimum_coverage", "out-of-range", "read 1.01, expected a number from 0"),
        ("coverage = 0", "coverage = -0.1", "minimum_coverage", "out-of-range", "read -0.1, expected a number from 0"),
        ("minimum_coverage", "min_coverage", "min_coverage", "unknown-key", "(did you mean “minimum_coverage”?)"),
        ("digits = 2", "digits = 2.5", "rounding.score.digits", "out-of-range", "read 2.5, expected a whole number"),
        ("digits = 2", "digits = 13", "rounding.score.digits", "out-of-range", "read 13, expected a whole number"),
        ("digits = 2", 'd = 0, digits = "2"', "rounding.score.d", "unknown-key", "unknown key “d”, expected one of:"),
        ("half_up", "half-up", "rounding.score.mode", "unknown-word", "read “half-up”, expected one of: half_up"),
        ('ranks_on = "rounded"', "", "rounding", "missing-key", "rounding: the key “ranks_on” is absent, expected one"),
        ("ranks_on", "rank_on", "rounding.rank_on", "unknown-key", "(did you mean “ranks_on”?)"),
        ('secret = "unranked"', "", "missing", "missing-key", "missing: the key “secret” is absent, expected a rule"),
        ('"zero"', '"zeroo"', "missing.not_communicated", "unknown-word", "read “zeroo”, expected one of: leave_out"),
        ('"zero"', "-1", "missing.not_communicated", "out-of-range", "read -1, expected a number of points, 0 or more"),
        ('"zero"', "[]", "missing.not_communicated", "wrong-type", "read a list, expected a number of points"),
        ('"zero"', "11", "node[1].missing.not_communicated", "out-of-range", "read 11, expected a rule of its own,"),
        ('fr = "Essai"', 'fr = ""', "title.fr", "wrong-text", "title.fr: read “”, expected a title"),
        ('fr = "Essai"', 'fr = " Essai"', "title.fr", "wrong-text", "title.fr: read “ Essai”, expected a title"),
        ('fr = "Essai"', r'fr = "a\nb"', "title.fr", "wrong-text", "expected a title"),
        ('fr = "Essai", ', "", "title", "missing-key", "title: the key “fr” is absent, expected the title in French"),
        ('en = "Trial"', 'eng = "T"', "title.eng", "wrong-text", "read “eng”, expected a language code of two letters"),
        ('title = { fr = "p" }', 'title = "p"', "node[1].title", "wrong-type", "read the text “p”, expected a table"),
        ('title = { fr = "p" }', "title = { fr = 3 }", "node[1].title.fr", "wrong-type", "read the number 3, expected"),
        ("weight = 1", "weight = 0", "node[1].weight", "out-of-range", "node[1].weight: read 0, expected a number"),
        ("weight = 1", "weight = -0.5", "node[1].weight", "out-of-range", "read -0.5, expected a number above 0"),
        ("weight = 1", 'weight = "1"', "node[1].weight", "wrong-type", "read the text “1”, expected a number above 0"),
        ("weight", "wieght", "node[1].wieght", "unknown-key", "unknown key “wieght”, expected one of: key, title,"),
        ('key = "p"', 'key = "Été"', "node[1].key", "wrong-text", "read “Été”, expected small letters without accent"),
        ('key = "p"', "", "node[1]", "missing-key", "the key “key” is absent, expected a key such as “salaires”"),
        ('key = "p"', 'key = ""', "node[1].key", "wrong-text", "read “”, expected a key such as “salaires”"),
        ('indicator = "p"', "", "node[1]", "no-nature", "read neither “node” nor “indicator”, expected children or"),
        ('indicator = "p"', "indicator = 7", "node[1].indicator", "wrong-type", "expected the code of an indicator"),
        ("[[node]]", "[node]", "node", "wrong-type", "node: read a table, expected a list of tables"),
        ("minmax", "z-score", "node[1].scale.kind", "unknown-word", "read “z-score”, expected one of: minmax,"),
        ("higher", "more", "node[1].scale.better", "unknown-word", "read “more”, expected one of: higher, lower"),
        ('better = "higher"', 'better = "higher", hgih = 1', "node[1].scale.hgih", "unknown-key", "mean “high”?"),
        ('better = "higher"', 'better = "lower", low = 3, high = 3', "node[1].scale.high", "wrong-order", "read 3"),
        ('"higher" }', '"higher" }\nmissing = 3', "node[1].missing", "wrong-type", "read the number 3, expected a"),
        ('"higher" }', '"higher" }\nmissing = { secret = 10.5 }', "node[1].missing.secret", "out-of-range", "from 0"),
        ('"higher" }', '"higher" }\nmissing = { other = 1 }', "node[1].missing.other", "unknown-key", "key “other”"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_place(was, now, where, code, message):
    assert was in GOOD
    problems = problems_in(GOOD.replace(was, now, 1))
    found = [problem for problem in problems if (problem.where, problem.code) == (where, code)]
    assert len(found) == 1, problems
    assert message in found[0].message


@pytest.mark.parametrize(
    ("was", "now", "where", "code", "message"),
    [
        ("[1, 2]", "[2, 1]", "from[2]", "wrong-order", "read 1 after 2, expected a greater number"),
        ("[1, 2]", "[1, 1]", "from[2]", "wrong-order", "read 1 after 1, expected a greater number"),
        ("[1, 2]", '[1, "2"]', "from[2]", "wrong-type", "read the text “2”, expected a number"),
        ("[1, 2]", "[1, 2, 3]", "points", "wrong-length", "read a list of 3 numbers, expected 4: one more than “from”"),
        ("[1, 2]", "[]", "from", "wrong-length", "read a list of 0 numbers, expected at least 1"),
        ("[1, 2]", "3", "from", "wrong-type", "read the number 3, expected a list of numbers"),
        ("from = [1, 2], ", "", "", "missing-key", "the key “from” is absent, expected a list of numbers"),
        ("[0, 5, 10]", "[0, 5, 4]", "points[3]", "wrong-order", "read 4 after 5, expected at least as many points"),
        ("[0, 5, 10]", "[0, 5, 11]", "points[3]", "out-of-range", "read 11, expected a number from 0 to 10"),
        ("[0, 5, 10]", "[-1, 5, 10]", "points[1]", "out-of-range", "read -1, expected a number from 0 to 10"),
        ('"higher"', '"lower"', "from[2]", "wrong-order", "read 2 after 1, expected a smaller number"),
        (
            "from",
            "low = 1, from",
            "low",
            "unknown-key",
            "unknown key “low”, expected one of: kind, better, from, points",
        ),
    ],
)
def test_each_fault_of_thresholds(was, now, where, code, message):
    problems = problems_in(head() + leaf("p", scale=STEPS.replace(was, now)))
    place = f"node[1].scale.{where}" if where else "node[1].scale"
    assert [(problem.where, problem.code) for problem in problems if message in problem.message] == [(place, code)]


def test_thresholds_may_give_the_same_points_twice():
    scale = STEPS.replace("[0, 5, 10]", "[0, 0, 10]")
    assert parse_method(head() + leaf("p", scale=scale)).leaves[0].key == "p"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("format = 1\nformat = 1\n", "2"),
        ("format = 1\n[missing\n", "2"),
        ("a = 1\nb = \n", "2"),
        ("\ufefff = 1", "1"),
    ],
)
def test_text_that_is_not_toml_gives_the_line(text, line):
    problem = only_problem(text)
    assert (problem.where, problem.code, problem.params["line"]) == (f"line {line}", "syntax", line)
    assert problem.message.startswith(f"line {line}: the text is not TOML: ")


@pytest.mark.parametrize("text", ["a = \ud800", f"a = {'1' * 5000}", "a = " + "[" * 20000, "a = '''"])
def test_text_that_cannot_be_read_at_all_is_a_problem_too(text):
    problem = only_problem(text)
    assert (problem.where, problem.code) == ("", "syntax")


def test_text_beyond_the_maximum_length():
    assert only_problem("#" * (MAXIMUM_LENGTH + 1)).code == "too-long"


def test_empty_text_lacks_every_required_key():
    assert {problem.params["key"] for problem in problems_in("")} == {
        "format",
        "title",
        "aggregate",
        "points",
        "rounding",
        "missing",
        "node",
    }


def test_rounding_without_score_and_of_the_wrong_type():
    text = GOOD.replace("score = {", "points = 3\nshown = {")
    assert problems_of(text) == [("rounding.points", "wrong-type"), ("rounding", "missing-key")]


def test_no_node_and_nodes_that_are_no_tables():
    assert problems_of("node = []\n" + head()) == [("node", "wrong-length")]
    assert problems_of("node = [3]\n" + head()) == [("node[1]", "wrong-type")]


def test_a_node_with_children_and_an_indicator():
    text = head() + branch("f", 'indicator = "p"', 'colour = "red"') + leaf("p", at="node.node")
    assert problems_of(text) == [("node[1]", "two-natures"), ("node[1].colour", "unknown-key")]


def test_a_branch_takes_no_key_of_a_leaf_and_says_its_own_problems():
    text = head() + branch("f", 'denominator = "p"', "minimum_coverage = 2") + leaf("p", at="node.node", weight="0")
    assert problems_of(text) == [
        ("node[1].denominator", "unknown-key"),
        ("node[1].node[1].weight", "out-of-range"),
        ("node[1].minimum_coverage", "out-of-range"),
    ]


def test_points_of_a_node_that_sums_its_children():
    text = head() + branch("f", "points = 30", 'aggregate = "sum"') + leaf("p", at="node.node")
    problem = only_problem(text)
    assert (problem.where, problem.code) == ("node[1].points", "points-of-a-sum")


def test_keys_are_unique_in_the_whole_tree():
    text = head() + branch("f") + leaf("p", at="node.node") + leaf("p")
    problem = only_problem(text)
    assert (problem.where, problem.code, problem.params["first"]) == ("node[2].key", "duplicate-key", "node[1].node[1]")


def test_a_scale_is_required():
    text = GOOD.replace('scale = { kind = "minmax", better = "higher" }', "")
    assert problems_of(text) == [("node[1]", "missing-key")]


def test_a_common_rule_of_points_beyond_a_leaf_is_replaced_by_its_own():
    common = head(missing="leave_out").replace('"zero"', "5")
    assert problems_of(common + leaf("p", "points = 1")) == [("node[1].missing.not_communicated", "out-of-range")]
    own = parse_method(common + leaf("p", "points = 1", "missing = { not_communicated = 1 }"))
    assert own.leaves[0].missing[Absence.NOT_COMMUNICATED] == 1


def test_nodes_nested_too_deep():
    def nested(levels: int) -> str:
        heads = [branch(f"f{level}", at=".".join(["node"] * level)) for level in range(1, levels)]
        return head() + "".join(heads) + leaf("p", at=".".join(["node"] * levels))

    assert parse_method(nested(20)).leaves[0].key == "p"
    assert [code for _, code in problems_of(nested(21))] == ["too-deep"]


def test_every_problem_is_told_at_once():
    text = GOOD.replace("points = 10", "points = 0").replace("weight = 1", "weight = 0").replace("minmax", "maxmin")
    assert problems_of(text) == [
        ("points", "out-of-range"),
        ("node[1].weight", "out-of-range"),
        ("node[1].scale.kind", "unknown-word"),
    ]


def test_long_texts_are_shortened_in_messages():
    problem = only_problem(GOOD.replace("minmax", "x" * 500))
    assert len(problem.params["read"]) == 60


YES = 'kind = "thresholds", better = "higher", from = [1], points = [0, 1]'
BONUS = leaf("b", "bonus = true", scale=YES).replace("weight = 1\n", "")


def test_a_bonus_is_read_and_false_says_nothing():
    assert [one.bonus for one in parse_method(GOOD + BONUS).leaves] == [False, True]
    assert parse_method(head() + leaf("p", "bonus = false")) == parse_method(GOOD)


def test_a_bonus_says_yes_or_no():
    assert problems_of(head() + leaf("p", "bonus = 1")) == [("node[1].bonus", "wrong-type")]


def test_a_bonus_lies_at_the_first_level():
    inside = head() + branch("f") + BONUS.replace("[[node]]", "[[node.node]]") + leaf("p", at="node.node")
    problem = only_problem(inside)
    assert (problem.where, problem.code) == ("node[1].node[1].bonus", "misplaced-bonus")
    assert "a criterion of the first level only" in problem.message
    whole = head() + branch("f", "bonus = true") + leaf("p", at="node.node")
    assert problems_of(whole) == [("node[1].bonus", "misplaced-bonus")]


@pytest.mark.parametrize("line", ["weight = 1", "missing = { secret = 0 }"])
def test_a_bonus_has_neither_weight_nor_rules_for_absences(line):
    assert problems_of(GOOD + BONUS + line) == [(f"node[2].{line.split()[0]}", "key-of-a-bonus")]


def test_a_common_rule_of_points_does_not_bind_a_bonus():
    common = head(missing="leave_out").replace('"zero"', "5")
    assert parse_method(common + leaf("p") + BONUS + "points = 1").bonus_out_of == 1


def test_a_bonus_has_no_observed_bound():
    """The bonus of one unit would move those of the others, and could lower the rank of its owner."""
    text = GOOD + BONUS.replace(YES, 'kind = "minmax", better = "higher", low = 0')
    problem = only_problem(text)
    assert (problem.where, problem.code, problem.params["key"]) == ("node[2].scale", "missing-key", "high")
    assert parse_method(text.replace("low = 0", "low = 0, high = 4"))


def test_bonuses_alone_make_no_method():
    assert problems_of(head() + BONUS) == [("node", "bonuses-alone")]


def test_a_bonus_takes_no_points_and_depends_on_nobody():
    steps = BONUS[BONUS.index("scale = ") :].splitlines()[0]
    line = 'scale = { kind = "minmax", better = "higher", low = 0, high = 1, clamp = false }'
    assert problems_of(GOOD + BONUS.replace(steps, line)) == [("node[2].scale.clamp", "unclamped-bonus")]
    fitted = 'scale = { kind = "gaps", better = "higher", ties = "best", points = [0, 1] }'
    assert problems_of(GOOD + BONUS.replace(steps, fitted)) == [("node[2].scale", "fitted-bonus")]


def test_a_rounding_of_a_branch_is_read_with_its_keys():
    one = 'rounding = { digits = 0, mode = "half_up" }'
    method = parse_method(head() + branch("f", one) + leaf("p", at="node.node"))
    assert str(method.nodes[0].rounding.apply(Decimal("6.5"))) == "7"
    wrong = head() + branch("f", "rounding = { digits = 1.5 }") + leaf("p", at="node.node")
    assert problems_of(wrong) == [("node[1].rounding.digits", "out-of-range"), ("node[1].rounding", "missing-key")]


def test_a_rounding_of_a_leaf_replaces_that_of_the_method():
    common, one = '{ digits = 1, mode = "half_up" }', 'rounding = { digits = 0, mode = "down" }'
    method = parse_method(head(rounded_points=common) + leaf("p", one) + leaf("q", f"rounding = {common}") + leaf("r"))
    assert [leaf.rounding and leaf.rounding.mode for leaf in method.leaves] == ["down", None, None]
    assert method.canonical_text.count('mode = "down"') == 1
    assert parse_method(method.canonical_text) == method
    assert problems_of(head() + leaf("p", "points = 2.5", one)) == [("node[1].rounding.digits", "rounded-away")]
    # What it says for itself is enough, whatever the method says for all.
    of_all = head(rounded_points='{ digits = 0, mode = "down" }')
    own = 'rounding = { digits = 1, mode = "half_up" }'
    assert parse_method(of_all + leaf("p", "points = 2.5", own)).leaves[0].rounding is not None


def test_a_rounding_lets_the_maximum_be_reached():
    one = 'rounding = { digits = 0, mode = "half_up" }'
    text = head() + branch("f", "points = 7.5", one) + leaf("p", at="node.node")
    problem = only_problem(text)
    assert (problem.where, problem.code) == ("node[1].rounding.digits", "rounded-away")
    assert parse_method(text.replace("digits = 0", "digits = 1"))
    leaves = head(rounded_points='{ digits = 0, mode = "down" }') + leaf("p", "points = 2.5")
    assert problems_of(leaves) == [("node[1].points", "rounded-away")]


def test_points_that_nothing_bounds_are_not_bounded_in_the_file():
    free = 'kind = "distance", better = "higher", points = [1, 9], clamp = false'
    assert problems_of(head() + leaf("p", scale=free)) == [("node[1].scale.points", "idle-limits")]


def test_every_code_has_a_case():
    cases = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    assert [code for code in MESSAGES if f'"{code}"' not in cases] == []
