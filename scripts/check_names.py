"""Do the files bear names the house allows? Prints those that do not."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("palmares", "schools", "rankings", "editorial", "templates", "tests", "bench", "scripts")
# Names that say nothing of what is inside.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "data", "process", "common", "misc"}
SHAPES = {
    ".py": re.compile(r"(__init__|__main__|_?[a-z][a-z0-9_]*|[0-9]{4}_[a-z0-9_]+)"),
    ".html": re.compile(r"_?[a-z0-9][a-z0-9_]*"),
    ".css": re.compile(r"[a-z][a-z0-9-]*"),
    ".js": re.compile(r"[a-z][a-z0-9-]*"),
}


def problem(path: Path) -> str | None:
    """Why the path, taken from the root of the project, is badly named; nothing when it is well."""
    shape = SHAPES.get(path.suffix)
    if shape and not shape.fullmatch(path.stem):
        return f"is not shaped like {shape.pattern}"
    if path.suffix == ".py" and path.stem in EMPTY_NAMES:
        return "does not say what is inside"
    if path.parts[0] == "tests" and path.name == "__init__.py":
        return "makes a package of tests, which can hide the application of the same name"
    return None


if __name__ == "__main__":
    files = sorted(
        path.relative_to(ROOT) for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()
    )
    found = [f"{path}: {why}" for path in files if (why := problem(path))]
    if found:
        sys.exit("\n".join(found))
