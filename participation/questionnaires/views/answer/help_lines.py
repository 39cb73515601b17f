"""Where to turn when a question is hard: at the foot of every answer page.

The county's own lines, remembered for a minute so that not every page has to ask.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from participation.county.queries import help_contacts
from participation.foundation.i18n import current_locale

LINES_SECONDS = 60
MOST_LINES = 3
CHILDREN = "children"


@dataclass(frozen=True)
class HelpLine:
    name: str
    phone: str
    text: str


class HelpLines:
    """The lines for adults or children, in the reader's language."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[float, tuple[HelpLine, ...]]] = {}

    def __call__(self, db: Callable[[], Session], *, for_children: bool) -> tuple[HelpLine, ...]:
        """Takes the request's session only when it has to ask the database."""
        audience, locale = CHILDREN if for_children else "", current_locale()
        until, known = self._known.get((audience, locale), (0.0, ()))
        if time.monotonic() < until:
            return known
        found = help_contacts(db(), audience or None)[:MOST_LINES]
        lines = tuple(HelpLine(c.name_in(locale), c.phone, c.text_in(locale)) for c in found)
        if lines:
            self._known[audience, locale] = (time.monotonic() + LINES_SECONDS, lines)
        return lines
