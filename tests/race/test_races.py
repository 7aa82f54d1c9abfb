"""Two people, one thing, the same instant: real processes on a real database, again and again."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.race.database import call, copy_of, start, template

pytestmark = pytest.mark.race

RUNNER = "tests.race.runner"
ROUNDS = 60


class Course:
    """A database, a field of things to fight over, two lanes."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder

    def field(self, kind: str, rounds: int) -> list[int]:
        return json.loads(call(self.url, self.folder, RUNNER, "field", kind, str(rounds)))

    def race(self, job: str, field: list[int]) -> list[list[dict[str, Any]]]:
        """Every round: both lanes are told at once, both answer."""
        lanes = [start(self.url, self.folder, RUNNER, job, str(lane)) for lane in range(2)]
        try:
            for lane in lanes:
                assert _line(lane) == '"ready"'
            return [self._round(lanes, thing) for thing in field]
        finally:
            for lane in lanes:
                lane.stdin.close()
                lane.wait(timeout=60)
                lane.stdout.close()

    @staticmethod
    def _round(lanes: list[subprocess.Popen[str]], thing: int) -> list[dict[str, Any]]:
        for lane in lanes:
            lane.stdin.write(f"{thing}\n")
        for lane in lanes:
            lane.stdin.flush()
        return [json.loads(_line(lane)) for lane in lanes]

    def report(self) -> dict[str, Any]:
        return json.loads(call(self.url, self.folder, RUNNER, "report"))


def _line(lane: subprocess.Popen[str]) -> str:
    return lane.stdout.readline().strip()


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with template(tmp_path_factory.mktemp("template")) as made:
        yield made


@pytest.fixture
def course(tmp_path: Path, model: str) -> Iterator[Course]:
    folder = tmp_path / "race"
    folder.mkdir()
    with copy_of(model, folder) as url:
        yield Course(url, folder)


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
