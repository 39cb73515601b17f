"""The question library: written questions with licence and provenance, to start from. Pure.

The file is data/question_library.yaml; a county may lay another in its place. What is copied into a
questionnaire keeps the key it came from (`provenance`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.search.rules import stems
from participation.questionnaires.rules.editing import fresh_key
from participation.questionnaires.rules.words import EASY, Words

FILE = Path(__file__).parent.parent / "data" / "question_library.yaml"
AREAS: Mapping[str, Any] = {
    "access": _l("Access"),
    "participation": _l("Taking part"),
    "information": _l("Information"),
    "coordination": _l("Municipality and region together"),
    "next_of_kin": _l("Support to next of kin"),
    "dignity": _l("Dignity"),
}
_LANGUAGES = {"sv": "sv", "en": "en", "ar": "ar", "easy": EASY}


@dataclass(frozen=True)
class LibraryQuestion:
    """One question of the library."""

    key: str
    area: str
    kind: str
    text: Words
    options: tuple[Mapping[str, Any], ...]
    licence: str
    source: str

    @property
    def option_words(self) -> tuple[Words, ...]:
        return tuple(Words(option["text"]) for option in self.options)

    def copy(self, taken: set[str]) -> dict[str, Any]:
        """The question's JSON for a questionnaire that has these keys already."""
        return {
            "key": fresh_key(self.key.removeprefix("lib_"), taken),
            "kind": self.kind,
            "text": dict(self.text.by_language),
            "options": [dict(option) for option in self.options],
            "provenance": self.key,
        }


@lru_cache(maxsize=1)
def library() -> Mapping[str, LibraryQuestion]:
    """All questions by key, in the order of the file."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {question.key: question for question in _questions(raw)}


def _questions(raw: Mapping[str, Any]) -> Iterator[LibraryQuestion]:
    sets = {name: tuple(map(_option, found)) for name, found in raw["option_sets"].items()}
    for one in raw["questions"]:
        yield LibraryQuestion(
            key=one["key"],
            area=one["area"],
            kind=one["kind"],
            text=Words(_texts(one)),
            options=sets[one["options"]] if "options" in one else (),
            licence=one.get("licence", raw["licence"]),
            source=one.get("source", raw["source"]),
        )


def _texts(one: Mapping[str, Any]) -> dict[str, str]:
    return {code: one[name] for name, code in _LANGUAGES.items() if name in one}


def _option(one: Mapping[str, Any]) -> Mapping[str, Any]:
    flags = {one["flag"]: True} if "flag" in one else {}
    return {"code": one["code"], "text": _texts(one), **flags}


def found_in_library(area: str, words: str) -> Sequence[LibraryQuestion]:
    """Questions of an area ("" for all) in which every word stands, in any language."""
    wanted = [stem for stem in stems(words[:200]) if stem]
    return tuple(
        question
        for question in library().values()
        if area in {"", question.area} and _holds(question, wanted)
    )


def _holds(question: LibraryQuestion, wanted: Sequence[str]) -> bool:
    text = " ".join(question.text.by_language.values())
    there = " ".join(stems(text))
    return all(stem in there for stem in wanted)
