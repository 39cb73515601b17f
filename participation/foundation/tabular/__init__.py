"""Tables that come in and go out: CSV and XLSX, read with care and written without formulas."""

from participation.foundation.tabular.reading import Line, Sheet, UnreadableTable, read_table
from participation.foundation.tabular.workbooks import Workbook, read_workbook
from participation.foundation.tabular.writing import csv_bytes, xlsx_bytes

__all__ = [
    "Line",
    "Sheet",
    "UnreadableTable",
    "Workbook",
    "csv_bytes",
    "read_table",
    "read_workbook",
    "xlsx_bytes",
]
