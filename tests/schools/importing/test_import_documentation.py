"""docs/mapping-file.md and the code say the same, and messages are written as French is."""

import dataclasses
import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from schools.importing import NotANumber, limits, parse_mapping, parse_number
from schools.importing.keys import SCHEMES
from schools.importing.mapping import (
    ABSENCES,
    ABSENT_ROWS,
    AGGREGATES,
    ATTRIBUTES,
    DURATIONS,
    ENTRIES,
    NATURES,
    PURPOSES,
    SECTORS,
    KeepRule,
    KeyRule,
    Mapping,
    NotMeasured,
    NumberRule,
    ValueRule,
)
from schools.importing.messages import SENTENCES

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "mapping-file.md").read_text(encoding="utf-8")
# The keys of [unit] that are not attributes.
OF_UNIT = ("other_names", "names_from", "names_to")
EXAMPLE = PAGE.split("```toml\n")[1].split("```")[0]


def names(rule: type, skipped: tuple[str, ...] = ()) -> set[str]:
    return {field.name for field in dataclasses.fields(rule) if field.name not in skipped}


def test_documentation_has_a_heading_for_every_key() -> None:
    keys = names(Mapping, ("key", "unit", "keep", "values", "year_column", "numbers", *OF_UNIT))
    keys |= {f"key.{name}" for name in names(KeyRule)} | {f"keep.{name}" for name in names(KeepRule)}
    keys |= {f"value.{name}" for name in names(ValueRule)} | {"unit.*.column", "unit.*.values"}
    keys |= {f"unit.{name}" for name in OF_UNIT}
    keys |= {f"unit.numbers.*.{name}" for name in names(NumberRule, ("scheme",))}
    assert set(re.findall(r"^### `(.+)`$", PAGE, re.MULTILINE)) == keys


def test_documentation_example_is_a_mapping_that_uses_every_key() -> None:
    mapping = parse_mapping(EXAMPLE)
    written = tomllib.loads(EXAMPLE)
    assert written.keys() == {*names(Mapping, ("values", "year_column", "numbers", *OF_UNIT)), "value"}
    assert {key for value in written["value"] for key in value} == names(ValueRule)
    assert {key for condition in written["keep"] for key in condition} == names(KeepRule)
    assert {key for value in written["value"] for each in value.get("not_measured", ()) for key in each} == names(
        NotMeasured
    )
    assert written["key"].keys() == names(KeyRule)
    assert written["unit"].keys() > {*OF_UNIT, "numbers"}
    assert mapping.values[1].multiply == Decimal(100)


@pytest.mark.parametrize(
    "words",
    [
        SCHEMES,
        ATTRIBUTES,
        SECTORS[:-1],
        NATURES[:-1],
        ENTRIES[:-1],
        (DURATIONS[0], DURATIONS[-2]),
        PURPOSES,
        ABSENCES,
        AGGREGATES,
        ABSENT_ROWS,
    ],
)
def test_documentation_names_every_choice(words: tuple[str, ...]) -> None:
    assert [word for word in words if f"`{word}`" not in PAGE] == []


def test_documentation_says_how_numbers_are_read() -> None:
    table = PAGE.split("| written | read |")[1].split("\n\n")[0]
    found = re.findall(r"^\| `(.+)` \| (.+) \|$", table, re.MULTILINE)
    assert len(found) > 15
    for written, read in found:
        text = written.replace("␣", "\u202f")
        if read == "refused":
            with pytest.raises(NotANumber):
                parse_number(text)
        else:
            assert parse_number(text) == Decimal(read)


def test_documentation_says_the_limits() -> None:
    shown = {
        "weight of a file": f"{limits.MAX_FILE_BYTES // 2**20} MiB",
        "weight of a workbook once unpacked": f"{limits.MAX_UNPACKED_BYTES // 2**20} MiB",
        "parts of a workbook": f"{limits.MAX_ZIP_ENTRIES}",
        "sheets": f"{limits.MAX_SHEETS}",
        "rows of a sheet": f"{limits.MAX_ROWS:,}",
        "columns of a sheet": f"{limits.MAX_COLUMNS}",
        "filled cells": f"{limits.MAX_CELLS:,}",
        "characters of a cell that is used": f"{limits.MAX_TEXT}",
    }
    assert [name for name, limit in shown.items() if f"| {name} | {limit} |" not in PAGE] == []


def source_texts() -> str:
    folder = ROOT / "schools" / "importing"
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))


def test_messages_are_all_used() -> None:
    written = source_texts()
    built = {"number_is_date", "number_is_boolean", "key_malformed_uai", "key_malformed_other"}
    assert [code for code in SENTENCES if code not in built and written.count(f'"{code}"') < 2] == []


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_message_is_written_as_french_is(code: str) -> None:
    sentence = SENTENCES[code]
    assert sentence.endswith((".", "»."))
    assert not re.search(r"« | »|[^\u00a0]:|[^\u202f][;!?]|'", sentence)
    assert "{" not in re.sub(r"\{[a-z_]+\}", "", sentence)
