"""A site that runs on a base of its own, in a process of its own, for as long as a browser looks at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.race import database
from tests.race.steady import Steady


@dataclass(frozen=True)
class Site:
    """A running site: its address, the address of its base, its private folder, and who works there unseen."""

    address: str
    base: str
    folder: Path
    hand: Steady

    def work(self, task: str, *arguments: str) -> Any:
        """Have a task of `tests.browser.tasks` done on its base; what the task answers."""
        with self.hand.on(self.base, self.folder):
            return self.hand.ask(task, *arguments)


@contextmanager
def running(template: str, folder: Path, hand: Steady) -> Iterator[Site]:
    """A site on a copy of this migrated base; both are gone afterwards."""
    with database.copy_of(template, folder) as base:
        server = database.start(base, folder, "tests.browser.serving")
        assert server.stdout is not None
        # On the way out the server's standard input is closed, which ends it.
        with server:
            yield Site(server.stdout.readline().strip(), base, folder, hand)
