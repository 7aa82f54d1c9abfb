"""Tie-breakers, bands, levels, ranks within groups and what is carried along, by hand (docs/method.md, § 8)."""

from decimal import Decimal

import pytest

from rankings.engine import Absence, Dataset, DatasetError, MethodError, Row, parse_method, rank
from rankings.engine.placing import Band
from rankings.engine.standings import GroupPlace
from tests.engine.methods import branch, column, head, leaf

OUT_OF_TEN = 'kind = "minmax", better = "higher", low = 0, high = 10'
ENDING = leaf("recherche", scale=OUT_OF_TEN) + leaf("salaire", scale=OUT_OF_TEN)


def saying(said: str, **options: str | int) -> str:
    """A method of two criteria out of 10, whose ranks are told as `said`."""
    return head(**options) + said + ENDING


def ranked(said: str, recherche: dict, salaire: dict, groups: dict | None = None, **more: dict) -> dict[str, Row]:
    units = tuple(sorted({*recherche, *salaire}))
    options = more.pop("options", {})
    dataset = Dataset(units, {"recherche": recherche, "salaire": salaire, **more}, groups or {})
    return {row.unit: row for row in rank(dataset, parse_method(saying(said, **options))).rows}


def places(rows: dict[str, Row]) -> dict[str, tuple[int | None, bool]]:
    return {unit: (row.rank, row.tied) for unit, row in rows.items()}


BY_RESEARCH = '[[tie_breaker]]\nnode = "recherche"\n'
BY_FEES = '[[tie_breaker]]\nindicator = "frais"\nbetter = "lower"\n'


def test_a_node_breaks_a_tie_and_only_among_equals():
    # a and b have 5, c has 6 with less research than any, d has 5 with as much as b.
    rows = ranked(BY_RESEARCH, column(a="4", b="7", c="2", d="7"), column(a="6", b="3", c="10", d="3"))
    assert places(rows) == {"c": (1, False), "b": (2, True), "d": (2, True), "a": (4, False)}
    assert {unit: row.standing.tie_breakers for unit, row in rows.items()} == {
        "a": (Decimal(4),), "b": (Decimal(7),), "c": (), "d": (Decimal(7),),
    }  # fmt: skip


def test_the_next_one_is_looked_at_only_when_the_first_is_equal():
    scores = column(a="5", b="5", c="5")
    rows = ranked(BY_RESEARCH + BY_FEES, scores, scores, frais=column(a="900", b="300", c="600"))
    assert places(rows) == {"b": (1, False), "c": (2, False), "a": (3, False)}
    assert rows["a"].standing.tie_breakers == (Decimal(5), Decimal(900))


@pytest.mark.parametrize("better", ["higher", "lower"])
def test_who_lacks_what_breaks_the_tie_comes_last_whatever_the_direction(better):
    scores = column(a="5", b="5", c="5")
    fees = {"a": Absence.SECRET, **column(b="-900", c="300")}
    rows = ranked(BY_FEES.replace("lower", better), scores, scores, frais=fees)
    assert rows["a"].rank == 3
    assert rows["a"].standing.tie_breakers == (Absence.SECRET,)
    assert rows["b"].rank == (1 if better == "lower" else 2)


def test_a_node_left_out_comes_last():
    rows = ranked(BY_RESEARCH, {"a": Absence.MISSING, **column(b="0")}, column(a="1", b="2"))
    assert rows["a"].score == rows["b"].score
    assert places(rows) == {"b": (1, False), "a": (2, False)}
    assert rows["a"].standing.tie_breakers == (None,)


def test_equality_is_that_of_the_compared_scores():
    # 5.04 and 5.01 are both 5.0 once rounded: the tie-breaker is looked at; unrounded they are no tie.
    research, salary = column(a="4.08", b="4.52"), column(a="6", b="5.5")
    assert places(ranked(BY_RESEARCH, research, salary, options={"digits": 1}))["b"] == (1, False)
    exact = ranked(BY_RESEARCH, research, salary, options={"digits": 1, "ranks_on": "unrounded"})
    assert places(exact)["a"] == (1, False)
    assert exact["a"].standing.tie_breakers == ()


def test_bands_follow_the_rank_ties_included():
    marks = {f"u{n}": Decimal(10 - n if n < 3 else 6) for n in range(5)}
    rows = ranked("[ranks]\nbands = [2, 4]\n", marks, marks)
    told = {unit: str(row.standing.band or row.rank) for unit, row in rows.items()}
    # 1, 2, 3, then two fourths.
    assert told == {"u0": "1", "u1": "2-3", "u2": "2-3", "u3": "4+", "u4": "4+"}
    assert rows["u4"].standing.band == Band(4, None)


def test_levels_by_the_printed_score():
    said = '[ranks]\nlevels = { by = "score", labels = ["A+", "A", "B"], bounds = [8, 6] }\n'
    # 7.96 prints as 8.0.
    marks = column(a="7.96", b="6", c="5.9")
    rows = ranked(said, marks, marks, options={"digits": 1})
    assert {unit: row.standing.level for unit, row in rows.items()} == {"a": "A+", "b": "A", "c": "B"}


def test_levels_by_the_part_of_the_ranked():
    said = '[ranks]\nlevels = { by = "rank", labels = ["A", "B", "C"], bounds = [0.25, 0.5] }\n'
    marks = column(a="9", b="8", c="8", d="1") | {"e": Absence.SECRET}
    rows = ranked(said, marks, marks)
    # 1/4 is in the first quarter, exactly; two seconds are in the first half; e has no rank, and counts for nothing.
    assert {unit: row.standing.level for unit, row in rows.items()} == {"a": "A", "b": "B", "c": "B", "d": "C", "e": ""}


def test_ranks_within_groups_come_from_the_same_comparison():
    groups = {"region": {"a": "Nord", "b": "Sud", "c": "Nord", "e": "Nord"}}
    marks = column(a="7", b="9", c="7", d="8") | {"e": Absence.SECRET}
    rows = ranked('[ranks]\ngroups = ["region"]\n', marks, marks, groups)
    assert rows["b"].standing.groups == {"region": GroupPlace("Sud", 1, False, 1)}
    assert rows["a"].standing.groups == {"region": GroupPlace("Nord", 1, True, 2)}
    # d is in no region; e is not ranked, nor counted in its own.
    assert rows["d"].standing.groups == rows["e"].standing.groups == {}
    broken = ranked('[ranks]\ngroups = "region"\n' + BY_FEES, marks, marks, groups, frais=column(a="2", c="1"))
    assert broken["c"].standing.groups == {"region": GroupPlace("Nord", 1, False, 2)}
    assert broken["a"].standing.groups == {"region": GroupPlace("Nord", 2, False, 2)}


def test_a_grouping_that_the_data_do_not_say_is_named():
    with pytest.raises(DatasetError, match="the grouping 'region'"):
        ranked('[ranks]\ngroups = ["region"]\n', column(a="1"), column(a="1"))


def test_what_is_carried_along_is_in_the_rows_and_weighs_nothing():
    marks = column(a="7", b="9")
    plain = ranked("", marks, marks)
    rows = ranked('[ranks]\ninformation = ["effectif"]\n', marks, marks, effectif=column(a="1200"))
    assert rows["a"].information == {"effectif": Decimal(1200)}
    assert rows["b"].information == {"effectif": Absence.MISSING}
    for unit, row in rows.items():
        assert (row.rank, row.exact_score, row.coverage, row.inputs) == (
            plain[unit].rank, plain[unit].exact_score, plain[unit].coverage, plain[unit].inputs,
        )  # fmt: skip
    with pytest.raises(DatasetError, match="'effectif', which has no column"):
        ranked('[ranks]\ninformation = ["effectif"]\n', marks, marks)


def test_the_text_of_a_result_says_it_only_where_the_method_does():
    marks = column(a="7", b="7")
    dataset = Dataset(("a", "b"), {"recherche": marks, "salaire": marks, "n": column(a="1")}, {"region": {"a": "Nord"}})
    plain = rank(dataset, parse_method(saying(""))).canonical_text
    assert all(word not in plain for word in ("level", "band", "groups", "tie_breakers", "information"))
    said = (
        '[ranks]\nbands = [1]\ngroups = ["region"]\ninformation = ["n"]\n'
        'levels = { by = "score", labels = ["A", "B"], bounds = [5] }\n' + BY_RESEARCH
    )
    text = rank(dataset, parse_method(saying(said))).canonical_text
    for piece in (
        '"band":"1+"',
        '"groups":{"region":{"group":"Nord","of":"1","rank":"1","tied":false}}',
        '"information":{"n":"1"}',
        '"information":{"n":"missing"}',
        '"level":"A"',
        '"tie_breakers":["7"]',
    ):
        assert piece in text


def test_the_method_is_written_back_as_it_is_read():
    said = (
        '[ranks]\nbands = [1, 5]\ngroups = "region"\ninformation = ["n"]\n'
        'levels = { by = "rank", labels = ["A", "B"], bounds = [0.5] }\n'
        + BY_RESEARCH
        + '[[tie_breaker]]\nnode = "salaire"\nbetter = "lower"\n'
        + BY_FEES
    )
    method = parse_method(saying(said))
    assert parse_method(method.canonical_text) == method
    assert method.indicators == ("frais", "n", "recherche", "salaire")
    assert method.counted == ("frais", "recherche", "salaire")
    spelled = parse_method(saying(BY_RESEARCH + 'better = "higher"\n'))
    assert spelled.digest == parse_method(saying(BY_RESEARCH)).digest


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ('[[tie_breaker]]\nnode = "recherches"\n', "tie_breaker.1..node: read “recherches”.*mean “recherche”"),
        ("[[tie_breaker]]\nbetter = \"lower\"\n", r"tie_breaker\[1\]: read a tie-breaker with “node” and “indicator”"),
        ('[[tie_breaker]]\nindicator = "frais"\n', r"tie_breaker\[1\]: the key “better” is absent"),
        ("[ranks]\nbands = [101, 101]\n", r"ranks.bands\[2\]: read 101 after 101, expected a greater rank"),
        ("[ranks]\nbands = [0]\n", r"ranks.bands\[1\]: read 0, expected a rank, a whole number from 1"),
        ('[ranks]\ngroups = ["r", "r"]\n', r"ranks.groups\[2\]"),
        ('[ranks.levels]\nby = "score"\nlabels = ["A"]\nbounds = [5]\n', "labels: read a list of 1 texts, expected 2"),
        ('[ranks.levels]\nby = "score"\nlabels = ["A", "B", "C"]\nbounds = [5, 6]\n', "read 6 after 5"),
        ('[ranks.levels]\nby = "rank"\nlabels = ["A", "B"]\nbounds = [1]\n', "read 1, expected a number above 0 and"),
        ('[ranks.levels]\nby = "place"\nlabels = ["A", "B"]\nbounds = [1]\n', "levels.by: read “place”"),
    ],
)  # fmt: skip
def test_what_cannot_be_applied_is_refused_at_its_place(said, message):
    with pytest.raises(MethodError, match=message):
        parse_method(saying(said))


def test_a_tie_breaker_is_one_thing():
    for said in ("", 'node = "recherche"\nindicator = "frais"\n'):
        with pytest.raises(MethodError) as caught:
            parse_method(saying(f'[[tie_breaker]]\nbetter = "lower"\n{said}'))
        assert [(one.where, one.code) for one in caught.value.problems] == [("tie_breaker[1]", "tie-breaker-of-what")]


def test_a_family_can_break_a_tie():
    text = head() + '[[tie_breaker]]\nnode = "f"\n' + branch("f") + leaf("a", scale=OUT_OF_TEN, at="node.node")
    method = parse_method(text + leaf("z", scale=OUT_OF_TEN))
    dataset = Dataset(("x", "y"), {"a": column(x="4", y="6"), "z": column(x="6", y="4")})
    assert rank(dataset, method).ranks == {"y": (1, False), "x": (2, False)}
