"""What those who use a unit are told before an audit, and the words of consent. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from participation.foundation.i18n import (
    DEFAULT_LOCALE,
    EASY_CATALOGUE,
    format_day,
    text_direction,
    use_locale,
)

FILE = Path(__file__).parents[1] / "data" / "information.yaml"
WAYS_OF_SAYING = (DEFAULT_LOCALE, EASY_CATALOGUE, "en", "ar")


@dataclass(frozen=True, kw_only=True)
class AuditFacts:
    """What the words are filled with. `phone`: "" where the county has none."""

    unit: str
    question: str
    start: date
    end: date
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A heading and its sentences. `is_own_words`: somebody wrote them, in Swedish."""

    heading: str
    text: tuple[str, ...]
    is_own_words: bool = False


@dataclass(frozen=True)
class SpokenConsent:
    """Words of consent to read aloud, said one way. `code` is a language."""

    key: str
    code: str
    dir: str
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Information:
    """One way of saying it. `code` is a language; `consent`: the newest words, as read aloud."""

    key: str
    code: str
    dir: str
    title: str
    lead: str
    when: str
    parts: tuple[Part, ...]
    write_in: tuple[str, ...]
    help: str
    card: str
    consent_heading: str
    consent: tuple[str, ...]

    @property
    def is_easy(self) -> bool:
        return self.key == EASY_CATALOGUE


def consent_version() -> str:
    """The version of the words of consent that is read aloud now: the last in the file."""
    versions: Mapping[str, Any] = _words()["consent"]
    return list(versions)[-1]


def is_consent(version: str) -> bool:
    """Whether there are, or were, words of consent with this version."""
    return version in _words()["consent"]


def consent_words(version: str, key: str) -> tuple[str, ...]:
    """The words somebody said yes to, as they were. Raises KeyError for no such version."""
    return tuple(_words()["consent"][version][key])


def spoken_consent(version: str) -> tuple[SpokenConsent, ...]:
    """The same words in each of `WAYS_OF_SAYING`. Raises KeyError."""
    found = []
    for key in WAYS_OF_SAYING:
        code = DEFAULT_LOCALE if key == EASY_CATALOGUE else key
        found.append(SpokenConsent(key, code, text_direction(code), consent_words(version, key)))
    return tuple(found)


def information(key: str, facts: AuditFacts) -> Information:
    """What is told about one audit, said in one of `WAYS_OF_SAYING`. Raises KeyError."""
    said = _words()["information"][key]
    code = DEFAULT_LOCALE if key == EASY_CATALOGUE else key
    filled = _filling(code, facts)
    return Information(
        key=key,
        code=code,
        dir=text_direction(code),
        title=said["title"],
        lead=said["lead"].format_map(filled),
        when=said["when"].format_map(filled),
        parts=tuple(_part(one, filled) for one in said["parts"]),
        write_in=tuple(said["write_in"]),
        help=said["help"].format_map(filled) if facts.phone else "",
        card=said["card"],
        consent_heading=said["consent_heading"],
        consent=consent_words(consent_version(), key),
    )


def _part(said: Mapping[str, Any], filled: Mapping[str, str]) -> Part:
    return Part(
        heading=said["heading"],
        text=tuple(one.format_map(filled) for one in said["text"]),
        is_own_words=said["text"] == ["{question}"],
    )


def _filling(code: str, facts: AuditFacts) -> Mapping[str, str]:
    with use_locale(code):
        days = {"start": format_day(facts.start), "end": format_day(facts.end)}
    unit, phone = facts.unit, facts.phone.replace(" ", "\u00a0")
    if text_direction(code) == "rtl":  # a Swedish name and a number keep their own order
        unit, phone = f"\u2068{unit}\u2069", f"\u2066{phone}\u2069"
    return {"unit": unit, "question": facts.question, "phone": phone, **days}


@cache
def _words() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return loaded
