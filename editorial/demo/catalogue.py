"""Reading a catalogue of indicators: a TOML file with one table an indicator."""

import tomllib
from decimal import Decimal
from pathlib import Path

from editorial.actions.indicators import Definition


def definitions_in(path: Path) -> list[Definition]:
    """The definitions of a catalogue, in its order. Raises KeyError or TOMLDecodeError on a file that is not one."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["indicator"]
    return [
        Definition(
            code=table["code"],
            measure=table["measure"],
            decimals=table["decimals"],
            minimum=_bound(table.get("minimum")),
            maximum=_bound(table.get("maximum")),
            label_fr=table["label"]["fr"],
            label_en=table["label"]["en"],
            definition_fr=table["definition"]["fr"],
            definition_en=table["definition"]["en"],
            direction=table.get("direction", ""),
            ranking=table.get("ranking", True),
        )
        for table in tables
    ]


def _bound(number: int | Decimal | None) -> Decimal | None:
    return None if number is None else Decimal(number)
