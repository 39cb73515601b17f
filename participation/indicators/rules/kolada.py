"""Files from Kolada's API, version 3 (version 2 looks the same): definitions and values. Pure.

A value names its indicator ("kpi"), place and year and holds one entry a gender. An entry's
`count` is how many parts it was added up from, not how many people stand behind it, so it is not
kept. Places: "0880" a municipality, "0008" a region, "0000" the nation, "G…" a group.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from participation.foundation.tabular import UnreadableTable
from participation.indicators.rules.cells import bounded, read_sex
from participation.indicators.rules.importing import Defined, Key, Problem, Read, Told
from participation.indicators.rules.places import Place
from participation.indicators.rules.tables import (
    Known,
    Refused,
    Step,
    known_indicator,
    period_as_stored,
)

MOST_ENTRIES = 200_000
AT_ONCE = 5_000
_DEEPEST = 4
_CODE = re.compile(r"[A-ZÅÄÖ]\d{5}")
LONGEST_NAME, LONGEST_TEXT = 200, 2_000
_SECRET = ("secret", "private", "privacy", "sekretess")


def is_json(content: bytes) -> bool:
    """Whether a file looks like JSON rather than a table."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def read_kolada(content: bytes, known: Known, step: Step) -> Read:
    """Definitions and values of a file.

    Raises:
        UnreadableTable: broken, too_big, or nothing of Kolada's in it ("empty").
    """
    entries = list(_entries(_parsed(content)))
    if len(entries) > MOST_ENTRIES:
        raise UnreadableTable(reason="too_big")
    read = Read(row_count=sum("kpi" in entry for entry in entries))
    for entry in entries:
        if "kpi" not in entry:
            _define(read, known, entry)
    brought = Known(
        {**known.keys, **{one.code.casefold(): one.key for one in read.defined}},
        known.kinds,
        known.counted,
        known.places,
    )
    number = 0
    for entry in entries:
        if "kpi" in entry:
            number += 1
            _take(read, brought, number, entry)
            if number % AT_ONCE == 0:
                step(number, read.row_count)
    if not read.row_count and not read.defined:
        raise UnreadableTable(reason="empty")
    return read


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as problem:
        raise UnreadableTable(reason="broken") from problem


def _entries(found: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Whatever is a value or a definition, wherever it lies: one answer, a page, several pages."""
    if isinstance(found, list):
        for one in found:
            yield from _entries(one, depth)
    elif isinstance(found, dict):
        is_definition = _CODE.fullmatch(str(found.get("id", ""))) and "title" in found
        if is_definition or ("kpi" in found and "period" in found):
            yield found
        elif depth < _DEEPEST:
            for one in found.values():
                yield from _entries(one, depth + 1)


def _define(read: Read, known: Known, entry: Mapping[str, Any]) -> None:
    code = str(entry["id"])
    is_brought = any(one.code == code for one in read.defined)
    if code.casefold() in known.keys or is_brought:
        return
    name = " ".join(str(entry["title"]).split())[:LONGEST_NAME]
    text = str(entry.get("description") or "").strip()[:LONGEST_TEXT]
    read.defined.append(Defined(f"kolada-{code.lower()}", code, name or code, text))


def _take(read: Read, known: Known, row: int, entry: Mapping[str, Any]) -> None:
    """The values of one entry; a gender that is missing is no fault."""
    values = entry.get("values")
    try:
        indicator = known_indicator(known, str(entry.get("kpi") or ""))
        period = period_as_stored(known, indicator, str(entry.get("period") or ""))
        place = _place(known, str(entry.get("municipality") or ""))
    except Refused as refused:
        read.remark(row, refused.problem, refused.cell, refused.field)
        return
    if place is None:
        read.remark(row, Problem.OTHER_PLACE, str(entry.get("municipality")))
        return
    for one in values if isinstance(values, list) else ():
        if isinstance(one, dict) and not one.get("isdeleted"):
            _put(read, row, (indicator, period, place), one)


def _place(known: Known, code: str) -> Place | None:
    return known.places.find(code) if code.isdecimal() and len(code) == len("0880") else None


def _put(read: Read, row: int, of: tuple[str, str, Place], one: Mapping[str, Any]) -> None:
    indicator, period, place = of
    sex, value = read_sex(str(one.get("gender") or "T")), one.get("value")
    status = str(one.get("status") or "")
    if sex is None:
        read.remark(row, Problem.UNKNOWN_SEX, str(one.get("gender")), "gender")
    elif value is None or status.casefold().startswith(_SECRET):
        read.remark(row, Problem.MISSING_VALUE, status, "value")
    elif isinstance(value, bool) or not isinstance(value, int | float):
        read.remark(row, Problem.NO_NUMBER, str(value), "value")
    elif (number := bounded(value)) is None:
        read.remark(row, Problem.NO_NUMBER, str(value)[:40], "value")
    else:
        key = Key(indicator, period, place.municipality_code, sex, "", place.reference_label)
        read.put(row, key, Told(number, is_preliminary=_is_preliminary(status)))


def _is_preliminary(status: str) -> bool | None:
    return True if status.casefold().startswith("prel") else None
