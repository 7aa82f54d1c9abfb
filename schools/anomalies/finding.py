"""All the detectors over one file."""

import re

from schools.anomalies.checks import Checks
from schools.anomalies.components import components
from schools.anomalies.constants import constant_anomalies, constants
from schools.anomalies.found import Anomaly
from schools.anomalies.layout import duplicate_rows, key_anomalies, scale_anomalies
from schools.anomalies.making import Maker
from schools.anomalies.rows import rows_of
from schools.anomalies.series import series_anomalies
from schools.anomalies.shares import contradictions, shares_of_nobody
from schools.importing.document import Document
from schools.importing.mapping import Mapping

_REFERENCE = re.compile(r"([A-Z]+)([0-9]+)")


def find_anomalies(document: Document, mapping: Mapping, checks: Checks) -> tuple[Anomaly, ...]:
    """Everything that looks wrong in these rows, blocking first, then by kind and by place in the file.

    Never raises for what the file holds; a check on columns that the file does not have is passed over, and a file
    that the mapping cannot read has no anomaly: the importer refuses it. Repetitions are counted over every row of the
    file, all else over the rows that the mapping keeps. Linear in the cells of the columns looked at.
    """
    rows = rows_of(document, mapping)
    if rows is None:
        return ()
    maker = Maker(rows, checks.year)
    found: list[Anomaly] = []
    explained: set[tuple[int, str]] = set()
    for anomaly, filled in constant_anomalies(rows, constants(rows, checks), maker):
        found.append(anomaly)
        explained |= {(row, column) for row in filled for column in anomaly.columns}
    found += shares_of_nobody(rows, checks, maker)
    found += contradictions(rows, checks, maker, frozenset(explained))
    found += series_anomalies(rows, checks, maker)
    found += scale_anomalies(rows, checks, maker)
    found += duplicate_rows(rows, checks, maker)
    found += components(rows, checks, maker)
    found += key_anomalies(rows, checks, maker)
    return tuple(sorted(found, key=_order))


def _order(anomaly: Anomaly) -> tuple[bool, str, int, int, str]:
    place = _REFERENCE.fullmatch(anomaly.cells[0]) if anomaly.cells else None
    row, letters = (int(place[2]), place[1]) if place else (0, "")
    return (anomaly.severity != "blocking", anomaly.code, row, len(letters), letters)
