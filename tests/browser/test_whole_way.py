"""The whole way at desks with scripts, under embargo for a moment."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser import story
from tests.browser.person import DESKTOP
from tests.browser.running import Site
from tests.browser.walking import walk

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_four_people_take_a_file_to_the_public(newsroom: Site, browser: "Browser", tmp_path: Path) -> None:
    way = story.Story(newsroom, browser, width=DESKTOP, javascript=True)
    walk(way, tmp_path, after=timedelta(seconds=6))
    assert way.complaints() == []
