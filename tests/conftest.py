"""What every test finds: its own private files, a fast password hash, French, people, shared data, a browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as django_settings
from django.test import TransactionTestCase
from django.utils import translation
from pytest_django import DjangoDbBlocker

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.people import Cast
    from tests.scenes import Stage

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session", autouse=True)
def _fast_passwords() -> None:
    # The real hash is slow on purpose, and a suite logs in hundreds of times.
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _places(tmp_path: Path) -> None:
    """Nothing a test writes lands among the development site's files, nor is found by the next test."""
    private = tmp_path / "private"
    (private / "uploads").mkdir(parents=True)
    django_settings.PRIVATE_DIR = django_settings.MEDIA_ROOT = private
    django_settings.FILE_UPLOAD_TEMP_DIR = private / "uploads"


@pytest.fixture(scope="session", autouse=True)
def _flush_despite_the_refusals() -> Iterator[None]:
    """A test with real transactions ends by emptying every table, which the triggers forbid: they step aside for it.

    The flush sends `post_migrate`, which puts them back; so the next test finds them, and one checks that it does.
    """
    from editorial import triggers

    flush = TransactionTestCase._fixture_teardown

    def without_triggers(case: TransactionTestCase) -> None:
        triggers.uninstall()
        flush(case)

    TransactionTestCase._fixture_teardown = without_triggers
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture(autouse=True)
def _nobody_asked_before() -> None:
    """The requests of one test are not counted against the next one."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _french() -> Iterator[None]:
    """A test that read an English page leaves no English to the next one."""
    with translation.override("fr"):
        yield


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    from tests.scenes import in_order_of_scenes

    items[:] = in_order_of_scenes(items)


@pytest.fixture(scope="session")
def _stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> "Iterator[Stage]":
    from tests.scenes import Stage

    stage = Stage()
    yield stage
    with django_db_blocker.unblock():
        stage.strike()


@pytest.fixture
def _scene(
    request: pytest.FixtureRequest, _stage: "Stage", django_db_blocker: DjangoDbBlocker, _places: None, _french: None
) -> None:
    """The scene that the test is marked with (`tests.scenes`)."""
    from tests.scenes import has_real_transactions, wanted_by

    wanted = wanted_by(request.node)
    assert wanted is None or not has_real_transactions(request.node), "a test with real transactions has no scene"
    with django_db_blocker.unblock():
        _stage.show(wanted)


@pytest.fixture
def _django_db_helper(_scene: None, _django_db_helper: None) -> None:
    """Every test with the base comes this way: first its scene, then pytest-django's transaction inside of it."""


@pytest.fixture
def people(db: None) -> "Cast":
    """The cast of `tests.people`."""
    from tests.people import cast

    return cast()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files, beside the checkout or where PALMARES_SHARED_DATA says; skips the test without it."""
    folder = Path(os.environ.get("PALMARES_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("shared data not found")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's Chromium; skips the test without it."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("PALMARES_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        pytest.skip("Chromium not found")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> "Iterator[Browser]":
    """A headless Chromium for the whole run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()
