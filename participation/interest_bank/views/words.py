"""Words of the coordinator's rooms that belong to states."""

from collections.abc import Mapping
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l
from participation.interest_bank.rules.importing import ImportState

# State → (kind of mark, word).
IMPORT_STATES: Mapping[str, tuple[str, Any]] = {
    ImportState.UPLOADED: ("going", _l("Is being checked")),
    ImportState.CHECKED: ("new", _l("Checked, waits for you")),
    ImportState.UNREADABLE: ("late", _l("Cannot be read")),
    ImportState.RUNNING: ("going", _l("Is being taken in")),
    ImportState.DONE: ("done", _l("Taken in")),
    ImportState.UNDONE: ("no", _l("Taken back")),
    ImportState.DROPPED: ("no", _l("Given up")),
}
UNREADABLE: Mapping[str, Any] = {
    "empty": _l("The file is empty."),
    "too_big": _l("The file holds more than we can take in: at most 200,000 rows."),
    "wrong_type": _l("This is no spreadsheet and no text file."),
    "zero_bytes": _l(
        "The file has empty characters (NUL) in the text. Save it again, as CSV UTF-8 or as XLSX."
    ),
    "broken": _l("The file is damaged. Open it in your program and save it again."),
}
