"""CSV files: which sign separates the cells, and the cells, each with its physical line."""

import csv
import io
from collections import Counter

from schools.importing.document import Cell, Sheet
from schools.importing.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from schools.importing.problems import refusal

_DELIMITERS = {";": "point-virgule", ",": "virgule", "\t": "tabulation"}

Record = tuple[int, list[str]]  # first physical line, cells


def read_csv(text: str, name: str) -> tuple[str, Sheet]:
    """The delimiter and the cells of a CSV text; lines end with LF, CR LF or CR alone, even mixed.

    The delimiter is the one under which most lines have as many cells as the first; between two equally good, the one
    that makes more cells. Raises FileRefused: no delimiter makes two columns, two are as good, a quote is never
    closed or is followed by text, too many rows, columns or cells, no line under the headers.
    """
    delimiter, records = _best_reading(text, name)
    _refuse_too_much(records, name)
    rows: list[tuple[Cell, ...]] = []
    for line, texts in records:
        rows.extend(() for _ in range(line - 1 - len(rows)))
        rows.append(tuple(_cell(line, column, read) for column, read in enumerate(texts, start=1)))
    return delimiter, Sheet("", tuple(rows))


def _refuse_too_much(records: list[Record], name: str) -> None:
    widest, line = max((len(texts), -line) for line, texts in records)
    if widest > MAX_COLUMNS:
        raise refusal(name, "too_many_columns", limit=MAX_COLUMNS, line=-line)
    if records[-1][0] > MAX_ROWS:
        raise refusal(name, "too_many_rows", limit=MAX_ROWS)
    if sum(len(texts) for _, texts in records) > MAX_CELLS:
        raise refusal(name, "too_many_cells", limit=MAX_CELLS)


def _cell(line: int, column: int, text: str) -> Cell:
    return Cell("", line, column, text, "text" if text.strip() else "empty")


def _best_reading(text: str, name: str) -> tuple[str, list[Record]]:
    readings: dict[str, list[Record]] = {}
    broken: dict[str, tuple[int, str]] = {}
    for delimiter in _DELIMITERS:
        try:
            readings[delimiter] = _records(text, delimiter)
        except _Broken as error:
            broken[delimiter] = (error.line, error.code)
    scores = {delimiter: _score(records) for delimiter, records in readings.items()}
    best = max(scores.values(), default=(0.0, 0))
    if broken and best[1] < 2:
        line, code = max(broken.values())
        raise refusal(name, code, line=line)
    if best[1] < 2:
        raise refusal(name, "delimiter_not_found")
    winners = [delimiter for delimiter, score in scores.items() if score == best]
    if len(winners) > 1:
        raise refusal(name, "delimiter_ambiguous", found=" / ".join(_DELIMITERS[winner] for winner in winners))
    records = readings[winners[0]]
    if sum(any(cell.strip() for cell in texts) for _, texts in records) < 2:
        raise refusal(name, "only_headers")
    return winners[0], records


def _score(records: list[Record]) -> tuple[float, int]:
    """Share of the lines as long as the first one, and its number of cells; (0, 0) for a single column."""
    widths = Counter(len(texts) for _, texts in records if any(cell.strip() for cell in texts))
    first = next((len(texts) for _, texts in records if any(cell.strip() for cell in texts)), 0)
    if first < 2:
        return (0.0, 0)
    return (widths[first] / widths.total(), first)


class _Broken(Exception):
    def __init__(self, line: int, code: str) -> None:
        self.line, self.code = line, code
        super().__init__(code)


def _records(text: str, delimiter: str) -> list[Record]:
    # newline="" keeps the ends of lines inside quotes as they are and still ends a line at a CR alone.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[Record] = []
    line = 1
    while True:
        try:
            texts = next(reader)
        except StopIteration:
            return records
        except csv.Error as error:
            raise _Broken(line, "csv_field_too_long" if "field limit" in str(error) else "quote_unbalanced") from error
        records.append((line, texts))
        line = reader.line_num + 1
