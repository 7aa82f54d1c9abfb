"""What is wrong with a file, said so that a person can mend it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import gettext

from schools.importing.document import Cell
from schools.importing.limits import MAX_SHOWN
from schools.importing.messages import SENTENCES

Severity = Literal["refused", "suspicious"]


def shortened(text: str) -> str:
    """The text as it can be shown: on one line, invisible signs written as codes, cut at MAX_SHOWN characters.

    >>> shortened("a" + chr(8) + "b") == "a" + chr(92) + "u0008b"
    True
    """
    shown = "".join(sign if sign.isprintable() or sign in "\u00a0\u202f" else f"\\u{ord(sign):04x}" for sign in text)
    return shown if len(shown) <= MAX_SHOWN else shown[: MAX_SHOWN - 1] + "…"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, and where: `cell` is empty for a whole file or sheet, `column` is the header.

    "refused" means that what was read there is not used; "suspicious" that it is, and that a person should look.
    """

    file: str
    sheet: str
    cell: str
    column: str
    code: str
    params: Mapping[str, str] = field(hash=False)
    read: str
    severity: Severity

    @property
    def message(self) -> str:
        """What was read and what to do, in the reader's language."""
        return gettext(SENTENCES[self.code]).format(**{**self.params, "read": self.read, "column": self.column})

    @property
    def place(self) -> str:
        """File, sheet and cell, in the reader's language."""
        parts = [gettext("fichier {file}").format(file=self.file)]
        if self.sheet:
            parts.append(gettext("feuille « {sheet} »").format(sheet=self.sheet))
        if self.cell:
            parts.append(gettext("cellule {cell}").format(cell=self.cell))
        return ", ".join(parts)


class FileRefused(Exception):
    """The file cannot be read as a whole; `problems` says why, all of it, at least one."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(f"{problem.place}\u00a0: {problem.message}" for problem in problems))


@dataclass(slots=True)
class ProblemLog:
    """Collects the problems of one sheet of one file (or of the file, when the sheet is empty)."""

    file: str
    sheet: str = ""
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, code: str, cell: Cell | None = None, column: str = "", **params: object) -> None:
        """Notes something that is not used."""
        self._note("refused", code, cell, column, params)

    def suspect(self, code: str, cell: Cell | None = None, column: str = "", **params: object) -> None:
        """Notes something that is used and that a person should look at."""
        self._note("suspicious", code, cell, column, params)

    def _note(
        self, severity: Severity, code: str, cell: Cell | None, column: str, params: Mapping[str, object]
    ) -> None:
        texts = {name: str(value) for name, value in params.items()}
        read = texts.pop("read", shortened(cell.text) if cell else "")
        self.problems.append(
            Problem(
                self.file, self.sheet, cell.reference if cell else "", shortened(column), code, texts, read, severity
            )
        )


def refusal(file: str, code: str, sheet: str = "", cell: Cell | None = None, **params: object) -> FileRefused:
    """The error for a file refused for one reason."""
    log = ProblemLog(file, sheet)
    log.refuse(code, cell, "", **params)
    return FileRefused(tuple(log.problems))
