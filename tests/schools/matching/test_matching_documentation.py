"""docs/matching.md says what the code does: its keys, its verdicts, its doubts, an example that can be read."""

import re
import tomllib
from pathlib import Path

import pytest

from schools.importing.keys import SCHEMES
from schools.matching import parse_decisions
from schools.matching.decisions import VERDICTS
from schools.matching.likeness import MOST, NEAR

PAGE = (Path(__file__).parents[3] / "docs" / "matching.md").read_text(encoding="utf-8")
EXAMPLE = PAGE.split("```toml\n")[1].split("```")[0]
KEYS = ("dataset", "scheme", "keys", "names", "verdict", "unit", "from", "until", "despite_identifier", "reason")


def test_page_has_a_heading_for_every_key() -> None:
    expected = {"format", "title", "decided_by", *(f"decision.{key}" for key in KEYS)}
    assert set(re.findall(r"^### `(.+)`$", PAGE, re.MULTILINE)) == expected


def test_example_is_a_file_that_uses_every_key() -> None:
    assert len(parse_decisions(EXAMPLE).decisions) == 4
    written = tomllib.loads(EXAMPLE)
    assert {key for entry in written["decision"] for key in entry} == set(KEYS)


@pytest.mark.parametrize("words", [VERDICTS, SCHEMES, ("name",)])
def test_page_names_every_choice(words: tuple[str, ...]) -> None:
    assert [word for word in words if f"`{word}`" not in PAGE] == []


def test_page_says_from_where_on_a_likeness_is_a_question() -> None:
    assert f"a name at {NEAR} of 100 or more" in PAGE
    assert MOST == 3
    assert "at most three schools are proposed" in PAGE
