"""Words in another language than the page: marked for who listens, and never torn for who reads.

What people and the county wrote is Swedish. On a page in another language it says so
(`lang="sv"`, WCAG 3.1.2), and between Arabic words a Swedish name or a number keeps its own order.
Only text that nothing has marked yet is touched: Markup comes from a template, which knows better.
"""

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from participation.foundation.html import (
    BETWEEN_FACTS,
    IN_SWEDISH,
    LEFT_TO_RIGHT,
    SWEDISH_PARAGRAPH,
)
from participation.foundation.i18n import DEFAULT_LOCALE, current_locale, text_direction

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff]")
_DIGITS_APART = re.compile(r"\+?\d[\d ()\u00a0-]*[ ()\u00a0-][\d ()\u00a0-]*")  # 010-000 00 00
_ISOLATE, _END = "\u2068", "\u2069"


def swedish(text: Any) -> Any:
    """Words that exist in Swedish alone, as a page in any language shows them."""
    if not text or current_locale() == DEFAULT_LOCALE:
        return text
    return IN_SWEDISH.format(text)


def named(thing: Any) -> Any:
    """The name of a group, unit, area or organisation: the page's own, or the Swedish, marked."""
    if thing is None:
        return ""
    own = thing.names.get(current_locale())
    return own or swedish(thing.name)


def apart(text: Any) -> Any:
    """A value among Arabic words: Swedish and telephone numbers in one piece, in their order.

    A line of facts is taken apart at its dots. Elsewhere than on Arabic pages nothing changes.
    """
    is_marked = isinstance(text, Markup) and "<" in text
    if not isinstance(text, str) or is_marked or _is_left_to_right():
        return text
    return BETWEEN_FACTS.join(_one(part) for part in text.split(BETWEEN_FACTS))


def _one(text: str) -> str:
    if _is_foreign(text):
        return IN_SWEDISH.format(text)
    if _DIGITS_APART.fullmatch(text):
        return LEFT_TO_RIGHT.format(text)
    return text


def tongue(text: Any) -> str:
    """The attributes of a paragraph that may be Swedish on an Arabic page."""
    if not isinstance(text, str) or _is_left_to_right() or not _is_foreign(text):
        return ""
    return SWEDISH_PARAGRAPH


def kept_apart(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Values that are put into an Arabic sentence, in signs: attributes hold them too."""
    if _is_left_to_right():
        return values
    return {name: _isolated(value) for name, value in values.items()}


def _isolated(value: Any) -> Any:
    is_plain = isinstance(value, str) and not isinstance(value, Markup)
    return f"{_ISOLATE}{value}{_END}" if is_plain and _LATIN.search(value) else value


def _is_foreign(text: str) -> bool:
    return bool(_LATIN.search(text)) and not _RIGHT_TO_LEFT.search(text)


def _is_left_to_right() -> bool:
    return text_direction() == "ltr"


def init_tongues(environment: Any) -> None:
    """The filters `swedish`, `named`, `apart`, `tongue`, and sentences that hold their values."""
    environment.filters.update(swedish=swedish, named=named, apart=apart, tongue=tongue)
    for name in ("gettext", "ngettext", "pgettext"):
        environment.globals[name] = _holding(environment.globals[name])


def _holding(function: Any) -> Any:
    @pass_context
    def translate(context: Context, /, *texts: Any, **values: Any) -> Any:
        return function(context, *texts, **kept_apart(values))

    return translate
