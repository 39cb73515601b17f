"""A sheet's headings: which column means what, and in which language. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale

from participation.foundation.tabular import Line
from participation.questionnaires.rules.words import EASY, FIRST_LANGUAGE, is_language, own_name

# Spellings in use that Babel does not know.
_SPELLINGS = {"swe": FIRST_LANGUAGE, "eng": "en", "ara": "ar", "lättläst": EASY}
_EASY_TAG = "sv-x-easy"
_NAMED_IN = ("en", FIRST_LANGUAGE)
# Languages that are also known by the name their speakers have for them.
_OWN_NAMES = (
    *("ar", "bs", "de", "en", "es", "fa", "fi", "fr", "hr", "ku", "pl", "ru", "so", "sr", "sv"),
    *("ti", "tr", "uk"),
)
HEADINGS = {
    FIRST_LANGUAGE: "Svenska (sv)",
    EASY: "Lättläst (sv-x-easy)",
    "en": "English (en)",
    "ar": "العربية (ar)",
}


def heading_of(language: str) -> str:
    """How a column names its language: "suomi (fi)"."""
    return HEADINGS.get(language) or f"{own_name(language)} ({language})"


_CODE = re.compile(r"\(([A-Za-z_-]+)\)\s*$")
SCRIPT_LENGTH = 4
_COLONS = re.compile(r"\s*:+\s*")
# Spellings in use, with every run of colons written as two.
_SAME = {
    "list name": "list_name",
    "caption": "label",
    "relevance": "relevant",
    "constraint message": "constraint_message",
    "constraint-msg": "constraint_message",
    "required message": "required_message",
    "requiredmsg": "required_message",
    "read only": "readonly",
    "read_only": "readonly",
    "bind::relevant": "relevant",
    "bind::required": "required",
    "bind::constraint": "constraint",
    "bind::calculate": "calculation",
    "bind::readonly": "readonly",
    "bind::jr::constraintmsg": "constraint_message",
    "bind::jr::requiredmsg": "required_message",
    "title": "form_title",
}
NAMESPACES = ("bind", "body", "instance")
TRANSLATED = frozenset(
    {
        "label",
        "hint",
        "constraint_message",
        "required_message",
        "guidance_hint",
        "form_title",
        "x_form_title",
        "x_intro",
        "x_closing",
        "x_label",
        "x_hint",
        "x_constraint_message",
        "image",
        "audio",
        "video",
        "big-image",
    }
)


@dataclass(frozen=True)
class Column:
    """`language`: a code known here, "" for none, else the foreign language's name."""

    heading: str
    name: str
    language: str = ""


def read_column(heading: str) -> Column:
    """ "label::English (en)" → label in "en"; "hint" → hint in no stated language."""
    tidy = _COLONS.sub("::", " ".join(heading.split()))
    whole = _SAME.get(tidy.lower(), "")
    if whole:
        return Column(heading, whole)
    if tidy.lower().startswith("media::"):
        tidy = tidy[len("media::") :]
    base, _mark, language = tidy.partition("::")
    name = _SAME.get(base.lower(), base.lower())
    if name in TRANSLATED:
        return Column(heading, name, language_code(language))
    if name in NAMESPACES:
        return Column(heading, f"{name}::{language.lower()}")
    return Column(heading, name)


def language_code(named: str) -> str:
    """The code of "English (en)", "en-GB", "English" or "suomi"; another name stays as it is."""
    found = _CODE.search(named)
    for guess in (found.group(1) if found else "", named):
        code = code_of_tag(guess) or _by_name().get(guess.strip().lower(), "")
        if code:
            return code
    return named.strip()


def code_of_tag(tag: str) -> str:
    """The language of a tag: "sv-SE" → "sv", "sr-Latn-RS" → "sr_Latn"; "" for none we know.

    >>> code_of_tag("sv-x-easy"), code_of_tag("pt_BR"), code_of_tag("English")
    ('sv_easy', 'pt', '')
    """
    tidy = tag.strip().lower().replace("_", "-")
    if tidy in {_EASY_TAG, "sv-easy"}:
        return EASY
    language, *rest = tidy.split("-")
    scripts = [part.title() for part in rest if len(part) == SCRIPT_LENGTH]
    guesses = (*(f"{language}_{script}" for script in scripts), language)
    return next((code for code in guesses if code and is_language(code)), "")


def tag_of_code(code: str) -> str:
    """The other way round: "sr_Latn" → "sr-Latn"."""
    return _EASY_TAG if code == EASY else code.replace("_", "-")


@cache
def _by_name() -> Mapping[str, str]:
    """Codes by names of languages in small letters: in English, in Swedish, and their own."""
    names = dict(_SPELLINGS)
    for spoken in _NAMED_IN:
        for code, name in Locale.parse(spoken).languages.items():
            if is_language(code):
                names.setdefault(name.lower(), code)
    return names | {own_name(code).lower(): code for code in _OWN_NAMES}


def known(language: str) -> bool:
    return language == "" or is_language(language)


class Row:
    """One line of a sheet, asked by column. `said`: what becomes of a text for people."""

    def __init__(
        self, line: Line, columns: Iterable[Column], said: Callable[[str], str] = str
    ) -> None:
        self.number = line.number
        self._columns = tuple(columns)
        self._cells = {
            column.heading: said(cell) if column.name in TRANSLATED else cell
            for column in self._columns
            if (cell := line.cells.get(column.heading, ""))
        }

    def get(self, name: str) -> str:
        """The first filled cell of that column, in any language."""
        for column in self._columns:
            if column.name == name and self._cells.get(column.heading):
                return self._cells[column.heading]
        return ""

    def texts(self, name: str) -> Mapping[str, str]:
        """By language code; "" where the heading states none. Foreign languages are left out."""
        return {
            column.language: self._cells[column.heading]
            for column in self._columns
            if column.name == name and known(column.language) and self._cells.get(column.heading)
        }

    def filled(self) -> frozenset[str]:
        return frozenset(c.name for c in self._columns if self._cells.get(c.heading))
