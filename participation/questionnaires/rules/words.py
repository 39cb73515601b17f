"""Texts of a questionnaire in several languages, with an easy-read twin."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

from participation.foundation.i18n import LOCALES, current_locale
from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.piping import piped, unfilled

FIRST_LANGUAGE = "sv"
EASY = "sv_easy"
LANGUAGES = ("sv", "en", "ar")  # the platform's own: its pages around the questions speak them
LONGEST_CODE = 8


@cache
def is_language(code: str) -> bool:
    """Whether texts may be written in it: easy Swedish, or any language that Babel knows.

    >>> [is_language(code) for code in ("fi", "sr_Latn", EASY, "xx", "sv_SE")]
    [True, True, True, False, False]
    """
    if code == EASY:
        return True
    if len(code) > LONGEST_CODE or code not in locale_identifiers():
        return False
    return Locale.parse(code).territory is None


@cache
def own_name(code: str) -> str:
    """What its speakers call it: "suomi"."""
    if code == EASY:
        return "lätt svenska"
    try:
        return Locale.parse(code).get_display_name() or code
    except (ValueError, UnknownLocaleError):
        return code


def link_name(code: str) -> str:
    """Its own name as a link or button says it: "Suomi"."""
    return LOCALES.get(code) or own_name(code).capitalize()


def language_name(code: str) -> str:
    """What it is called in the reader's language."""
    if code == EASY:
        return _("easy Swedish")
    return Locale.parse(code).get_display_name(current_locale()) or code


def language_order(codes: Iterable[str]) -> tuple[str, ...]:
    """The platform's languages first, easy Swedish after Swedish, then the others by code."""
    first = (FIRST_LANGUAGE, EASY, *LANGUAGES[1:])
    found = set(codes)
    return (*(code for code in first if code in found), *sorted(found - set(first)))


def tag(code: str) -> str:
    """What HTML calls it: "sr-Latn"; easy Swedish is Swedish."""
    return FIRST_LANGUAGE if code == EASY else code.replace("_", "-")


def direction(code: str) -> str:
    """How it is written: "ltr" or "rtl"."""
    return "ltr" if code == EASY else str(Locale.parse(code).text_direction)


def address_query(code: str) -> str:
    """What the address of an answer page ends with, to speak this language or twin.

    >>> [address_query(code) for code in ("sv", "ar", EASY)]
    ['', '?lang=ar', '?easy=1']
    """
    if code == EASY:
        return "?easy=1"
    return "" if code == FIRST_LANGUAGE else f"?lang={code}"


@dataclass(frozen=True)
class Words:
    """One text: by language ("sv", "en", "ar") and in easy Swedish ("sv_easy")."""

    by_language: Mapping[str, str] = field(default_factory=dict)

    def said(self, locale: str, *, easy: bool = False) -> str:
        """The text in `locale`; Swedish where it is missing (the page says so)."""
        return unfilled(self.written(locale, easy=easy))

    def written(self, locale: str, *, easy: bool = False) -> str:
        """The same as its author wrote it, with the places of earlier answers (rules/piping.py)."""
        wanted = EASY if easy and locale == FIRST_LANGUAGE else locale
        return self.by_language.get(wanted) or self.by_language.get(FIRST_LANGUAGE, "")

    def only(self, language: str) -> "Words":
        """These words as somebody reads them who chose `language` (or the easy twin)."""
        return Words({FIRST_LANGUAGE: self.written(language)})

    @property
    def piped(self) -> frozenset[str]:
        """The questions whose answers it repeats, in any language."""
        return frozenset(key for text in self.by_language.values() for key in piped(text))

    def speaks(self, locale: str) -> bool:
        return bool(self.by_language.get(locale))

    def __bool__(self) -> bool:
        return bool(self.by_language.get(FIRST_LANGUAGE))


NO_WORDS = Words()
