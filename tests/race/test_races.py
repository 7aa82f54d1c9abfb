"""Two people, one thing, the same instant: real processes on a real database, again and again."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.race.conftest import Lanes

pytestmark = pytest.mark.race

ROUNDS = 60


@dataclass(frozen=True)
class Course:
    """A base, a field of things to fight over, two lanes."""

    lanes: Lanes

    def field(self, kind: str, rounds: int) -> list[int]:
        return self.lanes[0].ask("field", kind, rounds)

    def race(self, job: str, field: list[int]) -> list[list[dict[str, Any]]]:
        """Every round: both lanes are told at once, both answer."""
        for lane in self.lanes:
            lane.ask("hire")
        return [self._round(job, thing) for thing in field]

    def _round(self, job: str, thing: int) -> list[dict[str, Any]]:
        for number, lane in enumerate(self.lanes):
            lane.tell("run", job, number, thing)
        return [lane.hear() for lane in self.lanes]

    def report(self) -> dict[str, Any]:
        return self.lanes[0].ask("report")


@pytest.fixture
def course(lanes: Lanes) -> Course:
    return Course(lanes)


def winners(rounds: list[list[dict[str, Any]]]) -> list[int]:
    errors = [answer["error"] for answers in rounds for answer in answers if "error" in answer]
    assert not errors, errors[:3]
    return [sum(answer["won"] for answer in answers) for answers in rounds]


@pytest.mark.parametrize("job", ["approve", "decide"])
def test_two_deciders_one_value_one_winner(course: Course, job: str) -> None:
    field = course.field("values", ROUNDS)
    assert winners(course.race(job, field)) == [1] * ROUNDS
    after = course.report()
    decisions = {
        str(pk): after["acts"].get("value.approve", {}).get(str(pk), 0)
        + after["acts"].get("value.reject", {}).get(str(pk), 0)
        for pk in field
    }
    assert set(decisions.values()) == {1}
    assert len(decisions) == ROUNDS
    assert after["broken_link"] is None


def test_without_the_guard_the_same_race_finds_double_decisions(course: Course) -> None:
    """The control: nothing but the guard of the action is gone, and the database's refusal that stands behind it."""
    field = course.field("values without refusals", ROUNDS)
    won = winners(course.race("decide_unguarded", field))
    doubled = won.count(2)
    written_twice = [pk for pk, times in course.report()["acts"]["value.approve"].items() if times == 2]
    assert doubled > 0, "the harness no longer sees the race that the guard prevents"
    assert len(written_twice) == doubled


def test_without_the_guard_the_database_still_refuses_the_second_decision(course: Course) -> None:
    field = course.field("values", ROUNDS)
    rounds = course.race("decide_unguarded", field)
    errors = {answer["error"].splitlines()[0] for answers in rounds for answer in answers if "error" in answer}
    assert errors == {"IntegrityError: a decision is taken once"}
    assert [sum(answer["won"] for answer in answers) for answers in rounds] == [1] * ROUNDS
    assert set(course.report()["acts"]["value.approve"].values()) == {1}


def test_two_seals_one_winner(course: Course) -> None:
    field = course.field("releases", 8)
    assert winners(course.race("seal", field)) == [1] * 8
    after = course.report()
    assert after["sealed"] == 8
    assert set(after["acts"]["release.seal"].values()) == {1}


@pytest.mark.parametrize(
    ("kind", "job", "verb"),
    [
        ("articles", "approve_article", "article.approve"),
        ("published articles", "propose_correction", "correction.propose"),
        ("corrections", "approve_correction", "correction.approve"),
    ],
)
def test_two_people_one_text_one_winner(course: Course, kind: str, job: str, verb: str) -> None:
    field = course.field(kind, 12)
    before = course.report()["acts"].get(verb, {})
    assert winners(course.race(job, field)) == [1] * 12
    after = course.report()
    assert sum(after["acts"][verb].values()) - sum(before.values()) == 12
    assert after["broken_link"] is None


def test_correcting_and_withdrawing_an_article_never_both(course: Course) -> None:
    field = course.field("corrections", 12)
    assert winners(course.race("correct_or_withdraw", field)) == [1] * 12
    acts = course.report()["acts"]
    done = [sum(acts.get(verb, {}).values()) for verb in ("correction.approve", "article.withdraw")]
    assert sum(done) == 12


def test_two_computations_leave_one_unsealed_release(course: Course) -> None:
    field = course.field("editions", 8)
    # They take turns on both databases, and the later one stays.
    assert winners(course.race("compute", field)) == [2] * 8
    after = course.report()
    assert [edition for edition, _number in after["releases"]] == sorted(field)
    assert after["broken_link"] is None


def test_two_clicks_record_an_import_once(course: Course) -> None:
    field = course.field("imports", 10)
    assert winners(course.race("commit", field)) == [1] * 10
    after = course.report()
    assert after["units"] == 200
    assert all(states == ["pending"] * 20 for states in after["revisions_of"].values())
    assert set(after["acts"]["import.commit"].values()) == {1}


def test_approving_and_withdrawing_an_import_never_both(course: Course) -> None:
    field = course.field("committed", 12)
    assert winners(course.race("withdraw_or_approve", field)) == [1] * 12
    after = course.report()
    for pk in field:
        expected = "withdrawn" if after["batches"][str(pk)] == "withdrawn" else "in_force"
        assert set(after["revisions_of"][str(pk)]) == {expected}
    assert after["broken_link"] is None
