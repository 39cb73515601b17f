"""The choices sheet of an XLSForm: lists of options with every row's faults told. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from participation.foundation.i18n import gettext as _
from participation.foundation.tabular import Sheet
from participation.questionnaires.rules.exchange.columns import Row, known, read_column
from participation.questionnaires.rules.exchange.report import Notebook, with_swedish
from participation.questionnaires.rules.exchange.xlsform_types import (
    FLAGS,
    FLAGS_COLUMN,
    OTHER_OPTION,
    REFUSED_COLUMNS,
)

CODE = re.compile(r"[A-Za-z0-9_\-]{1,40}")
PLAIN_NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,6})?")
DONT_KNOW_WORDS = frozenset({"vet inte", "vet ej", "don't know", "do not know", "dont know"})

Options = dict[str, list[dict[str, Any]]]


def place(sheet: str, number: int) -> str:
    return _("Sheet %(sheet)s, row %(row)s", sheet=sheet, row=number)


def read_choices(sheet: Sheet | None, notebook: Notebook, fallback: str) -> Options:
    """Options by the name of their list."""
    lists: Options = {}
    if sheet is None:
        return lists
    columns = [read_column(heading) for heading in sheet.headings]
    is_ours = any(column.name == FLAGS_COLUMN for column in columns)
    for line in sheet.lines:
        row = Row(line, columns)
        name = " ".join(row.get("list_name").split())
        if not name:
            notebook.stop(place("choices", row.number), _("The name of the list is missing."))
            continue
        options = lists.setdefault(name, [])
        option = _option(row, options, notebook, fallback)
        if not is_ours and option["text"].get("sv", "").lower() in DONT_KNOW_WORDS:
            option["is_dont_know"] = True
        options.append(option)
    return lists


def number_of(text: str) -> float | None:
    """A plain number; None when it is none."""
    if not PLAIN_NUMBER.fullmatch(text):
        return None
    value = float(text)
    return int(value) if value.is_integer() else value


def _option(
    row: Row, before: list[dict[str, Any]], notebook: Notebook, fallback: str
) -> dict[str, Any]:
    where = place("choices", row.number)
    code = row.get("name")
    if not CODE.fullmatch(code):
        notebook.stop(
            where,
            _("The name “%(name)s” may hold letters a–z, digits, - and _ only.", name=code[:40]),
        )
    if any(option["code"] == code for option in before):
        notebook.stop(where, _("The name “%(name)s” stands twice in its list.", name=code[:40]))
    if not row.get("label"):
        notebook.stop(where, _("The label is missing."))
    for column in sorted(row.filled() & set(REFUSED_COLUMNS)):
        notebook.stop(where, str(REFUSED_COLUMNS[column]))
    flags = set(row.get(FLAGS_COLUMN).split())
    texts = row.texts("label") or {"": row.get("label")}
    return {
        "code": code,
        "text": with_swedish(texts, fallback),
        "respondent_role": row.get("x_role"),
        "value": number_of(row.get("x_value")),
        **{flag: True for flag in FLAGS if flag in flags},
    }


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


def foreign_languages(sheet: Sheet) -> Mapping[str, str]:
    """Headings in a language the platform has no words for, by heading."""
    columns = [read_column(heading) for heading in sheet.headings]
    return {one.heading: one.language for one in columns if not known(one.language)}
