"""What the generator adds to the chance of some schools, so that the demonstration tells its story.

The ranks still come out of the figures, by the methods: nothing here is a rank.
"""

import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).resolve().parent / "calibration.toml"


type _Tilts = dict[str, int]


@cache
def _tables() -> dict[str, tuple[_Tilts, dict[str, _Tilts]]]:
    """School → what is added to each indicator in every year, then year by year (`all`: to every indicator)."""
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))["school"]
    return {table["name"]: (table.get("indicators", {}), table.get("years", {})) for table in tables}


def tilt(name: str, code: str, year: int) -> int:
    """Thousandths of a standard deviation to add to a figure; 0 for what is left to chance."""
    always, by_year = _tables().get(name, ({}, {}))
    of_the_year = by_year.get(str(year), {})
    return always.get(code, 0) + of_the_year.get(code, of_the_year.get("all", 0))


def answers_all(name: str) -> bool:
    """Whether a school gives every figure: one whose story is told."""
    return bool(_tables().get(name, ({}, {}))[0])
