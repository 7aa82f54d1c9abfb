"""An import held against its source: every waiting value formed again from the kept file, cell by cell."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schools import files
from schools.forming import Formed, Former
from schools.import_plan import rules_of
from schools.importing import FileRefused, parse_mapping, read_document
from schools.models import Anomaly, ImportBatch, Indicator, Kind, SourceCell, ValueRevision
from schools.typography import number


class Outcome(StrEnum):
    """What the comparison says of one value; only what is equal is approved in bulk."""

    EQUAL = "equal"
    DIFFERS = "differs"
    ANOMALOUS = "anomalous"
    CONTESTED = "contested"


class _Kept(NamedTuple):
    """A cell as it was kept with its value."""

    sheet: str
    reference: str
    text: str


@dataclass(frozen=True)
class Compared:
    """One waiting value, and what its source says of it today. `why`: empty when it is equal, else a sentence."""

    revision: ValueRevision
    outcome: Outcome
    why: str


@dataclass(frozen=True)
class Comparison:
    """Every waiting value of an import, in the order they were written.

    `problem`: why the source could not be read again, empty when it was; then every value differs.
    """

    batch: ImportBatch
    rows: tuple[Compared, ...]
    problem: str = ""

    def of(self, outcome: Outcome) -> tuple[Compared, ...]:
        """Those of this outcome."""
        return tuple(row for row in self.rows if row.outcome is outcome)

    def approvable_by(self, user_id: int) -> tuple[Compared, ...]:
        """What this person would approve: equal, and not her own."""
        return tuple(row for row in self.of(Outcome.EQUAL) if row.revision.author_id != user_id)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each outcome."""
        return {outcome.value: len(self.of(outcome)) for outcome in Outcome}

    @cached_property
    def digest(self) -> str:
        """What the person saw, as one number: file, mapping, and each value with its version and outcome."""
        seen = [
            self.batch.pk,
            self.batch.source.sha256,
            self.batch.mapping_digest,
            [[row.revision.pk, row.revision.version, row.outcome.value] for row in self.rows],
        ]
        return hashlib.sha256(json.dumps(seen, separators=(",", ":")).encode()).hexdigest()


def comparison(batch: ImportBatch) -> Comparison:
    """Every waiting value of this import against its source, read again from the kept bytes. Ten queries.

    Equal: each of its cells still says what was kept of it, and its figure (or absence) is what its cells make under
    the mapping of the import. Anomalous: equal, and a blocking anomaly touches it. Contested: equal, and somebody else
    has another value waiting for the same school, indicator and year.
    """
    former, problem = _former(batch)
    waiting = batch.revisions.pending().prefetch_related("unit", "indicator", "author").order_by("pk")
    cells = _cells(batch)
    held, contested = _held_back(batch), _contested(batch)
    rows = []
    for revision in waiting:
        why = problem or _why_not_equal(revision, cells.get(revision.pk, []), former)
        if why:
            rows.append(Compared(revision, Outcome.DIFFERS, why))
        elif revision.pk in held:
            rows.append(Compared(revision, Outcome.ANOMALOUS, held[revision.pk]))
        elif revision.pk in contested:
            why = _("%(name)s a entré une autre valeur pour la même case.") % {"name": contested[revision.pk]}
            rows.append(Compared(revision, Outcome.CONTESTED, why))
        else:
            rows.append(Compared(revision, Outcome.EQUAL, ""))
    return Comparison(batch, tuple(rows), problem)


def _former(batch: ImportBatch) -> tuple[Former | None, str]:
    """What forms the values again, or why nothing can."""
    try:
        document = read_document(files.read(batch.source.sha256), batch.source.file_name)
        mapping = parse_mapping(batch.mapping_text)
        # By the definitions the values were formed under, be there newer ones since.
        defined = Indicator.objects.filter(pk__in=batch.revisions.pending().values("indicator_id"))
        former = Former(document, mapping, rules_of({indicator.code: indicator for indicator in defined}))
    except files.FileChanged:
        return None, _("Le fichier gardé n’est plus celui qui a été reçu : n’approuvez rien, prévenez la cellule data.")
    except FileRefused as refused:
        return None, _("Le fichier gardé ne se lit plus : %(problem)s") % {"problem": refused}
    if former.problem:
        return None, _("Le fichier gardé ne se lit plus : %(problem)s") % {"problem": former.problem}
    return former, ""


def _cells(batch: ImportBatch) -> dict[int, list[_Kept]]:
    """Waiting value → the cells kept of it, in the order they were read. One query."""
    found: dict[int, list[_Kept]] = {}
    cells = SourceCell.objects.filter(revision__in=batch.revisions.pending().order_by().values("pk")).order_by("pk")
    for pk, sheet, reference, text in cells.values_list("revision_id", "sheet", "reference", "text"):
        found.setdefault(pk, []).append(_Kept(sheet, reference, text))
    return found


def _why_not_equal(revision: ValueRevision, cells: Sequence[_Kept], former: Former | None) -> str:
    """Why this value is not what its source says, in a sentence; empty when it is."""
    if former is None or not cells:
        return _("Aucune cellule n’est gardée pour cette valeur : regardez-la une à une.")
    for cell in cells:
        text = former.text(cell.sheet, cell.reference)
        if text != cell.text:
            place = f"{cell.sheet} {cell.reference}".strip()
            said = {"cell": place, "read": cell.text, "now": "" if text is None else text}
            return _("La cellule %(cell)s dit « %(now)s » ; « %(read)s » en a été gardé.") % said
    formed = former.form(revision.indicator.code, [cell.reference for cell in cells])
    if formed is None:
        return _("Ses cellules ne font plus une valeur sous la correspondance de cet import.")
    missing = formed.cells ^ {(cell.sheet, cell.reference) for cell in cells}
    if missing:
        named = ", ".join(sorted(f"{sheet} {reference}".strip() for sheet, reference in missing)[:5])
        return _("Les cellules gardées ne sont pas toutes celles qui font la valeur : %(cells)s.") % {"cells": named}
    if (formed.absence or Kind.KNOWN.value, formed.value) != (revision.kind, revision.figure):
        said = {"formed": _written(formed), "kept": _said(revision)}
        return _("Ses cellules font %(formed)s ; la valeur dit %(kept)s.") % said
    return ""


def _written(formed: Formed) -> str:
    if formed.value is None:
        return str(Kind(formed.absence).label)
    return number(formed.value, lang=get_language())


def _said(revision: ValueRevision) -> str:
    return revision.get_kind_display() if revision.figure is None else number(revision.figure, lang=get_language())


def _held_back(batch: ImportBatch) -> dict[int, str]:
    """The waiting values that a blocking anomaly touches, with what it says; the first one's when there are several."""
    found: dict[int, str] = {}
    blocking = batch.anomalies.filter(severity=Anomaly.Severity.BLOCKING).order_by("pk")
    sentences = {anomaly.pk: anomaly.message for anomaly in blocking}
    links = Anomaly.revisions.through._default_manager.filter(anomaly__in=blocking.order_by()).order_by("anomaly_id")
    for anomaly_id, revision_id in links.values_list("anomaly_id", "valuerevision_id"):
        found.setdefault(revision_id, sentences[anomaly_id])
    return found


def _contested(batch: ImportBatch) -> dict[int, str]:
    """The values of this import beside which another author's waits for the same cell, with her name."""
    keys = {
        (unit, indicator, year): (pk, author)
        for pk, unit, indicator, year, author in batch.revisions.pending()
        .order_by()
        .values_list("pk", "unit_id", "indicator_id", "reference_year", "author_id")
    }
    others = ValueRevision.objects.pending().exclude(batch=batch).select_related("author").order_by("pk")
    own = batch.revisions.pending().order_by()
    others = others.filter(indicator__in=own.values("indicator_id"), unit__in=own.values("unit_id"))
    found: dict[int, str] = {}
    for other in others:
        mine = keys.get((other.unit_id, other.indicator_id, other.reference_year))
        if mine and mine[1] != other.author_id:
            found.setdefault(mine[0], other.author.display_name)
    return found
