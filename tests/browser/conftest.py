"""Running sites for the browser: one to a story, or one to all that only look."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.running import Site, running
from tests.race import database
from tests.race.steady import Steady


@pytest.fixture(scope="session")
def hand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Steady]:
    """A process that does the tasks of `tests.browser.tasks`, on whichever site."""
    process = database.steady("tests.browser.tasks", tmp_path_factory.mktemp("hand"))
    yield process
    process.stop()


@pytest.fixture(scope="session")
def empty_base(tmp_path_factory: pytest.TempPathFactory, hand: Steady) -> Iterator[str]:
    """A migrated base to be copied; nobody works on it."""
    with database.template(tmp_path_factory.mktemp("migrated"), hand) as template:
        yield template


@pytest.fixture
def newsroom(empty_base: str, tmp_path: Path, hand: Steady) -> Iterator[Site]:
    """A site whose base holds the cast and the demonstration's indicators, and nothing else."""
    with running(empty_base, tmp_path, hand) as site:
        site.work("hire")
        yield site


@pytest.fixture(scope="session")
def gallery(empty_base: str, tmp_path_factory: pytest.TempPathFactory, hand: Steady) -> Iterator[Site]:
    """A site with something to see on each of its pages. Its tests only look."""
    with running(empty_base, tmp_path_factory.mktemp("gallery"), hand) as site:
        yield site


@pytest.fixture(scope="session")
def parts(gallery: Site) -> Any:
    """What the addresses of its pages are made of."""
    return gallery.work("exhibit")
