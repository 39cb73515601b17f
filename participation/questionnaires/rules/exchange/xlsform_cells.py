"""The cells of one row of an XLSForm survey sheet, with every fault told by its row. Pure."""

import re
from collections.abc import Iterable
from typing import Any

from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.editing import fresh_key
from participation.questionnaires.rules.exchange.columns import Row
from participation.questionnaires.rules.exchange.report import Notebook
from participation.questionnaires.rules.exchange.xlsform_book import texts_of
from participation.questionnaires.rules.exchange.xlsform_choices import Options, place, with_other
from participation.questionnaires.rules.exchange.xlsform_conditions import limits, renamed
from participation.questionnaires.rules.exchange.xlsform_types import (
    CHOICE_TYPES,
    FINER_KINDS,
    KIND_COLUMN,
    LEFT_OUT_COLUMNS,
    PLAIN_TYPES,
    REFUSED_COLUMNS,
    WHOLE_NUMBERS,
    RowType,
    read_type,
)

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_REFERENCE = re.compile(r"\$\{[^}]*\}")
_YES = frozenset({"yes", "true", "true()", "1", "ja", "sant"})
_NO = frozenset({"", "no", "false", "false()", "0", "nej", "falskt"})


class Cells:
    """Reads rows. `keys`: by the form's names. `places`: where each question stands, by key."""

    def __init__(
        self, rows: Iterable[Row], options: Options, fallback: str, notebook: Notebook
    ) -> None:
        self.places: dict[str, str] = {}
        self._options = options
        self._fallback = fallback
        self._notebook = notebook
        self.keys = self._named(rows)

    def _named(self, rows: Iterable[Row]) -> dict[str, str]:
        """Keys by the names of the form; a name that stands twice stops the import."""
        keys: dict[str, str] = {}
        first: dict[str, int] = {}
        for row in rows:
            name = row.get("name")
            if not name or row.get("type") == "" or is_disabled(row):
                continue
            if name in keys:
                said = _(
                    "The name “%(name)s” stands also in row %(row)s.",
                    name=name[:40],
                    row=first[name],
                )
                self._notebook.stop(place("survey", row.number), said)
                continue
            taken = set(keys.values())
            keys[name] = (
                name if KEY.fullmatch(name) and name not in taken else fresh_key(name, taken)
            )
            first[name] = row.number
        return keys

    def check_columns(self, row: Row, where: str) -> None:
        filled = row.filled()
        for name in sorted(filled & set(REFUSED_COLUMNS)):
            self._notebook.stop(where, str(REFUSED_COLUMNS[name]))
        for name in sorted(filled & set(LEFT_OUT_COLUMNS)):
            self._notebook.left_out(where, str(LEFT_OUT_COLUMNS[name]))
        is_bare = "label" in row.get("appearance").lower()
        if not row.get("label") and not is_bare and read_type(row.get("type")).name != "note":
            self._notebook.stop(where, _("The label is missing."))
        if any(_REFERENCE.search(text) for text in row.texts("label").values()):
            said = _("The text refers to another answer. It is shown as it stands.")
            self._notebook.note(where, said)

    def key(self, row: Row, where: str) -> str:
        name = row.get("name")
        if not name:
            if read_type(row.get("type")).name != "note":
                self._notebook.stop(where, _("The name is missing."))
            taken = {*self.keys.values(), *self.places}
            return fresh_key(row.get("label"), taken)
        return self.keys.get(name, "") or fresh_key(name, set(self.keys.values()))

    def kind(self, row: Row, kind: RowType, appearance: set[str]) -> str:
        usual = CHOICE_TYPES.get(kind.name) or PLAIN_TYPES[kind.name]
        finer = row.get(KIND_COLUMN)
        if finer in FINER_KINDS.get(usual, ()):
            return finer
        if usual == "single" and "likert" in appearance:
            return "scale"
        if usual == "short_text" and "multiline" in appearance:
            return "long_text"
        return usual

    def chosen(self, kind: RowType, where: str) -> list[dict[str, Any]]:
        options = self._options.get(kind.choices)
        if options is None:
            said = _("There is no list “%(name)s” in the choices sheet.", name=kind.choices[:40])
            self._notebook.stop(where, said)
            return []
        return with_other(options) if kind.with_other else options

    def is_required(self, row: Row, where: str) -> bool:
        said = row.get("required").strip().lower()
        if said not in _YES | _NO:
            self._notebook.left_out(where, _("Required only sometimes: here it is not required."))
        return said in _YES

    def numbers(self, row: Row, kind: RowType, where: str) -> dict[str, Any]:
        """Lowest, highest and step, and what else the constraint demands."""
        raw = self.condition(row, "constraint", where)
        found: dict[str, Any] = {"constraint": raw}
        if PLAIN_TYPES.get(kind.name) == "number":
            found = limits(raw)
            found["step"] = 1 if kind.name in WHOLE_NUMBERS else None
        elif kind.name == "range":
            found.update(self._range(row, where))
        return found

    def _range(self, row: Row, where: str) -> dict[str, float]:
        """ "start=0 end=10 step=2"; 1 to 10 in steps of 1 where nothing is stated."""
        stated = dict(re.findall(r"(\w+)\s*=\s*([^\s,;]+)", row.get("parameters").lower()))
        numbers: dict[str, float] = {}
        for name, ours, usual in (
            ("start", "minimum", 1),
            ("end", "maximum", 10),
            ("step", "step", 1),
        ):
            try:
                numbers[ours] = _number(stated.get(name, str(usual)))
            except ValueError:
                said = _("“%(name)s” is not a number.", name=stated[name][:40])
                self._notebook.stop(where, said)
        return numbers

    def own_columns(self, row: Row, where: str) -> dict[str, Any]:
        found: dict[str, Any] = {
            "background": row.get("x_background"),
            "sets_respondent_role": row.get("x_sets_role").lower() in _YES,
            "free_text_question": row.get("x_free_text"),
            "option_set": row.get("x_option_set"),
            "provenance": row.get("x_provenance"),
        }
        length = row.get("x_max_length")
        if length.isascii() and length.isdigit():
            found["max_length"] = int(length[:6])
        if row.get("x_step"):
            try:
                found["step"] = _number(row.get("x_step"))
            except ValueError:
                said = _("“%(name)s” is not a number.", name=row.get("x_step")[:40])
                self._notebook.stop(where, said)
        return found

    def texts(self, row: Row, name: str) -> dict[str, str]:
        return texts_of(row, name, self._fallback)

    def condition(self, row: Row, column: str, where: str) -> str:
        raw = row.get(column)
        if not raw:
            return ""
        said, unknown = renamed(raw, self.keys)
        for name in unknown:
            self._notebook.stop(
                where,
                _("The condition asks about “%(key)s”, which is not in the form.", key=name[:40]),
            )
        return said


def _number(text: str) -> float:
    value = float(text.replace(",", "."))
    if not abs(value) <= 1e9:
        raise ValueError(text)
    return int(value) if value.is_integer() else value


def is_disabled(row: Row) -> bool:
    return row.get("disabled").strip().lower() in _YES
