"""Tables that come in and go out: CSV and XLSX, read with care and written without formulas."""

from participation.foundation.tabular.reading import Line, Sheet, UnreadableTable, read_table
from participation.foundation.tabular.workbooks import Workbook, read_workbook
from participation.foundation.tabular.writing import (
    XLSX,
    csv_bytes,
    csv_pieces,
    write_xlsx,
    xlsx_bytes,
)

__all__ = [
    "XLSX",
    "Line",
    "Sheet",
    "UnreadableTable",
    "Workbook",
    "csv_bytes",
    "csv_pieces",
    "read_table",
    "read_workbook",
    "write_xlsx",
    "xlsx_bytes",
]
