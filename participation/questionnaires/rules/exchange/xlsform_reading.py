"""An XLSForm workbook as a questionnaire, or a report of what stops it. Pure.

Source: xlsform.org; SURVEYS.md, "Import/export". Own reading instead of a library: decision 0012.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from participation.foundation.i18n import gettext as _
from participation.foundation.tabular import Sheet, UnreadableTable, Workbook, read_workbook
from participation.questionnaires.rules.editing import fresh_key
from participation.questionnaires.rules.exchange.columns import (
    NAMESPACES,
    Row,
    language_code,
    read_column,
)
from participation.questionnaires.rules.exchange.report import (
    Notebook,
    Reading,
    finish,
    with_swedish,
)
from participation.questionnaires.rules.exchange.xlsform_choices import (
    Options,
    foreign_languages,
    place,
    read_choices,
    with_other,
)
from participation.questionnaires.rules.exchange.xlsform_conditions import (
    limits,
    renamed,
    together,
)
from participation.questionnaires.rules.exchange.xlsform_types import (
    BEGIN_GROUP,
    BEGIN_REPEAT,
    CHOICE_TYPES,
    END_GROUP,
    END_REPEAT,
    FINER_KINDS,
    KIND_COLUMN,
    LEFT_OUT_COLUMNS,
    OTHER_TEXT,
    PLAIN_TYPES,
    READ_COLUMNS,
    REFUSED_COLUMNS,
    REFUSED_TYPES,
    SILENT_TYPES,
    STATEMENT_MARKS,
    WHOLE_NUMBERS,
    RowType,
    read_type,
)
from participation.questionnaires.rules.words import FIRST_LANGUAGE

SHOWN_NAMES = 5
SHEETS = ("survey", "choices", "settings")
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_REFERENCE = re.compile(r"\$\{[^}]*\}")
_YES = frozenset({"yes", "true", "true()", "1", "ja", "sant"})
_NO = frozenset({"", "no", "false", "false()", "0", "nej", "falskt"})

_UNREADABLE = {
    "empty": lambda: _("The file is empty."),
    "too_big": lambda: _("The file is too large for a questionnaire: at most 5,000 rows a sheet."),
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
    reader = _Reader(book, notebook)
    data = {**reader.settings(file_name), "questions": reader.questions()}
    return finish(notebook, data, reader.places)


@dataclass
class _Group:
    """A group that is open: its condition, and its heading until a question has carried it."""

    row: Row
    type: str
    relevant: str = ""
    heading: dict[str, str] = field(default_factory=dict)
    battery: dict[str, Any] | None = None
    has_table: bool = False


class _Reader:
    def __init__(self, book: Workbook, notebook: Notebook) -> None:
        self.notebook = notebook
        self.places: dict[str, str] = {}
        self._sheets = book.sheets
        self._survey = book.sheets["survey"]
        self._fallback = self._main_language()
        self._options: Options = read_choices(book.sheets.get("choices"), notebook, self._fallback)
        columns = [read_column(heading) for heading in self._survey.headings]
        self._rows = [Row(line, columns) for line in self._survey.lines]
        self._keys = self._named()
        self._groups: list[_Group] = []
        self._questions: list[dict[str, Any]] = []
        self._say_of_sheets(book)

    # -- the whole book -------------------------------------------------------------------------

    def _settings_row(self) -> Row | None:
        sheet = self._sheets.get("settings")
        if sheet is None or not sheet.lines:
            return None
        return Row(sheet.lines[0], [read_column(heading) for heading in sheet.headings])

    def _main_language(self) -> str:
        """The language to stand in for Swedish where a form has none."""
        row = self._settings_row()
        stated = language_code(row.get("default_language")) if row is not None else ""
        spoken = [read_column(heading).language for heading in self._survey.headings]
        return stated if stated in spoken else next((one for one in spoken if one), stated)

    def _say_of_sheets(self, book: Workbook) -> None:
        for name in sorted(book.with_formulas):
            self.notebook.note(
                _("Sheet %(sheet)s", sheet=name),
                _("It holds formulas. Their latest values were read."),
            )
        for name in ("survey", "choices"):
            if name in self._sheets:
                self._say_of_headings(name, self._sheets[name])
        self._say_of_swedish()

    def _say_of_headings(self, name: str, sheet: Sheet) -> None:
        where = _("Sheet %(sheet)s", sheet=name)
        for heading, language in foreign_languages(sheet).items():
            said = _(
                "The column “%(heading)s” is left out: questionnaires here have Swedish, easy "
                "Swedish, English and Arabic, not %(language)s.",
                heading=heading[:60],
                language=language[:40],
            )
            self.notebook.left_out(where, said)
        if name == "survey":
            for heading in sheet.headings:
                self._say_of_unknown(where, heading)

    def _say_of_unknown(self, where: str, heading: str) -> None:
        column = read_column(heading).name
        known_columns = {*READ_COLUMNS, *REFUSED_COLUMNS, *LEFT_OUT_COLUMNS}
        if column not in known_columns or column.split("::")[0] in NAMESPACES:
            self.notebook.note(
                where, _("The column “%(heading)s” is not read.", heading=heading[:60])
            )

    def _say_of_swedish(self) -> None:
        labels = [read_column(heading) for heading in self._survey.headings]
        spoken = {one.language for one in labels if one.name == "label"}
        if FIRST_LANGUAGE in spoken or (spoken == {""} and self._fallback in {"", FIRST_LANGUAGE}):
            return
        self.notebook.note(
            _("Sheet %(sheet)s", sheet="survey"),
            _(
                "The form has no Swedish. Its own words stand in the Swedish place until you "
                "have translated them."
            ),
        )

    def settings(self, file_name: str) -> dict[str, Any]:
        """Title and welcome, from the settings sheet or the name of the file."""
        row = self._settings_row()
        title = self._texts(row, "form_title") if row is not None else {}
        if not title:
            title = {FIRST_LANGUAGE: file_name.rsplit(".", 1)[0][:200] or _("Imported form")}
            where = _("Sheet %(sheet)s", sheet="settings")
            self.notebook.note(where, _("No title: the name of the file became the title."))
        if row is None:
            return {"title": title}
        minutes = row.get("x_minutes")
        return {
            "title": title,
            "intro": self._texts(row, "x_intro"),
            "closing": self._texts(row, "x_closing"),
            "audience": row.get("x_audience").split(),
            "minutes": int(minutes) if minutes.isascii() and minutes.isdigit() else None,
        }

    def _named(self) -> dict[str, str]:
        """Keys by the names of the form; a name that stands twice stops the import."""
        keys: dict[str, str] = {}
        first: dict[str, int] = {}
        for row in self._rows:
            name = row.get("name")
            if not name or row.get("type") == "" or _is_disabled(row):
                continue
            if name in keys:
                said = _(
                    "The name “%(name)s” stands also in row %(row)s.",
                    name=name[:40],
                    row=first[name],
                )
                self.notebook.stop(place("survey", row.number), said)
                continue
            taken = set(keys.values())
            keys[name] = (
                name if KEY.fullmatch(name) and name not in taken else fresh_key(name, taken)
            )
            first[name] = row.number
        return keys

    # -- rows -----------------------------------------------------------------------------------

    def questions(self) -> list[dict[str, Any]]:
        for row in self._rows:
            if not _is_disabled(row):
                self._row(row)
        changed = [f"{name[:40]} → {key}" for name, key in self._keys.items() if name != key]
        if changed:
            shown = ", ".join(changed[:SHOWN_NAMES]) + (" …" if len(changed) > SHOWN_NAMES else "")
            said = _("Names are small letters here: %(names)s.", names=shown)
            self.notebook.note(_("Sheet %(sheet)s", sheet="survey"), said)
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
        elif kind.name in {BEGIN_GROUP, BEGIN_REPEAT}:
            self._begin(row, kind, where)
        elif kind.name in {END_GROUP, END_REPEAT}:
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
        if kind.name == BEGIN_REPEAT:
            self.notebook.stop(where, str(REFUSED_TYPES[BEGIN_REPEAT]))
        appearance = set(row.get("appearance").lower().split())
        self._groups.append(
            _Group(
                row,
                kind.name,
                relevant=self._condition(row, "relevant", where),
                heading=self._texts(row, "label"),
                has_table="table-list" in appearance,
            )
        )

    def _end(self, kind: RowType, where: str) -> None:
        wanted = BEGIN_GROUP if kind.name == END_GROUP else BEGIN_REPEAT
        if not self._groups or self._groups[-1].type != wanted:
            self.notebook.stop(where, _("This ends a group that was not begun."))
            return
        self._groups.pop()

    def _question(self, row: Row, kind: RowType, where: str) -> None:
        self._check_columns(row, where)
        if row.get(KIND_COLUMN) == OTHER_TEXT:
            return
        appearance = set(row.get("appearance").lower().split())
        if kind.name == "select_one" and self._is_statement(row, kind, appearance, where):
            return
        self._carry_headings()
        question = self._made(row, kind, appearance, where)
        self.places.setdefault(question["key"], where)
        self._questions.append(question)

    def _check_columns(self, row: Row, where: str) -> None:
        filled = row.filled()
        for name in sorted(filled & set(REFUSED_COLUMNS)):
            self.notebook.stop(where, str(REFUSED_COLUMNS[name]))
        for name in sorted(filled & set(LEFT_OUT_COLUMNS)):
            self.notebook.left_out(where, str(LEFT_OUT_COLUMNS[name]))
        is_bare = "label" in row.get("appearance").lower()
        if not row.get("label") and not is_bare and read_type(row.get("type")).name != "note":
            self.notebook.stop(where, _("The label is missing."))
        if any(_REFERENCE.search(text) for text in row.texts("label").values()):
            said = _("The text refers to another answer. It is shown as it stands.")
            self.notebook.note(where, said)

    def _key(self, row: Row, where: str) -> str:
        name = row.get("name")
        if not name:
            if read_type(row.get("type")).name != "note":
                self.notebook.stop(where, _("The name is missing."))
            taken = {*self._keys.values(), *self.places}
            return fresh_key(row.get("label"), taken)
        return self._keys.get(name, "") or fresh_key(name, set(self._keys.values()))

    def _made(self, row: Row, kind: RowType, appearance: set[str], where: str) -> dict[str, Any]:
        return {
            "key": self._key(row, where),
            "kind": self._kind(row, kind, appearance),
            "text": self._texts(row, "label"),
            "help": self._texts(row, "hint"),
            "required": self._is_required(row, where),
            "relevant": together(
                [*(g.relevant for g in self._groups), self._condition(row, "relevant", where)]
            ),
            "constraint_message": self._texts(row, "constraint_message"),
            "options": self._chosen(kind, where) if kind.name in CHOICE_TYPES else [],
            **self._numbers(row, kind, where),
            **self._own_columns(row, where),
        }

    def _kind(self, row: Row, kind: RowType, appearance: set[str]) -> str:
        usual = CHOICE_TYPES.get(kind.name) or PLAIN_TYPES[kind.name]
        finer = row.get(KIND_COLUMN)
        if finer in FINER_KINDS.get(usual, ()):
            return finer
        if usual == "single" and "likert" in appearance:
            return "scale"
        if usual == "short_text" and "multiline" in appearance:
            return "long_text"
        return usual

    def _chosen(self, kind: RowType, where: str) -> list[dict[str, Any]]:
        options = self._options.get(kind.choices)
        if options is None:
            said = _("There is no list “%(name)s” in the choices sheet.", name=kind.choices[:40])
            self.notebook.stop(where, said)
            return []
        return with_other(options) if kind.with_other else options

    def _is_required(self, row: Row, where: str) -> bool:
        said = row.get("required").strip().lower()
        if said not in _YES | _NO:
            self.notebook.left_out(where, _("Required only sometimes: here it is not required."))
        return said in _YES

    def _numbers(self, row: Row, kind: RowType, where: str) -> dict[str, Any]:
        """Lowest, highest and step, and what else the constraint demands."""
        raw = self._condition(row, "constraint", where)
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
                self.notebook.stop(where, said)
        return numbers

    def _own_columns(self, row: Row, where: str) -> dict[str, Any]:
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
                self.notebook.stop(where, said)
        return found

    # -- groups and batteries -------------------------------------------------------------------

    def _carry_headings(self) -> None:
        """Headings of groups become information before the first question in them."""
        for group in self._groups:
            if not group.heading:
                continue
            where = place("survey", group.row.number)
            taken = {*self._keys.values(), *self.places}
            name = group.row.get("name")
            key = self._keys.get(name) or fresh_key(name or "group", taken)
            self.places[key] = where
            above = self._groups[: self._groups.index(group) + 1]
            self._questions.append(
                {
                    "key": key,
                    "kind": "information",
                    "text": group.heading,
                    "relevant": together([one.relevant for one in above]),
                }
            )
            group.heading = {}
            self.notebook.note(where, _("The heading of the group becomes an information text."))

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
        self._add_statement(battery, row, where)
        return True

    def _begin_battery(
        self, group: _Group, row: Row, kind: RowType, where: str, *, is_label: bool
    ) -> None:
        own = self._texts(row, "label") if is_label else {}
        if not own:
            own, group.heading = group.heading, {}
        if not own:
            self.notebook.stop(where, _("Write what the statements are about in the label."))
        self._carry_headings()
        name = group.row.get("name") if group.battery is None else row.get("name")
        key = self._keys.get(name) or self._key(row, where)
        relevant = self._condition(row, "relevant", where) if is_label else ""
        self.places.setdefault(key, where)
        group.battery = {
            "key": key,
            "kind": "battery",
            "text": own,
            "help": self._texts(row, "hint") if is_label else {},
            "relevant": together([*(g.relevant for g in self._groups), relevant]),
            "options": self._chosen(kind, where),
            "rows": [],
            "required": is_label and self._is_required(row, where),
            "option_set": row.get("x_option_set"),
            "provenance": row.get("x_provenance"),
            "list": kind.choices,
        }
        self._questions.append(group.battery)
        if not is_label:
            self._add_statement(group.battery, row, where)

    def _add_statement(self, battery: dict[str, Any], row: Row, where: str) -> None:
        if row.get("relevant"):
            self.notebook.stop(
                where, _("A statement cannot have a condition of its own; its group can.")
            )
        battery["required"] = battery["required"] or self._is_required(row, where)
        key = self._key(row, where)
        self.places.setdefault(key, where)
        battery["rows"].append({"key": key, "text": self._texts(row, "label")})

    # -- cells ----------------------------------------------------------------------------------

    def _texts(self, row: Row, name: str) -> dict[str, str]:
        texts = row.texts(name) or {"": row.get(name)}
        return with_swedish(texts, self._fallback)

    def _condition(self, row: Row, column: str, where: str) -> str:
        raw = row.get(column)
        if not raw:
            return ""
        said, unknown = renamed(raw, self._keys)
        for name in unknown:
            self.notebook.stop(
                where,
                _("The condition asks about “%(key)s”, which is not in the form.", key=name[:40]),
            )
        return said


def _number(text: str) -> float:
    value = float(text.replace(",", "."))
    if not abs(value) <= 1e9:
        raise ValueError(text)
    return int(value) if value.is_integer() else value


def _is_disabled(row: Row) -> bool:
    return row.get("disabled").strip().lower() in _YES
