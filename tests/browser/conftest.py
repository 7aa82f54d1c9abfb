"""Running sites for the browser: one to a story, or one to a module that only looks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.running import Site, running
from tests.race import database


@pytest.fixture(scope="session")
def empty_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A migrated base to be copied; nobody works on it."""
    with database.template(tmp_path_factory.mktemp("migrated")) as template:
        yield template


@pytest.fixture
def newsroom(empty_base: str, tmp_path: Path) -> Iterator[Site]:
    """A site whose base holds the cast and the demonstration's indicators, and nothing else."""
    with running(empty_base, tmp_path) as site:
        site.work("hire")
        yield site


@pytest.fixture(scope="module")
def gallery(empty_base: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with something to see on each of its pages. Its tests only look."""
    with running(empty_base, tmp_path_factory.mktemp("gallery")) as site:
        yield site
