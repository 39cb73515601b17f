"""The words of the poster of a feedback meeting, said in several ways. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from participation.foundation.i18n import (
    DEFAULT_LOCALE,
    EASY_CATALOGUE,
    format_clock,
    format_weekday,
    text_direction,
    use_locale,
)

FILE = Path(__file__).parents[1] / "data" / "meeting.yaml"


@dataclass(frozen=True, kw_only=True)
class MeetingFacts:
    """What the words are filled with. `phone`: "" where the county has none."""

    unit: str
    starts_at: datetime
    ends_at: datetime
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Poster:
    """One way of saying it. `code` is a language."""

    key: str
    code: str
    dir: str
    title: str
    lead: str
    when: str
    facts: tuple[str, ...]
    help: str
    read: str


def poster(key: str, facts: MeetingFacts) -> Poster:
    """The poster in one of the ways of saying it (rules.information). Raises KeyError."""
    said = _words()[key]
    code = DEFAULT_LOCALE if key == EASY_CATALOGUE else key
    filled = _filling(code, facts)
    return Poster(
        key=key,
        code=code,
        dir=text_direction(code),
        title=said["title"],
        lead=said["lead"].format_map(filled),
        when=said["when"].format_map(filled),
        facts=tuple(said["facts"]),
        help=said["help"].format_map(filled) if facts.phone else "",
        read=said["read"],
    )


def _filling(code: str, facts: MeetingFacts) -> Mapping[str, str]:
    with use_locale(code):
        day = format_weekday(facts.starts_at)
        start, end = format_clock(facts.starts_at), format_clock(facts.ends_at)
    unit, phone = facts.unit, facts.phone.replace(" ", "\u00a0")
    if text_direction(code) == "rtl":  # a Swedish name and a number keep their own order
        unit, phone = f"\u2068{unit}\u2069", f"\u2066{phone}\u2069"
    when = {"day": day[:1].upper() + day[1:], "start": start, "end": end}
    return {"unit": unit, "phone": phone, **when}


@cache
def _words() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return loaded
