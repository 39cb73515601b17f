"""An XLSForm workbook as a questionnaire, or a report of what stops it. Pure.

Source: xlsform.org; SURVEYS.md, "Import/export". Own reading instead of a library: decision 0012.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from participation.foundation.i18n import gettext as _
from participation.foundation.tabular import UnreadableTable, read_workbook
from participation.questionnaires.rules.editing import fresh_key
from participation.questionnaires.rules.exchange.columns import Row
from participation.questionnaires.rules.exchange.report import Notebook, Reading, finish
from participation.questionnaires.rules.exchange.xlsform_book import Book
from participation.questionnaires.rules.exchange.xlsform_cells import Cells
from participation.questionnaires.rules.exchange.xlsform_choices import Choices, place
from participation.questionnaires.rules.exchange.xlsform_conditions import together
from participation.questionnaires.rules.exchange.xlsform_names import Names, is_yes
from participation.questionnaires.rules.exchange.xlsform_types import (
    CHOICE_TYPES,
    CLOSING,
    KIND_COLUMN,
    OPENING,
    OTHER_TEXT,
    PLAIN_TYPES,
    REFUSED_TYPES,
    SILENT_TYPES,
    STATEMENT_MARKS,
    RowType,
    read_type,
)

SHEETS = ("survey", "choices", "settings")

_UNREADABLE = {
    "empty": lambda: _("The file is empty."),
    "too_big": lambda: _(
        "The file is too large for a questionnaire: at most 5,000 rows and 200 columns a sheet."
    ),
    "wrong_type": lambda: _("This is not an Excel workbook. Save it as .xlsx and try again."),
    "broken": lambda: _("The file cannot be opened as an Excel workbook. Save it again as .xlsx."),
}


def read_xlsform(content: bytes, file_name: str = "") -> Reading:
    """The questionnaire of a workbook, with everything there is to say about it. Never raises."""
    notebook = Notebook()
    try:
        book = read_workbook(content, SHEETS)
    except UnreadableTable as problem:
        notebook.stop("", _UNREADABLE[problem.data["reason"]]())
        return Reading(None, notebook.listed())
    if "survey" not in book.sheets:
        notebook.stop("", _("There is no sheet called survey with rows in it."))
        return Reading(None, notebook.listed())
    form = Book(book, notebook)
    reader = _Reader(form, notebook)
    form.tell()
    questions = reader.questions()
    data = {**form.settings(file_name), "groups": reader.headed, "questions": questions}
    title_at = _("Sheet %(sheet)s", sheet="settings")
    return finish(notebook, data, reader.places, title_at=title_at)


@dataclass
class _Group:
    """A group that is open: its condition, its heading until a question stands under it, its key
    from then on."""

    row: Row
    type: str
    relevant: str = ""
    heading: dict[str, str] = field(default_factory=dict)
    battery: dict[str, Any] | None = None
    has_table: bool = False
    key: str = ""


class _Reader:
    def __init__(self, book: Book, notebook: Notebook) -> None:
        self.notebook = notebook
        self._rows = book.rows
        self._names = Names(book.rows, notebook)
        choices = Choices(book.choices, notebook, book.fallback)
        self._cells = Cells(self._names, choices, book.fallback, notebook)
        self._groups: list[_Group] = []
        self._questions: list[dict[str, Any]] = []
        self.headed: list[dict[str, Any]] = []

    @property
    def places(self) -> Mapping[str, str]:
        """Where each question stands, by key."""
        return self._cells.places

    # -- rows -----------------------------------------------------------------------------------

    def questions(self) -> list[dict[str, Any]]:
        for row in self._rows:
            if not is_yes(row.get("disabled")):
                self._row(row)
        self._names.tell_changed()
        for group in self._groups:
            said = _("The group that begins here never ends.")
            self.notebook.stop(place("survey", group.row.number), said)
        return self._questions

    def _row(self, row: Row) -> None:
        where = place("survey", row.number)
        kind = read_type(row.get("type"))
        if not kind.name:
            if row.get("name") or row.get("label"):
                self.notebook.stop(where, _("The type is missing."))
        elif kind.name in OPENING:
            self._begin(row, kind, where)
        elif kind.name in CLOSING:
            self._end(kind, where)
        elif kind.name in SILENT_TYPES:
            said = _(
                "“%(type)s” is left out: nothing is collected without being asked.", type=kind.name
            )
            self.notebook.left_out(where, said)
        elif kind.name in REFUSED_TYPES:
            self.notebook.stop(where, str(REFUSED_TYPES[kind.name]))
        elif kind.name in CHOICE_TYPES or kind.name in PLAIN_TYPES:
            self._question(row, kind, where)
        else:
            said = _("The type “%(type)s” is unknown.", type=kind.name[:40])
            self.notebook.stop(where, said)

    def _begin(self, row: Row, kind: RowType, where: str) -> None:
        if kind.name in REFUSED_TYPES:
            self.notebook.stop(where, str(REFUSED_TYPES[kind.name]))
        appearance = set(row.get("appearance").lower().split())
        self._groups.append(
            _Group(
                row,
                kind.name,
                relevant=self._cells.condition(row, "relevant", where),
                heading=self._cells.texts(row, "label"),
                has_table="table-list" in appearance,
            )
        )

    def _end(self, kind: RowType, where: str) -> None:
        if not self._groups or OPENING[self._groups[-1].type] != kind.name:
            self.notebook.stop(where, _("This ends a group that was not begun."))
            return
        self._groups.pop()

    def _question(self, row: Row, kind: RowType, where: str) -> None:
        self._cells.check_columns(row, where)
        if row.get(KIND_COLUMN) == OTHER_TEXT:
            return
        appearance = set(row.get("appearance").lower().split())
        if kind.name == "select_one" and self._is_statement(row, kind, appearance, where):
            return
        self._begin_groups()
        question = self._made(row, kind, appearance, where)
        self._cells.places.setdefault(question["key"], where)
        self._questions.append(question)

    def _made(self, row: Row, kind: RowType, appearance: set[str], where: str) -> dict[str, Any]:
        key = self._cells.key(row, where)
        return {
            "key": key,
            "kind": self._cells.kind(row, kind, appearance),
            **self._cells.words(row),
            "required": self._cells.is_required(row, where),
            **self._inside(self._cells.condition(row, "relevant", where)),
            "constraint_message": self._cells.texts(row, "constraint_message"),
            "options": self._cells.chosen(key, kind, where) if kind.name in CHOICE_TYPES else [],
            **self._cells.numbers(row, kind, where),
            **self._cells.own_columns(row, where),
        }

    # -- groups and batteries -------------------------------------------------------------------

    def _begin_groups(self) -> None:
        """Open groups with a heading are groups here, once a question stands in them."""
        for group in self._groups:
            if not group.heading:
                continue
            taken = {one["key"] for one in self.headed}
            name = self._names.by_row.get(group.row.number) or fresh_key(
                group.row.get("label"), taken, "group"
            )
            self.headed.append(
                {
                    "key": name if name not in taken else fresh_key(name, taken),
                    "title": group.heading,
                    **self._inside(group.relevant, self._groups[: self._groups.index(group)]),
                }
            )
            self.headed[-1]["inside"] = self.headed[-1].pop("group")
            group.key, group.heading = self.headed[-1]["key"], {}

    def _inside(self, own: str, around: Sequence[_Group] | None = None) -> dict[str, str]:
        """The innermost group with a heading, and what must hold beside what that one says."""
        inside = ""
        relevant: list[str] = []
        for group in self._groups if around is None else around:
            if group.key:
                inside, relevant = group.key, []
            else:
                relevant.append(group.relevant)
        return {"group": inside, "relevant": together([*relevant, own])}

    def _is_statement(self, row: Row, kind: RowType, appearance: set[str], where: str) -> bool:
        """Rows of a Likert table become one battery; True when this row was such a row."""
        group = self._groups[-1] if self._groups else None
        if group is None:
            return False
        if "label" in appearance or (group.has_table and group.battery is None):
            self._begin_battery(group, row, kind, where, is_label="label" in appearance)
            return True
        battery = group.battery
        if battery is None or not (appearance & STATEMENT_MARKS or group.has_table):
            return False
        if battery["list"] != kind.choices:
            self.notebook.stop(where, _("Statements that belong together share one list."))
        self._add_statement(battery, row, kind, where)
        return True

    def _begin_battery(
        self, group: _Group, row: Row, kind: RowType, where: str, *, is_label: bool
    ) -> None:
        own = self._cells.texts(row, "label") if is_label else {}
        if not own:
            own, group.heading = group.heading, {}
        if not own:
            self.notebook.stop(where, _("Write what the statements are about in the label."))
        self._begin_groups()
        named = group.row if group.battery is None else row
        key = self._names.by_row.get(named.number) or self._cells.key(row, where)
        relevant = self._cells.condition(row, "relevant", where) if is_label else ""
        self._cells.places.setdefault(key, where)
        group.battery = {
            "key": key,
            "kind": "battery",
            "text": own,
            "help": self._cells.texts(row, "hint") if is_label else {},
            **self._inside(relevant),
            "options": self._cells.chosen(key, kind, where),
            "rows": [],
            "required": is_label and self._cells.is_required(row, where),
            "option_set": row.get("x_option_set"),
            "provenance": row.get("x_provenance"),
            "faces": row.get("x_faces"),
            "list": kind.choices,
        }
        self._questions.append(group.battery)
        if not is_label:
            self._add_statement(group.battery, row, kind, where)

    def _add_statement(self, battery: dict[str, Any], row: Row, kind: RowType, where: str) -> None:
        if row.get("relevant"):
            self.notebook.stop(
                where, _("A statement cannot have a condition of its own; its group can.")
            )
        battery["required"] = battery["required"] or self._cells.is_required(row, where)
        key = self._cells.key(row, where)
        self._cells.chosen(key, kind, where)  # conditions may ask about each statement
        self._cells.places.setdefault(key, where)
        battery["rows"].append({"key": key, "text": self._cells.texts(row, "label")})
