"""A process killed in the middle of recording an import leaves nothing of it."""

import signal
import time

import pytest

from tests.race.conftest import Lanes

pytestmark = pytest.mark.race


@pytest.mark.parametrize("moment", ["units", "cells"])
def test_a_kill_in_the_middle_of_a_commit_leaves_nothing(lanes: Lanes, moment: str) -> None:
    survivor, writer = lanes
    [batch] = survivor.ask("field", "imports", 1)
    before = survivor.ask("report")
    assert writer.ask("commit_slowly", moment, batch) == moment
    assert writer.kill() == -signal.SIGKILL
    time.sleep(0.2)
    assert survivor.ask("report") == before
    assert before["batches"] == {str(batch): "previewed"}
    # No lock stays behind: the same import is recorded now.
    assert survivor.ask("run", "commit", 0, batch)["won"]
