"""The indicators of the demonstration, and how a figure of each is drawn."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

CATALOGUE = Path(__file__).resolve().parent / "indicators.toml"


@dataclass(frozen=True)
class Measure:
    """An indicator: the file and column it is written in, and the law of its figures; figures are counted in units of
    the last decimal.

    knots: the figure at −3, −2 … +3 standard deviations, straight lines between. steps: (from, figure), rising, for
    what has few figures. loads: thousandths that each quality weighs. until: the last year it was collected.
    """

    code: str
    file: str
    column: str
    decimals: int
    maximum: int
    knots: tuple[int, ...]
    private_knots: tuple[int, ...]
    steps: tuple[tuple[int, int], ...]
    loads: Mapping[str, int]
    drift: int
    grain: int
    secret_under: int
    until: int | None

    @property
    def is_drawn(self) -> bool:
        """Whether its figures are drawn; those of the others follow from a count of people."""
        return bool(self.knots or self.steps)


@cache
def measures() -> tuple[Measure, ...]:
    """All of them, in the order of the catalogue."""
    tables = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"), parse_float=Decimal)["indicator"]
    return tuple(_measure(table, table.get("shape", {})) for table in tables)


def _measure(table: dict[str, Any], shape: dict[str, Any]) -> Measure:
    knots = tuple(shape.get("knots", ()))
    return Measure(
        code=table["code"],
        file=table["file"],
        column=table["column"],
        decimals=table["decimals"],
        maximum=table["maximum"] * 10 ** table["decimals"],
        knots=knots,
        private_knots=tuple(shape.get("private_knots", knots)),
        steps=tuple((start, figure) for start, figure in shape.get("steps", ())),
        loads=shape.get("loads", {}),
        drift=shape.get("drift", 0),
        grain=shape.get("grain", 1),
        secret_under=shape.get("secret_under", 0),
        until=shape.get("until"),
    )
