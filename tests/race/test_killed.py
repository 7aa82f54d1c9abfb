"""A process killed in the middle of recording an import leaves nothing of it."""

import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.race.database import call, copy_of, start, template

pytestmark = pytest.mark.race
RUNNER = "tests.race.runner"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with template(tmp_path_factory.mktemp("template")) as made:
        yield made


@pytest.mark.parametrize("moment", ["units", "cells"])
def test_a_kill_in_the_middle_of_a_commit_leaves_nothing(tmp_path: Path, model: str, moment: str) -> None:
    folder = tmp_path / "race"
    folder.mkdir()
    with copy_of(model, folder) as url:
        [batch] = json.loads(call(url, folder, RUNNER, "field", "imports", "1"))
        before = json.loads(call(url, folder, RUNNER, "report"))
        writer = start(url, folder, RUNNER, "commit_slowly", moment)
        assert writer.stdout.readline().strip() == '"ready"'
        writer.stdin.write(f"{batch}\n")
        writer.stdin.flush()
        assert writer.stdout.readline().strip() == f'"{moment}"'
        writer.send_signal(signal.SIGKILL)
        assert writer.wait(timeout=30) == -signal.SIGKILL
        for pipe in (writer.stdin, writer.stdout):
            pipe.close()
        time.sleep(0.2)
        assert json.loads(call(url, folder, RUNNER, "report")) == before
        assert before["batches"] == {str(batch): "previewed"}
        # No lock stays behind: the same import is recorded now.
        lane = start(url, folder, RUNNER, "commit", "0")
        answers, _err = lane.communicate(f"{batch}\n", timeout=60)
        assert json.loads(answers.splitlines()[-1])["won"]
