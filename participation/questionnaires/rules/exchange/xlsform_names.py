"""The names of an XLSForm: the key of each row, and what a condition means by a name. Pure."""

import re
from collections.abc import Iterable

from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.editing import fresh_key
from participation.questionnaires.rules.exchange.columns import Row
from participation.questionnaires.rules.exchange.report import Notebook
from participation.questionnaires.rules.exchange.xlsform_choices import place
from participation.questionnaires.rules.exchange.xlsform_types import (
    CLOSING,
    OPENING,
    SILENT_TYPES,
    read_type,
)

SHOWN_NAMES = 5
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_YES = frozenset({"yes", "true", "true()", "1", "ja", "sant"})


def is_yes(cell: str) -> bool:
    return cell.strip().lower() in _YES


class Names:
    """`by_row`: keys by row number. Names may stand twice only where a group keeps them apart."""

    def __init__(self, rows: Iterable[Row], notebook: Notebook) -> None:
        self.by_row: dict[int, str] = {}
        self._keys: dict[str, list[str]] = {}
        self._changed: list[str] = []
        self._left_out: set[str] = set()
        self._first: dict[tuple[int, str], int] = {}
        self._notebook = notebook
        open_groups = [0]
        for row in rows:
            kind = read_type(row.get("type")).name
            if kind in SILENT_TYPES:
                self._left_out.add(row.get("name"))
            elif kind in CLOSING:
                open_groups = open_groups[:-1] or [0]
            elif kind and row.get("name") and not is_yes(row.get("disabled")):
                self._name(row, open_groups[-1])
            if kind in OPENING:
                open_groups.append(row.number)

    def _name(self, row: Row, group: int) -> None:
        name = row.get("name")
        before = self._first.setdefault((group, name), row.number)
        if before != row.number:
            said = _("The name “%(name)s” stands also in row %(row)s.", name=name[:40], row=before)
            self._notebook.stop(place("survey", row.number), said)
            return
        taken = set(self.by_row.values())
        key = name if KEY.fullmatch(name) and name not in taken else fresh_key(name, taken)
        self.by_row[row.number] = key
        self._keys.setdefault(name, []).append(key)
        if key != name:
            self._changed.append(f"{name[:40]} → {key}")

    def key_of(self, name: str) -> str:
        """The key of the one question called so; "" where there is none, or more than one."""
        found = self._keys.get(name, [])
        return found[0] if len(found) == 1 else ""

    def why_unknown(self, name: str) -> str:
        """Why a condition cannot ask about a name."""
        shown = name[:40]
        if len(self._keys.get(name, [])) > 1:
            return _(
                "The condition asks about “%(key)s”, and several questions are called so. Give "
                "each a name of its own.",
                key=shown,
            )
        if name in self._left_out:
            return _("The condition asks about “%(key)s”, which is left out.", key=shown)
        return _("The condition asks about “%(key)s”, which is not in the form.", key=shown)

    def tell_changed(self) -> None:
        """Which names are others here."""
        if self._changed:
            dots = " …" if len(self._changed) > SHOWN_NAMES else ""
            shown = ", ".join(self._changed[:SHOWN_NAMES]) + dots
            said = _("Some names are different here: %(names)s.", names=shown)
            self._notebook.note(_("Sheet %(sheet)s", sheet="survey"), said)
