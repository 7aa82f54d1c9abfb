"""docs/facts.md lists every token, and no other."""

import re
from pathlib import Path

from rankings.facts.book import OF_EDITION, OF_UNIT

DOC = (Path(__file__).parents[2] / "docs" / "facts.md").read_text()


def test_every_token_is_documented_with_what_may_follow() -> None:
    told = set(re.findall(r"^\| `([^`]+)`", DOC, re.MULTILINE))
    expected = set()
    for kinds, subject in ((OF_UNIT, ":ECOLE"), (OF_EDITION, "")):
        for name, kind in kinds.items():
            argument = "" if not kind.argument else ":2018" if kind.takes("2018") and not kind.takes("cle") else ":CLE"
            expected |= {name + subject} if kind.optional else set()
            expected |= {name + subject + argument} if argument else set()
    assert told == expected
