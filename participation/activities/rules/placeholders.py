"""Placeholders in own words: a short list of known names, replaced as text, never evaluated. Pure.

Staff write in Swedish, and so are the names; what they stand for is filled in Swedish too.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from participation.foundation.i18n import lazy_gettext as _l

PLACEHOLDERS: dict[str, Any] = {
    "namn": _l("the person's name"),
    "vad": _l("the kind of activity"),
    "dag": _l("the day"),
    "tid": _l("the time"),
    "plats": _l("the place"),
    "svara senast": _l("the last day to answer"),
}
_BRACES = re.compile(r"\{([^{}]*)\}")


def unknown_placeholders(text: str) -> list[str]:
    """What stands in braces and is no placeholder, each once, as it was written.

    >>> unknown_placeholders("Hej {namn}, kom {datum}! {{7*7}} {datum}")
    ['{datum}', '{7*7}']
    """
    found = (match for match in _BRACES.finditer(text) if _name(match) not in PLACEHOLDERS)
    return list(dict.fromkeys(match.group() for match in found))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with known names replaced, once: what a value holds is never read as a name.

    >>> filled("Hej {Namn}! Kl. {tid}.", {"namn": "{tid}", "tid": "13:30"})
    'Hej {tid}! Kl. 13:30.'
    """
    return _BRACES.sub(lambda match: values.get(_name(match), match.group()), text)


def named_in(text: str, words: Iterable[str]) -> list[str]:
    """Which of these words stand in the text, whatever their case: mails never name an area.

    >>> named_in("Om psykisk hälsa", ["Psykisk hälsa", "Äldre"])
    ['Psykisk hälsa']
    """
    folded = text.casefold()
    return [
        word
        for word in dict.fromkeys(words)
        if word and re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", folded)
    ]


def _name(match: re.Match[str]) -> str:
    return " ".join(match.group(1).split()).casefold()
