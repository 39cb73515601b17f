"""Texts of a questionnaire in several languages, with an easy-read twin."""

from collections.abc import Mapping
from dataclasses import dataclass, field

FIRST_LANGUAGE = "sv"
EASY = "sv_easy"
LANGUAGES = ("sv", "en", "ar")
KNOWN = frozenset({*LANGUAGES, EASY})


@dataclass(frozen=True)
class Words:
    """One text: by language ("sv", "en", "ar") and in easy Swedish ("sv_easy")."""

    by_language: Mapping[str, str] = field(default_factory=dict)

    def said(self, locale: str, *, easy: bool = False) -> str:
        """The text in `locale`; Swedish where it is missing (the page says so)."""
        wanted = EASY if easy and locale == FIRST_LANGUAGE else locale
        return self.by_language.get(wanted) or self.by_language.get(FIRST_LANGUAGE, "")

    def speaks(self, locale: str) -> bool:
        return bool(self.by_language.get(locale))

    def __bool__(self) -> bool:
        return bool(self.by_language.get(FIRST_LANGUAGE))


NO_WORDS = Words()
