"""How much a file may hold: beyond these, it is refused before it is read."""

MAX_FILE_BYTES = 10 * 1024 * 1024  # what an upload may weigh
MAX_UNPACKED_BYTES = 100 * 1024 * 1024  # what a workbook may weigh once inflated, all parts together
MAX_ZIP_ENTRIES = 200  # the parts of a workbook
MAX_SHEETS = 60
MAX_ROWS = 100_000  # in one sheet
MAX_COLUMNS = 400  # in one sheet
MAX_CELLS = 1_000_000  # filled cells in the whole document: what one process may hold in memory
MAX_TEXT = 500  # characters in a cell that is used; also what the database keeps of a cell
MAX_NUMBER_TEXT = 60  # characters in a number
MAX_EXPONENT = 30  # of a number written 1e-05
MAX_SIGNIFICANT_DIGITS = 15  # of a stored decimal: SQLite keeps no more
MAX_NAME = 120  # characters of a file's name, as shown
MAX_SHOWN = 80  # characters of a cell's content, as shown in a message
MAX_MAPPING_TEXT = 100_000  # characters of a mapping file
MAX_SEPARATOR = 3  # characters between two keys of a cell
MAX_WHOLE_DIGITS = 9  # of a stored decimal: six of the fifteen are kept for decimals
MAX_ATTRIBUTE = {
    "name": 200,
    "nature": 20,
    "sector": 20,
    "entry": 20,
    "duration_years": 1,
    "region": 80,
    "academie": 80,
    "city": 120,
    "website": 200,
}
