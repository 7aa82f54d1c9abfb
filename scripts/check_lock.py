"""Does requirements.lock hold what pyproject.toml asks for, with hashes and without an address? Prints what disagrees.

No registry is asked: whether the locked packages agree among themselves `uv pip check` sees.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


def problems(pyproject: str, lock: str) -> Iterator[str]:
    """What disagrees between the texts of the two files, a sentence each."""
    project = tomllib.loads(pyproject)
    asked = [Requirement(line) for line in [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]]
    blocks = {canonicalize_name(match[1]): match for match in PIN.finditer(lock)}
    for requirement in asked:
        pin = blocks.get(canonicalize_name(requirement.name))
        if pin is None:
            yield f"{requirement} is not locked"
        elif not requirement.specifier.contains(pin[2], prereleases=True):
            yield f"{requirement} is locked at {pin[2]}"
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock)
    direct = {canonicalize_name(requirement.name) for requirement in asked}
    for entry in entries:
        name = canonicalize_name(re.split(r"[=\[\s]", entry, maxsplit=1)[0])
        if "--hash=sha256:" not in entry:
            yield f"{name} has no hash"
        if "palmares (pyproject.toml" in entry and name not in direct:
            yield f"{name} is locked as a dependency of ours, and pyproject.toml does not name it"
    if "://" in lock:
        yield "an address is written in it"


if __name__ == "__main__":
    found = list(problems((ROOT / "pyproject.toml").read_text(), (ROOT / "requirements.lock").read_text()))
    if found:
        sys.exit("requirements.lock: run `make lock`\n" + "\n".join(f"  {problem}" for problem in found))
