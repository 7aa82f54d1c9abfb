"""A small certified file of fictional schools, and the mapping that reads it."""

from tests.factories import uai

MAPPING = """format = 1
title = "Enquête d’essai"
sheet = ""
header_row = 1
reference_year = 2025
key = { scheme = "uai", column = "UAI" }

[unit]
name = { column = "École" }

[absences]
"" = "missing"

[[value]]
indicator = "emploi"
column = "Emploi"
"""


def survey(rows: int, *, first: int = 0, figure: str = "80,5") -> bytes:
    """So many schools, each with one figure. `first` gives other schools to another file."""
    lines = ["UAI;École;Emploi"]
    for number in range(first * rows + 1, first * rows + rows + 1):
        lines.append(f"{uai(number)};École d’essai {number};{figure}")
    return "\r\n".join([*lines, ""]).encode()
