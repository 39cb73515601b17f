"""What those who take values in are told: states of a file, and why one cannot be read."""

from typing import Any

from participation.foundation.i18n import lazy_gettext as _l

# state → (shape, word)
IMPORT_STATES: dict[str, tuple[str, Any]] = {
    "uploaded": ("going", _l("Being looked through")),
    "checked": ("soon", _l("Waits for your yes")),
    "unreadable": ("late", _l("Cannot be read")),
    "running": ("going", _l("Being taken in")),
    "done": ("done", _l("Taken into the register")),
    "undone": ("no", _l("Taken back")),
    "dropped": ("no", _l("Given up")),
}
UNREADABLE: dict[str, Any] = {
    "empty": _l("There are no values in it."),
    "too_big": _l("It holds more than we can take in at once: at most 200,000 rows. Divide it."),
    "wrong_type": _l("It is a picture, a PDF or an old Excel file. Save it as XLSX or CSV."),
    "zero_bytes": _l("It is not a text file. Save it as XLSX or CSV."),
    "broken": _l("The file is broken. Save it once more and send it again."),
}
