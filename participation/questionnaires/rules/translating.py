"""A questionnaire's texts beside their translation: what is said, what is missing. Pure.

Words that stand in several places (a scale that returns) are translated once. A field is named by
the Swedish words and by what it said when the page was made: so what another tab has changed
meanwhile is left alone unless somebody typed here as well.
"""

import hashlib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from babel.localedata import locale_identifiers

from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.editing import Data
from participation.questionnaires.rules.words import (
    EASY,
    FIRST_LANGUAGE,
    is_language,
    language_name,
    link_name,
)

EASY_WORDS = 2
SHORT_CODE = 2  # ISO 639-1
COMMONEST = (EASY, "en", "ar", "fi", "so", "uk")
# Sorani (Kurdish), Filipino, South Sami and Lule Sami.
ALSO_OFFERED = frozenset({"ckb", "fil", "sma", "smj"})


@dataclass(frozen=True)
class Piece:
    """One text: the field it is typed in, the Swedish words, and what is said so far."""

    name: str
    swedish: str
    said: str
    is_easy_already: bool = False  # a word or two need no easy twin

    @property
    def is_missing(self) -> bool:
        return not self.said and not self.is_easy_already


@dataclass(frozen=True)
class Part:
    """The texts of one question, or of the frame around them all."""

    key: str
    title: str
    pieces: tuple[Piece, ...]

    @property
    def missing(self) -> int:
        return sum(piece.is_missing for piece in self.pieces)


def parts(content: Data, language: str) -> list[Part]:
    """All texts in their order, each where it first stands."""
    seen: set[str] = set()
    found = []
    for key, title, texts in _texts(content):
        pieces = [_piece(words, language) for words in texts if words.get(FIRST_LANGUAGE)]
        fresh = {piece.name: piece for piece in pieces if piece.name not in seen}
        seen |= set(fresh)
        if fresh:
            found.append(Part(key, title, tuple(fresh.values())))
    return found


def missing_texts(content: Data, language: str) -> int:
    """How many texts are not written in a language."""
    return sum(part.missing for part in parts(content, language))


def translated(content: Data, language: str, typed: Mapping[str, str]) -> Data:
    """The content with what was typed, by field name; an emptied field takes its text away."""
    wanted = {name.rpartition("_")[0]: (name, text.strip()) for name, text in typed.items()}
    exact = {name: text.strip() for name, text in typed.items()}
    changed = deepcopy(content)
    for _key, _title, texts in _texts(changed):
        for words in texts:
            name = _piece(words, language).name
            of_words = name.rpartition("_")[0]
            if name in exact:
                _put(words, language, exact[name])
            elif of_words in wanted and _was_typed(*wanted[of_words]):
                _put(words, language, wanted[of_words][1])
    return changed


def addable_languages(content: Data) -> list[tuple[str, str]]:
    """Languages that nothing is written in yet: the commonest here first, then by name.

    Each is called what its speakers call it, and after that by its name in the reader's language.
    """
    spoken = {code for _key, _title, texts in _texts(content) for words in texts for code in words}
    codes = {code for code in (EASY, *locale_identifiers()) if _is_offered(code)} - spoken
    first = [code for code in COMMONEST if code in codes]
    others = sorted(codes - set(first), key=lambda code: link_name(code).casefold())
    return [(code, _both_names(code)) for code in (*first, *others)]


def _both_names(code: str) -> str:
    own, said = link_name(code), language_name(code)
    return own if own.casefold() == said.casefold() else f"{own} ({said})"


def _is_offered(code: str) -> bool:
    """Languages with a short code in their usual script, and the larger ones that have none.

    A list of every language that has a code, in every script, is too long to find one's own in.
    """
    return is_language(code) and (len(code) == SHORT_CODE or code in {EASY, *ALSO_OFFERED})


def _was_typed(name: str, text: str) -> bool:
    return name.rpartition("_")[2] != _digest(text)


def _put(words: Data, language: str, text: str) -> None:
    if text:
        words[language] = text
    else:
        words.pop(language, None)


def _piece(words: Mapping[str, str], language: str) -> Piece:
    swedish, said = words.get(FIRST_LANGUAGE, ""), words.get(language, "")
    is_easy = language == EASY and len(swedish.split()) <= EASY_WORDS
    return Piece(f"t_{_digest(swedish)}_{_digest(said)}", swedish, said, is_easy)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _texts(content: Data) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """(question key, heading, every text of it); first the frame's."""
    frame = [content.get(name) or {} for name in ("title", "intro", "closing")]
    frame += [group["title"] for group in content.get("groups", [])]
    yield "", _("Title, welcome and thanks"), frame
    for number, question in enumerate(content.get("questions", []), start=1):
        own = [question.get(name) or {} for name in ("text", "help", "constraint_message")]
        own.append((question.get("picture") or {}).get("alt") or {})
        below = [one["text"] for name in ("rows", "options") for one in question.get(name, [])]
        yield question["key"], _("Question %(number)s", number=number), [*own, *below]
