"""Is there a binary float in rankings/engine/? Prints each literal and each call of `float`, with its line."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The study of robustness draws thousands of weightings and publishes no rank: it alone computes with NumPy.
EXEMPT = "robustness"


def floats(source: str) -> Iterator[int]:
    """The lines of the Python source where a float is written or made."""
    for node in ast.walk(ast.parse(source)):
        literal = isinstance(node, ast.Constant) and isinstance(node.value, float | complex)
        made = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
        if literal or made:
            yield node.lineno


if __name__ == "__main__":
    files = [path for path in sorted(ROOT.glob("rankings/engine/**/*.py")) if EXEMPT not in path.parts]
    found = [f"{path.relative_to(ROOT)}:{line}" for path in files for line in floats(path.read_text())]
    if found:
        sys.exit("binary floats in the engine:\n" + "\n".join(found))
