"""Which rows make one value together: those of one school, under whatever keys, in one year."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from schools.importing.records import key_text
from schools.importing.row_keys import Keys, RowsByKey

# What a row's keys and year are grouped as; None when the row is of no school whose values are wanted.
Grouping = Callable[[Keys, int], str | None]


def by_keys(keys: Keys, _year: int) -> str:
    """Each distinct cell of keys is a school of its own."""
    return key_text(keys)


@dataclass(slots=True)
class Group:
    """The rows of one school in one year, in file order, and every key read in them, sorted."""

    name: str
    year: int
    rows: Sequence[int]
    keys: Keys
    tainted: bool


@dataclass(slots=True)
class Groups:
    """Every group by keys then year. `unused`: cells of keys that the grouping never takes, and how many rows."""

    groups: tuple[Group, ...]
    unused: set[Keys] = field(default_factory=set)
    rows_unused: int = 0


def grouped(found: RowsByKey, group: Grouping) -> Groups:
    """The rows of the file as `group` sorts them; it is asked once for each distinct cell of keys and year."""
    rows: dict[tuple[str, int], list[int]] = {}
    keys: dict[tuple[str, int], set[str]] = {}
    names: dict[Keys, set[tuple[str, int]]] = {}
    rows_unused = 0
    for (of_row, year), numbers in found.rows.items():
        name = group(of_row, year)
        names.setdefault(of_row, set())
        if name is None:
            rows_unused += len(numbers)
            continue
        rows.setdefault((name, year), []).extend(numbers)
        keys.setdefault((name, year), set()).update(of_row)
        names[of_row].add((name, year))
    tainted = {(group(of_row, year), year) for of_row, year in found.tainted}
    always = {name for of_row in found.tainted_always for name, _ in names.get(of_row, ())}
    groups = [
        Group(name, year, sorted(numbers), tuple(sorted(keys[name, year])), (name, year) in tainted or name in always)
        for (name, year), numbers in rows.items()
    ]
    unused = {of_row for of_row, taken in names.items() if not taken}
    return Groups(tuple(sorted(groups, key=lambda each: (each.keys, each.name, each.year))), unused, rows_unused)
