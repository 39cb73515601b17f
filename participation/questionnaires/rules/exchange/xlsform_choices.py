"""The choices sheet of an XLSForm: lists of options with every row's faults told. Pure."""

import re
from dataclasses import dataclass, field
from typing import Any

from participation.foundation.i18n import gettext as _
from participation.foundation.tabular import Sheet
from participation.questionnaires.rules.editing import fresh_key
from participation.questionnaires.rules.exchange.columns import Row, read_column
from participation.questionnaires.rules.exchange.report import Notebook
from participation.questionnaires.rules.exchange.xlsform_book import texts_of
from participation.questionnaires.rules.exchange.xlsform_marks import without_marks
from participation.questionnaires.rules.exchange.xlsform_types import (
    FLAGS,
    FLAGS_COLUMN,
    OTHER_OPTION,
    REFUSED_COLUMNS,
)
from participation.questionnaires.rules.words import FIRST_LANGUAGE

CODE = re.compile(r"[A-Za-z0-9_\-]{1,40}")
PLAIN_NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?")
DONT_KNOW_WORDS = frozenset({"vet inte", "vet ej", "don't know", "do not know", "dont know"})


def place(sheet: str, number: int) -> str:
    return _("Sheet %(sheet)s, row %(row)s", sheet=sheet, row=number)


@dataclass
class ChoiceList:
    """A list of options; `codes` by the names in the file, `faults` told once it is used."""

    options: list[dict[str, Any]] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    faults: Notebook = field(default_factory=Notebook)


class Choices:
    """The lists of a form by name. What is wrong in a list nobody uses does not matter."""

    def __init__(self, sheet: Sheet | None, notebook: Notebook, fallback: str) -> None:
        self._lists: dict[str, ChoiceList] = {}
        self._notebook = notebook
        self._fallback = fallback
        if sheet is not None:
            self._read(sheet)

    def used(self, name: str) -> ChoiceList | None:
        """The list called `name`, whose faults are told now; None without one."""
        found = self._lists.get(name)
        if found is not None:
            for fault in found.faults.findings:
                self._notebook.say(fault.weight, fault.where, fault.message)
        return found

    def _read(self, sheet: Sheet) -> None:
        columns = [read_column(heading) for heading in sheet.headings]
        is_ours = any(column.name == FLAGS_COLUMN for column in columns)
        for line in sheet.lines:
            row = Row(line, columns, str if is_ours else without_marks)
            name = " ".join(row.get("list_name").split())
            if not name:
                self._say_of_nameless(row)
                continue
            found = self._lists.setdefault(name, ChoiceList())
            option = _option(row, found, self._fallback)
            if not is_ours and option["text"].get("sv", "").lower() in DONT_KNOW_WORDS:
                option["is_dont_know"] = True
            found.options.append(option)

    def _say_of_nameless(self, row: Row) -> None:
        where = place("choices", row.number)
        if row.get("name") and row.get("label"):
            self._notebook.stop(where, _("The name of the list is missing."))
        else:
            said = _("The row belongs to no list and is left out.")
            self._notebook.left_out(where, said)


def number_of(text: str) -> float | None:
    """A plain number; None when it is none."""
    if not PLAIN_NUMBER.fullmatch(text):
        return None
    value = float(text)
    return int(value) if value.is_integer() else value


def _option(row: Row, found: ChoiceList, fallback: str) -> dict[str, Any]:
    where = place("choices", row.number)
    for column in sorted(row.filled() & set(REFUSED_COLUMNS)):
        found.faults.stop(where, str(REFUSED_COLUMNS[column]))
    flags = set(row.get(FLAGS_COLUMN).split())
    texts = texts_of(row, "label", fallback)
    if not texts:
        texts = {FIRST_LANGUAGE: row.get("name")}
        found.faults.note(where, _("The label is missing: the name is shown instead."))
    return {
        "code": _code(row, found, where),
        "text": texts,
        "respondent_role": row.get("x_role"),
        "value": number_of(row.get("x_value")),
        **{flag: True for flag in FLAGS if flag in flags},
    }


def _code(row: Row, found: ChoiceList, where: str) -> str:
    """The option's name, or one made of it where it holds other signs than a code may."""
    name = row.get("name")
    if not name:
        found.faults.stop(where, _("The name is missing."))
        return ""
    if name in found.codes:
        found.faults.stop(where, _("The name “%(name)s” stands twice in its list.", name=name[:40]))
        return found.codes[name]
    code = name
    if not CODE.fullmatch(name):
        code = fresh_key(name, {one["code"] for one in found.options}, "option")
        said = _("The name “%(name)s” is written “%(code)s” here.", name=name[:40], code=code)
        found.faults.note(where, said)
    found.codes[name] = code
    return code


def with_other(options: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The list with "other, which?" at its end, as `or_other` asks for."""
    if any(option.get("has_text") for option in options):
        return options
    if any(option["code"] == OTHER_OPTION["code"] for option in options):
        return [
            {**option, "has_text": True} if option["code"] == OTHER_OPTION["code"] else option
            for option in options
        ]
    return [*options, dict(OTHER_OPTION)]
