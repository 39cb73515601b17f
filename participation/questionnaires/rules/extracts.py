"""The columns of an extract, its codebook and its SPSS syntax. Pure.

One column per question key through all versions of a series; one per option where several may be
chosen. A column keeps its name when the words or options of its question change; `version` says
which words a row answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.content import Content, Question
from participation.questionnaires.rules.kinds import kind_of
from participation.questionnaires.rules.packing import (
    LEFT_OUT,
    NOT_ASKED,
    RANKED,
    SEVERAL,
    SIGNS,
    Place,
)
from participation.questionnaires.rules.rounds import ANSWERS_FOR_LABELS, ROLE_LABELS
from participation.questionnaires.rules.words import FIRST_LANGUAGE

FIXED = ("round", "version", "respondent_role", "answers_for", "unit")
SPSS_TEXT = 6_000  # bytes; an answer has at most 2,000 characters
SPSS_CODE = 64
SPSS_NAME = 64
# SPSS takes 255 bytes of a variable's label, 120 of a value's, and lines of 256 with apostrophes.
SPSS_LABEL = 240
SPSS_VALUE_LABEL = 120
SPSS_MARK = "\ufeff"  # without it SPSS on Windows reads the file in the computer's own signs


class ColumnKind(StrEnum):
    CODE = "code"
    CHOSEN = "chosen"  # 1 chosen, 0 not chosen, empty when the question was left out
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True)
class Source:
    """One version in the file."""

    number: int
    content: Content


@dataclass(frozen=True)
class Column:
    """One column: its words and values in the newest version that has them.

    `holds`: the key under which an answer has what stands here, when it is not the name.
    """

    name: str
    label: str
    kind: ColumnKind
    values: Mapping[str, str]
    versions: tuple[int, ...] = ()
    holds: str = ""

    @property
    def key(self) -> str:
        return self.holds or self.name


@dataclass(frozen=True)
class SignColumn:
    """What one sign of a packed answer is in the file."""

    name: str
    values: Mapping[str, str]


def sign_columns(
    content: Content, places: Sequence[Place], hidden: Mapping[str, frozenset[str]]
) -> list[SignColumn]:
    """The columns of a version's packed answers, sign by sign; `hidden` codes become empty."""
    found = []
    empty = {LEFT_OUT: "", NOT_ASKED: ""}
    for place in places:
        small = hidden.get(place.key, frozenset())
        if place.form == RANKED:
            ranks = {"0": "", **{SIGNS[n]: str(n) for n in range(1, len(place.codes) + 1)}}
            found += [SignColumn(f"{place.key}.{code}", {**empty, **ranks}) for code in place.codes]
        elif place.form == SEVERAL:
            found += [
                SignColumn(
                    f"{place.key}.{code}",
                    {**empty, "0": "" if small else "0", "1": "" if small else "1"},
                )
                for code in place.codes
            ]
        else:
            named = {
                SIGNS[number]: "" if code in small else code
                for number, code in enumerate(place.codes)
            }
            found.append(SignColumn(place.key, {**empty, **named}))
    return found


def columns_of(sources: Sequence[Source], *, with_texts: bool) -> tuple[Column, ...]:
    """The columns of a file with these versions, the newest first."""
    found: dict[str, Column] = {column.name: column for column in _fixed()}
    for source in sources:
        for question in source.content.asked.values():
            for column in _columns(question, with_texts=with_texts):
                known = found.get(column.name, column)
                found[column.name] = Column(
                    known.name,
                    known.label,
                    known.kind,
                    {**column.values, **known.values},
                    (*known.versions, source.number),
                    known.holds,
                )
    return tuple(found.values())


def _fixed() -> list[Column]:
    roles = {role.value: str(label) for role, label in ROLE_LABELS.items()}
    ways = {way.value: str(label) for way, label in ANSWERS_FOR_LABELS.items()}
    return [
        Column("round", _("Round"), ColumnKind.TEXT, {}),
        Column("version", _("Version of the questionnaire"), ColumnKind.NUMBER, {}),
        Column("respondent_role", _("Who answered"), ColumnKind.CODE, roles),
        Column("answers_for", _("Whom do you answer for?"), ColumnKind.CODE, ways),
        Column("unit", _("Unit"), ColumnKind.TEXT, {}),
    ]


def _columns(question: Question, *, with_texts: bool) -> list[Column]:
    words = _words(question)
    kind = kind_of(question)
    options = {o.code: o.text.said(FIRST_LANGUAGE) for o in question.options}
    if kind.render == "ticks":
        found = [
            Column(
                f"{question.key}.{code}",
                f"{words} – {text}",
                ColumnKind.CHOSEN,
                {"1": _("chosen"), "0": _("not chosen")},
            )
            for code, text in options.items()
        ]
    elif kind.render == "places":
        found = [
            Column(f"{question.key}.{code}", f"{words} – {text}", ColumnKind.NUMBER, {})
            for code, text in options.items()
        ]
    elif kind.is_closed:
        is_number = kind.render in {"number", "steps"}
        shape = ColumnKind.NUMBER if is_number else ColumnKind.CODE
        found = [Column(question.key, words, shape, options)]
    elif (kind.is_text or kind.render == "day") and with_texts:  # a date can point at somebody
        found = [Column(question.key, words, ColumnKind.TEXT, {})]
    else:
        found = []
    if question.other is not None and with_texts:
        asked = f"{words} – {question.other.text.said(FIRST_LANGUAGE)}"
        name = other_column(question)
        found.append(Column(name, asked, ColumnKind.TEXT, {}, holds=question.other_key))
    return found


def other_column(question: Question) -> str:
    """The column of what was written beside "other, which?".

    Where each option has a column, an option called "other" has `key.other`; the words beside it
    are then in `key.other_text`.
    """
    if kind_of(question).render in {"ticks", "places"}:
        return f"{question.other_key}_text"
    return question.other_key


def _words(question: Question) -> str:
    stem = question.stem.said(FIRST_LANGUAGE)
    words = question.text.said(FIRST_LANGUAGE)
    return f"{stem} – {words}" if stem else words


def codebook(columns: Sequence[Column]) -> list[tuple[str, str, str, str, str]]:
    """Rows of the codebook sheet: column, words, value, what it means, versions that ask it."""
    rows = []
    for column in columns:
        versions = ", ".join(str(number) for number in sorted(set(column.versions)))
        rows.append((column.name, column.label, "", "", versions))
        rows += [(column.name, "", value, label, "") for value, label in column.values.items()]
    return rows


def spss_syntax(columns: Sequence[Column], file_name: str) -> str:
    """Syntax that reads the CSV file into SPSS with words for every column and value."""
    names = _spss_names(columns)
    lines = [
        "* " + _("Save this file beside the CSV file and run it."),
        "SET DECIMAL=COMMA.",
        f"GET DATA /TYPE=TXT /FILE={_quoted(file_name, SPSS_LABEL)} /ENCODING='UTF8'",
        "  /DELIMITERS=';' /QUALIFIER='\"' /ARRANGEMENT=DELIMITED /FIRSTCASE=2 /VARIABLES=",
        *(f"  {names[column.name]} {_spss_format(column)}" for column in columns),
        "  .",
        "VARIABLE LABELS",
        *(f"  {names[c.name]}\r\n  {_quoted(c.label, SPSS_LABEL)}" for c in columns),
        "  .",
    ]
    for column in columns:
        if column.values:
            lines.append(f"VALUE LABELS {names[column.name]}")
            lines += [
                f"  {_value(column, value)} {_quoted(label, SPSS_VALUE_LABEL)}"
                for value, label in column.values.items()
            ]
            lines.append("  .")
    return SPSS_MARK + "\r\n".join([*lines, "EXECUTE.", ""])


def spss_name(name: str) -> str:
    """A name that SPSS takes: letters, digits, underscores and dots, no dot at the end.

    >>> spss_name("from_whom.care"), spss_name("2nd visit."), spss_name("and")
    ('from_whom.care', 'v_2nd_visit', 'v_and')
    """
    kept = "".join(sign if sign.isalnum() or sign in "_." else "_" for sign in name).rstrip("._")
    if not kept or not kept[0].isalpha() or kept.upper() in _RESERVED:
        kept = f"v_{kept}"
    return kept[:SPSS_NAME]


def _spss_names(columns: Sequence[Column]) -> dict[str, str]:
    """By column; SPSS sees no difference between capitals and small letters."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for column in columns:
        name = spss_name(column.name)
        number = 2
        while name.upper() in taken:
            ending = f"_{number}"
            name = spss_name(column.name)[: SPSS_NAME - len(ending)] + ending
            number += 1
        taken.add(name.upper())
        found[column.name] = name
    return found


_RESERVED = frozenset(
    ["ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"]
)


def _spss_format(column: Column) -> str:
    if column.kind in {ColumnKind.NUMBER, ColumnKind.CHOSEN}:
        return "F12.2" if column.kind is ColumnKind.NUMBER else "F1.0"
    return f"A{SPSS_TEXT if column.kind is ColumnKind.TEXT else SPSS_CODE}"


def _value(column: Column, value: str) -> str:
    return value if column.kind is ColumnKind.CHOSEN else _quoted(value, SPSS_CODE)


def _quoted(text: str, most: int) -> str:
    """One line in apostrophes, cut at so many bytes: no question's words can end the command."""
    said = " ".join(text.split()).replace("'", "''").encode()
    if len(said) > most:
        said = said[:most].decode(errors="ignore").encode()
        if (len(said) - len(said.rstrip(b"'"))) % 2:
            said = said[:-1]
    return f"'{said.decode()}'"
