"""Running sites for the browser: one to a story, or one to all that only look."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.running import Site, running
from tests.race import database
from tests.race.steady import Steady

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browser.looking import Lookers


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


@pytest.fixture(scope="module")
def lookers(gallery: Site, browser: "Browser", parts: Any) -> "Iterator[Lookers]":
    from tests.browser.looking import Lookers

    seated = Lookers(gallery, browser, parts)
    yield seated
    seated.leave()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Stories first: each takes as long as fifty looks, and would be waited for at the end."""
    items.sort(key=lambda item: "newsroom" not in getattr(item, "fixturenames", ()))
