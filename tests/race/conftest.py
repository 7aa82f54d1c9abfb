"""The processes that race, kept from one test to the next, and a migrated base that each test has a copy of."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.race.database import copy_of, steady, template
from tests.race.steady import Steady

type Lanes = tuple[Steady, Steady]


@pytest.fixture(scope="session")
def crew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lanes]:
    """Two processes, on no base yet."""
    folder = tmp_path_factory.mktemp("crew")
    both = (steady("tests.race.runner", folder), steady("tests.race.runner", folder))
    yield both
    for process in both:
        process.stop()


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory, crew: Lanes) -> Iterator[str]:
    with template(tmp_path_factory.mktemp("template"), crew[0]) as made:
        yield made


@pytest.fixture
def lanes(tmp_path: Path, model: str, crew: Lanes) -> Iterator[Lanes]:
    """The two processes, both on one fresh base, and gone from it afterwards."""
    folder = tmp_path / "race"
    folder.mkdir()
    with copy_of(model, folder) as url, crew[0].on(url, folder), crew[1].on(url, folder):
        yield crew
