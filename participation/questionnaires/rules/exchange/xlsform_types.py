"""The XLSForm types that are read, left out or refused. Source: xlsform.org, SURVEYS.md. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l

# Extra columns, read by no other program, that carry what XLSForm has no word for.
KIND_COLUMN = "x_kind"
FLAGS_COLUMN = "x_flags"
OTHER_TEXT = "other_text"
FLAGS = ("is_exclusive", "has_text", "is_dont_know", "is_not_applicable")

CHOICE_TYPES = {"select_one": "single", "select_multiple": "multiple", "rank": "ranking"}
PLAIN_TYPES = {
    "text": "short_text",
    "string": "short_text",
    "integer": "number",
    "int": "number",
    "decimal": "number",
    "range": "range",
    "date": "date",
    "note": "information",
    "acknowledge": "consent",
    "trigger": "consent",
}
# A kind we keep more exactly than XLSForm does, by the type it may stand for.
FINER_KINDS: Mapping[str, frozenset[str]] = {
    "single": frozenset({"single", "scale", "yes_no"}),
    "short_text": frozenset({"short_text", "long_text"}),
}
WHOLE_NUMBERS = frozenset({"integer", "int"})

BEGIN_GROUP, END_GROUP = "begin_group", "end_group"
BEGIN_REPEAT, END_REPEAT = "begin_repeat", "end_repeat"
BEGIN_LOOP, END_LOOP = "begin_loop", "end_loop"
OPENING = {BEGIN_GROUP: END_GROUP, BEGIN_REPEAT: END_REPEAT, BEGIN_LOOP: END_LOOP}
CLOSING = frozenset(OPENING.values())

_GEO = _l("Places on a map are not asked for here.")
_MEDIA = _l("Pictures, sound, video and files are not taken in.")
_CALCULATED = _l("Calculations are not supported.")
_REPEAT = _l("Repeated groups are not supported. Ask about each in a question of its own.")
_EXTERNAL = _l("Choices from another file are not supported. Write them in the choices sheet.")
REFUSED_TYPES: Mapping[str, Any] = {
    BEGIN_REPEAT: _REPEAT,
    BEGIN_LOOP: _REPEAT,
    "calculate": _CALCULATED,
    "hidden": _CALCULATED,
    "geopoint": _GEO,
    "geotrace": _GEO,
    "geoshape": _GEO,
    "gps": _GEO,
    "osm": _GEO,
    "image": _MEDIA,
    "photo": _MEDIA,
    "audio": _MEDIA,
    "video": _MEDIA,
    "file": _MEDIA,
    "barcode": _l("Bar codes are not asked for here."),
    "time": _l("Times of day are not supported. Ask with a text."),
    "datetime": _l("Date with time is not supported. Ask for the date."),
    "select_one_from_file": _EXTERNAL,
    "select_multiple_from_file": _EXTERNAL,
    "select_one_external": _EXTERNAL,
    "select_multiple_external": _EXTERNAL,
    "xml-external": _EXTERNAL,
    "csv-external": _EXTERNAL,
    "include": _l("Questions from another file are not supported. Write them in this file."),
}
# What such programs collect by themselves; here nothing is collected behind somebody's back.
SILENT_TYPES = frozenset(
    {
        *("start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "imei"),
        *("username", "email", "audit", "start-geopoint", "background-audio"),
        "background-geopoint",
    }
)

REFUSED_COLUMNS: Mapping[str, Any] = {
    "choice_filter": _l("Choices that depend on an earlier answer are not supported."),
    "image": _MEDIA,
    "audio": _MEDIA,
    "video": _MEDIA,
    "big-image": _MEDIA,
}
LEFT_OUT_COLUMNS: Mapping[str, Any] = {
    "calculation": _CALCULATED,
    "default": _l("Answers filled in beforehand are left out."),
    "readonly": _l("That a question cannot be answered is left out."),
    "guidance_hint": _l("Guidance for interviewers is left out."),
    "trigger": _CALCULATED,
    "required_message": _l("The message of a required question is ours."),
}
MEDIA_LEFT_OUT = _l("Its picture and sound are not in the file. Add them again later.")
READ_COLUMNS = frozenset(
    {
        *("type", "name", "label", "hint", "required", "relevant", "appearance", "parameters"),
        *("disabled", "constraint", "constraint_message", "repeat_count", KIND_COLUMN),
        *("x_background", "x_sets_role", "x_max_length", "x_free_text", "x_option_set"),
        *("x_provenance", "x_step", "x_faces", "x_media"),
        *("x_label", "x_hint", "x_constraint_message"),
    }
)
STATEMENT_MARKS = frozenset({"list-nolabel", "list-no-label", "list_nolabel"})

OTHER_OPTION: Mapping[str, Any] = {
    "code": "other",
    "has_text": True,
    "text": {"sv": "Annat", "en": "Other", "ar": "أخرى"},
}


@dataclass(frozen=True)
class RowType:
    """ "select_one yes_no or_other" taken apart."""

    name: str
    choices: str = ""
    with_other: bool = False


_SPELLINGS = {
    "select one from": "select_one",
    "select one": "select_one",
    "select1": "select_one",
    "select all that apply from": "select_multiple",
    "select all that apply": "select_multiple",
    "select multiple from": "select_multiple",
    "select multiple": "select_multiple",
    "begin group": BEGIN_GROUP,
    "end group": END_GROUP,
    "begin repeat": BEGIN_REPEAT,
    "end repeat": END_REPEAT,
    "begin loop": BEGIN_LOOP,
    "end loop": END_LOOP,
    "phone number": "text",
    "uri:": "",
}


def read_type(cell: str) -> RowType:
    """A type cell in any of the spellings that are in use."""
    tidy = " ".join(cell.split())
    for spelling, name in _SPELLINGS.items():
        if tidy.lower().startswith(spelling):
            tidy = f"{name} {tidy[len(spelling) :]}"
            break
    words = tidy.split()
    if not words:
        return RowType("")
    other = words[-1].lower() in {"or_other", "or-other"}
    for said in (["or", "specify", "other"], ["or", "other"]):
        if [word.lower() for word in words[-len(said) :]] == said:
            words, other = [*words[: -len(said)], "or_other"], True
    listed = words[1:-1] if other else words[1:]
    return RowType(words[0].lower(), " ".join(listed), other)
