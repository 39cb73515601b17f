"""The question library: written questions with licence and provenance, to start from. Pure.

The file is data/question_library.yaml; a county may lay another in its place. What is copied into a
questionnaire keeps the key it came from (`provenance`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
LICENCES: Mapping[str, Any] = {
    "county": _l("Only within the county"),
    "permission": _l("By permission of its owner"),
}
OWN = "own_"
# What a question has only in its questionnaire.
_TIED = frozenset(
    {
        *("relevant", "constraint", "background", "sets_respondent_role", "free_text_question"),
        *("option_set", "picture", "sounds", "provenance", "group"),
    }
)
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
    owner: str = ""  # of the county's own: the organisation that stands behind it
    public_id: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)  # rows, help, numbers and the like

    @property
    def is_own(self) -> bool:
        """Put here by the county itself."""
        return bool(self.owner)

    @property
    def option_words(self) -> tuple[Words, ...]:
        return tuple(Words(option["text"]) for option in self.options)

    def copy(self, taken: set[str]) -> dict[str, Any]:
        """The question's JSON for a questionnaire that has these keys already."""
        key = fresh_key(self.key.removeprefix("lib_").removeprefix(OWN), taken)
        claimed = {*taken, key}
        rows = []
        for row in self.more.get("rows", []):
            rows.append({**row, "key": fresh_key(row["key"], claimed)})
            claimed.add(rows[-1]["key"])
        return {
            **self.more,
            **({"rows": rows} if rows else {}),
            "key": key,
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


def shareable(question: Mapping[str, Any]) -> dict[str, Any]:
    """A question's JSON without what ties it to its questionnaire: conditions, files, roles."""
    return {name: value for name, value in question.items() if name not in _TIED}


def own_question(
    content: Mapping[str, Any], *, key: str, area: str, public_id: str, **said: str
) -> LibraryQuestion:
    """A question of the county's own as the library shows it."""
    shown = {"key", "kind", "text", "options", "provenance"}
    return LibraryQuestion(
        key=key,
        area=area,
        kind=content["kind"],
        text=Words(content["text"]),
        options=tuple(content.get("options", [])),
        public_id=public_id,
        more={name: value for name, value in content.items() if name not in shown},
        **said,
    )


def found_in_library(
    area: str, words: str, questions: Iterable[LibraryQuestion] | None = None
) -> Sequence[LibraryQuestion]:
    """Questions of an area ("" for all) in which every word stands, in any language."""
    wanted = [stem for stem in stems(words[:200]) if stem]
    return tuple(
        question
        for question in (library().values() if questions is None else questions)
        if area in {"", question.area} and _holds(question, wanted)
    )


def _holds(question: LibraryQuestion, wanted: Sequence[str]) -> bool:
    text = " ".join(question.text.by_language.values())
    there = " ".join(stems(text))
    return all(stem in there for stem in wanted)
