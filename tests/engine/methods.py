"""Method files for the tests of the engine, made from parts."""

from decimal import Decimal

HEAD = """format = 1
title = {{ fr = "Essai", en = "Trial" }}
aggregate = "{aggregate}"
points = {points}
minimum_coverage = {coverage}
[rounding]
{rounded_points}score = {{ digits = {digits}, mode = "{mode}" }}
ranks_on = "{ranks_on}"
[missing]
missing = "{missing}"
not_communicated = "zero"
not_applicable = "leave_out"
secret = "unranked"
"""


def head(
    *,
    aggregate: str = "mean",
    points: str = "10",
    coverage: str = "0",
    digits: int = 2,
    mode: str = "half_up",
    ranks_on: str = "rounded",
    missing: str = "leave_out",
    rounded_points: str = "",
) -> str:
    return HEAD.format(
        aggregate=aggregate,
        points=points,
        coverage=coverage,
        digits=digits,
        mode=mode,
        ranks_on=ranks_on,
        missing=missing,
        rounded_points=f"points = {rounded_points}\n" if rounded_points else "",
    )


def leaf(key: str, *lines: str, weight: str = "1", scale: str = 'kind = "minmax", better = "higher"', at: str = "node"):
    """A leaf whose indicator has its key for a code, unless a line says otherwise."""
    said = {line.split(" =")[0] for line in lines}
    own = [*lines] if "indicator" in said else [f'indicator = "{key}"', *lines]
    head_lines = [f"[[{at}]]", f'key = "{key}"', f'title = {{ fr = "{key}" }}', f"weight = {weight}"]
    return "\n".join([*head_lines, f"scale = {{ {scale} }}", *own]) + "\n"


def branch(key: str, *lines: str, weight: str = "1", at: str = "node") -> str:
    """The head of a branch; its children follow, at `node.node`."""
    return (
        "\n".join([f"[[{at}]]", f'key = "{key}"', f'title = {{ fr = "{key}" }}', f"weight = {weight}", *lines]) + "\n"
    )


def column(**values: str) -> dict[str, Decimal]:
    return {unit: Decimal(text) for unit, text in values.items()}
