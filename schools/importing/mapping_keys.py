"""Reads the keys of a mapping file one by one, and keeps what is wrong with each."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import cast

from django.utils.translation import gettext as _

from schools.importing.limits import MAX_TEXT
from schools.importing.texts import text_fault


@dataclass(frozen=True, slots=True)
class MappingProblem:
    """What is wrong with one key: its path, such as value[1].weight (counted from 0), empty for the whole text."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}\u00a0: {self.message}" if self.path else self.message


class MappingRefused(Exception):
    """The mapping cannot be used; `problems` says why, all of it, at least one."""

    def __init__(self, problems: tuple[MappingProblem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(slots=True)
class KeyReader:
    """One table of a mapping file. Each reading notes what is wrong and answers something harmless in its place."""

    path: str
    content: Mapping[str, object]
    problems: list[MappingProblem]
    known: set[str] = field(default_factory=set)

    def refuse(self, name: str, message: str) -> None:
        """Notes that this key cannot be used."""
        self.problems.append(MappingProblem(self._path(name), message))

    def text(self, name: str, *, default: str | None = None, may_be_empty: bool = False) -> str:
        """A text of at most MAX_TEXT signs, not empty unless said so."""
        found = self._read(name, default)
        if found is None:
            return ""
        if not isinstance(found, str):
            self.refuse(name, _("Donnez un texte entre guillemets droits."))
            return ""
        if not may_be_empty and not found.strip():
            self.refuse(name, _("Ce texte ne peut pas être vide."))
        if text_fault(found):
            limit = MAX_TEXT
            self.refuse(name, _("Donnez un texte de {limit} signes au plus, tous visibles.").format(limit=limit))
        return found

    def texts(self, name: str, *, optional: bool = False) -> tuple[str, ...]:
        """A list of texts, not empty unless optional."""
        found = self._read(name, [] if optional else None)
        if found is None:
            return ()
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found) or not (found or optional):
            self.refuse(name, _('Donnez une liste de textes, par exemple ["oui", "non"].'))
            return ()
        if any(text_fault(each) for each in found):
            limit = MAX_TEXT
            self.refuse(name, _("Donnez des textes de {limit} signes au plus, tous visibles.").format(limit=limit))
        return tuple(found)

    def choice[Choice: str](self, name: str, choices: Sequence[Choice], *, default: str | None = None) -> Choice:
        """One of these texts; the first of them stands in for what is refused."""
        found = self._read(name, default)
        if found is not None and found in choices:
            return cast("Choice", found)
        if found is not None:
            listed = ", ".join(f'"{choice}"' for choice in choices)
            self.refuse(
                name,
                _("« {read} » n’est pas possible ici. Choisissez parmi : {choices}.").format(
                    read=found, choices=listed
                ),
            )
        return choices[0]

    def number(self, name: str, *, default: int | None = None, least: int, most: int) -> int:
        """A whole number within these bounds."""
        found = self._read(name, default)
        if found is None:
            return least
        if isinstance(found, bool) or not isinstance(found, int) or not least <= found <= most:
            message = _("Donnez le nombre {least}.") if least == most else _("Donnez un entier de {least} à {most}.")
            self.refuse(name, message.format(least=least, most=most))
            return least
        return found

    def decimal(self, name: str, default: Decimal) -> Decimal:
        """A finite number, exactly as written."""
        found = self._read(name, default)
        if isinstance(found, int) and not isinstance(found, bool):
            found = Decimal(found)
        if not isinstance(found, Decimal) or not found.is_finite():
            self.refuse(name, _("Donnez un nombre, par exemple 100."))
            return default
        return found

    def flag(self, name: str) -> bool:
        """true or false; false when not given."""
        found = self._read(name, False)
        if not isinstance(found, bool):
            self.refuse(name, _("Donnez true ou false, sans guillemets."))
            return False
        return found

    def day(self, name: str) -> date | None:
        """A date, written 2020-09-01 without quotes; None when not given."""
        found = self._read(name, False)
        if found is False or (isinstance(found, date) and not isinstance(found, datetime)):
            return found or None
        self.refuse(name, _("Donnez une date sans guillemets, par exemple 2020-09-01."))
        return None

    def holds_table(self, name: str) -> bool:
        """Whether this key is a table, for those that may also be something simpler."""
        return isinstance(self.content.get(name), dict)

    def table(self, name: str, *, optional: bool = False) -> "KeyReader":
        """A table of keys, empty when refused."""
        found = self._read(name, {} if optional else None)
        if found is not None and not isinstance(found, dict):
            self.refuse(name, _('Donnez une table, par exemple {{ column = "uai" }}.').format())
        # After one complaint about the table, no others about the keys that it cannot hold.
        problems = self.problems if isinstance(found, dict) else []
        return KeyReader(self._path(name), found if isinstance(found, dict) else {}, problems)

    def tables(self, name: str, *, optional: bool = False) -> list["KeyReader"]:
        """A list of tables, not empty unless optional."""
        found = self._read(name, [] if optional else None)
        if found is None:
            return []
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found) or not (found or optional):
            self.refuse(name, _("Donnez une ou plusieurs tables [[{name}]].").format(name=name))
            return []
        return [KeyReader(f"{self._path(name)}[{index}]", each, self.problems) for index, each in enumerate(found)]

    def refuse_other_keys(self) -> None:
        """Notes the keys that were never read: a misspelt key must not be silently without effect."""
        for name in self.content:
            if name in self.known:
                continue
            near = difflib.get_close_matches(name, sorted(self.known), n=1)
            hint = _(" Vouliez-vous dire « {near} » ?").format(near=near[0]) if near else ""
            self.refuse(name, _("Cette clé n’existe pas.") + hint)

    def _read(self, name: str, default: object) -> object:
        self.known.add(name)
        if name in self.content:
            return self.content[name]
        if default is None:
            self.refuse(name, _("Cette clé manque. Ajoutez-la."))
        return default

    def _path(self, name: str) -> str:
        shown = name if name.isidentifier() else f'"{name}"'
        return f"{self.path}.{shown}" if self.path else shown
