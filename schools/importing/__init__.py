"""From the bytes of a file to units, values and problems. Nothing here knows a database.

`read_document` and `extract` are pure functions of their arguments: a child process with bounded memory can run them.
"""

from schools.importing.document import Cell, Document, Sheet
from schools.importing.extraction import extract, subjects
from schools.importing.figures import NotANumber, parse_number, rounded_half_up
from schools.importing.grouping import Grouping
from schools.importing.mapping import Mapping
from schools.importing.mapping_file import parse_mapping
from schools.importing.mapping_keys import MappingProblem, MappingRefused
from schools.importing.places import FoundUnit, PlaceColumns, PlacesRead, PrintedPlace, parse_rank, read_places
from schools.importing.problems import FileRefused, Problem
from schools.importing.reading import read_document
from schools.importing.records import CellRef, Extraction, IndicatorRule, NameRead, UnitRecord, ValueRecord

__all__ = [
    "Cell",
    "CellRef",
    "Document",
    "Extraction",
    "FileRefused",
    "FoundUnit",
    "Grouping",
    "IndicatorRule",
    "Mapping",
    "MappingProblem",
    "MappingRefused",
    "NameRead",
    "NotANumber",
    "PlaceColumns",
    "PlacesRead",
    "PrintedPlace",
    "Problem",
    "Sheet",
    "UnitRecord",
    "ValueRecord",
    "extract",
    "parse_mapping",
    "parse_number",
    "parse_rank",
    "read_document",
    "read_places",
    "rounded_half_up",
    "subjects",
]
