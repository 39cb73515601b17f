"""Earlier answers in a text, as whoever translates it sees them: "[answer to question 3: …]". Pure.

After the colon stands what those read who have not answered; it is translated too. The number says
which answer it is, so the words before it may be said in any language.
"""

import re
from collections.abc import Mapping
from typing import Any

from participation.foundation.i18n import format_and
from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.piping import piped, renamed

Numbers = Mapping[str, str]  # question key → the number it stands under; a statement's: "3.2"
_NAMED = re.compile(r"\[[^\[\]\d]*(\d+(?:\.\d+)?)[^\[\]:]*(?::\s*([^\[\]]*))?\]")


def numbers_of(content: Mapping[str, Any]) -> dict[str, str]:
    """What the questions are called in a placeholder; a battery's statements one by one."""
    found = {}
    for number, question in enumerate(content.get("questions", []), start=1):
        found[question["key"]] = f"{number}"
        for place, row in enumerate(question.get("rows", []), start=1):
            found[row["key"]] = f"{number}.{place}"
    return found


def shown(text: str, numbers: Numbers) -> str:
    """The text with placeholders instead of keys."""
    return renamed(text, lambda key, instead: _named(numbers.get(key, key), instead))


def _named(number: str, instead: str = "") -> str:
    if instead:
        return _("[answer to question %(number)s: %(instead)s]", number=number, instead=instead)
    return _("[answer to question %(number)s]", number=number)


def as_written(typed: str, swedish: str, numbers: Numbers) -> str:
    """What was typed, with keys instead of placeholders, where the Swedish repeats an answer."""
    if not any(piped(swedish)):
        return typed
    keys = {number: key for key, number in numbers.items()}

    def key_for(found: re.Match[str]) -> str:
        key, instead = keys.get(found.group(1)), (found.group(2) or "").strip()
        if key is None:
            return found.group(0)
        return f"${{{key}|{instead}}}" if instead else f"${{{key}}}"

    return _NAMED.sub(key_for, typed)


def placeholder_fault(typed: str, swedish: str, numbers: Numbers) -> str:
    """What to say when a translation repeats other answers than the Swedish does; "" when not."""
    wanted = set(piped(swedish))
    there = set(piped(as_written(typed, swedish, numbers)))
    lost = [_named(numbers.get(key, key)) for key in sorted(wanted - there)]
    added = [_named(numbers.get(key, key)) for key in sorted(there - wanted)]
    if lost:
        return _(
            "%(placeholders)s is missing: copy it from the Swedish.", placeholders=format_and(lost)
        )
    if added:
        return _("%(placeholders)s does not stand in the Swedish.", placeholders=format_and(added))
    return ""
