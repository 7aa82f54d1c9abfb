"""The tables of moves, and the page generated from them."""

from pathlib import Path

import pytest

from editorial import states
from editorial.models import ArticleState, CorrectionState
from schools.models import ImportBatch, ValueState

ROOT = Path(__file__).resolve().parents[2]


def test_every_verb_is_one_arrow() -> None:
    verbs = [move.verb for moves in states.WORKFLOWS.values() for move in moves]
    assert len(verbs) == len(set(verbs))
    assert [states.move(verb).verb for verb in verbs] == verbs
    with pytest.raises(KeyError):
        states.move("value.publish")


@pytest.mark.parametrize(
    ("workflow", "known"),
    [
        ("value", ValueState.values),
        ("import", ImportBatch.State.values),
        ("article", ArticleState.values),
        ("correction", CorrectionState.values),
    ],
)
def test_arrows_join_states_that_exist_and_reach_them_all(workflow: str, known: list[str]) -> None:
    pairs = states.pairs(workflow)
    assert {state for pair in pairs for state in pair} == set(known)
    assert all(source != target for source, target in pairs)


def test_what_is_decided_is_left_only_to_its_successor() -> None:
    assert {pair for pair in states.pairs("value") if pair[0] != "pending"} == {("in_force", "superseded")}


def test_the_page_of_states_is_up_to_date() -> None:
    assert (ROOT / "docs" / "states.md").read_text(encoding="utf-8") == states.as_markdown(), "run: make states"
