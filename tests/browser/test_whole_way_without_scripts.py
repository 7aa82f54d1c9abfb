"""The same way without scripts, on a phone, published at once."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser import story
from tests.browser.person import PHONE
from tests.browser.running import Site
from tests.browser.walking import walk

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_the_same_way_without_scripts_on_a_phone(newsroom: Site, browser: "Browser", tmp_path: Path) -> None:
    way = story.Story(newsroom, browser, width=PHONE, javascript=False)
    walk(way, tmp_path, after=None)
    assert way.complaints() == []
