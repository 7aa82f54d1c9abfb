"""Was a test skipped for a reason that is not allowed? Reads pytest's report (`-ra`) and prints each such line.

Called with the report and the database it ran on: `check_skips.py REPORT sqlite|postgresql`.
"""

import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SKIPPED = re.compile(r"^SKIPPED \[\d+\] .*?: (?P<reason>.*)$", re.MULTILINE)
OTHER_DATABASE = {"sqlite": "PostgreSQL only", "postgresql": "SQLite only"}


def allowed_reasons(database: str, *, shared_data_found: bool) -> set[str]:
    """The reasons for which a test may be skipped on that database."""
    return {OTHER_DATABASE[database]} | (set() if shared_data_found else {"shared data not found"})


def refused(report: str, allowed: set[str]) -> list[str]:
    """The lines of the report that tell of a test skipped for another reason than those allowed, in their order."""
    return [match[0] for match in SKIPPED.finditer(report) if match["reason"].strip() not in allowed]


if __name__ == "__main__":
    shared = Path(os.environ.get("PALMARES_SHARED_DATA") or ROOT.parent / "shared" / "data")
    reasons = allowed_reasons(sys.argv[2], shared_data_found=shared.is_dir())
    if found := refused(Path(sys.argv[1]).read_text(), reasons):
        sys.exit("skipped for no reason that is allowed:\n" + "\n".join(found))
