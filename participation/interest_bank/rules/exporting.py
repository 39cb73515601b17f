"""What a list may take along when it leaves the system. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l


class ExportPart(StrEnum):
    """Which details go along; code, roles, ways and state always do."""

    CONTACT = "contact"
    BACKGROUND = "background"
    EXPERIENCE = "experience"


class ExportFormat(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


PART_LABELS: Mapping[str, Any] = {
    ExportPart.CONTACT: _l("Name, e-mail and phone"),
    ExportPart.BACKGROUND: _l("Municipality, year of birth and gender"),
    ExportPart.EXPERIENCE: _l("Areas of experience. They can say something about health"),
}
FORMAT_LABELS: Mapping[str, Any] = {
    ExportFormat.XLSX: _l("Spreadsheet (XLSX)"),
    ExportFormat.CSV: _l("Text file (CSV)"),
}
