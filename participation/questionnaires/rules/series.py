"""Next year's round after last year's: its name and days, and what can no longer be compared."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.content import Content, Question
from participation.questionnaires.rules.kinds import kind_of
from participation.questionnaires.rules.words import FIRST_LANGUAGE

A_YEAR = timedelta(weeks=52)  # the same weekday
_YEAR = re.compile(r"\b(19|20)\d\d\b")


@dataclass(frozen=True)
class NextRound:
    label: str
    opens_on: date
    closes_on: date


def next_round(label: str, opens_on: date, closes_on: date, today: date) -> NextRound:
    """The same days a year later, or as many years as it takes to come after `today`.

    >>> next_round("Hösten 2026", date(2026, 10, 5), date(2026, 10, 25), date(2026, 11, 12)).label
    'Hösten 2027'
    """
    years = 1
    while opens_on + years * A_YEAR <= today:
        years += 1
    opens, closes = opens_on + years * A_YEAR, closes_on + years * A_YEAR
    found = _YEAR.search(label)
    if found is None:
        return NextRound(f"{label} {opens.year}"[:40], opens, closes)
    year = str(int(found[0]) + years)
    return NextRound(label[: found.start()] + year + label[found.end() :], opens, closes)


def breaks(before: Content, after: Content) -> Sequence[tuple[str, str]]:
    """(question, why it cannot be compared) for every closed question of the round before."""
    found = []
    for key, old in before.asked.items():
        if kind_of(old).is_closed:
            why = _why(old, after.asked.get(key))
            if why:
                found.append((old.text.said(FIRST_LANGUAGE), why))
    return found


def _why(old: Question, new: Question | None) -> str:
    if new is None:
        return _("is not asked any more")
    if old.text.said(FIRST_LANGUAGE) != new.text.said(FIRST_LANGUAGE) or old.kind != new.kind:
        return _("is asked in another way")
    if _answers(old) != _answers(new):
        return _("has other answers to choose from")
    return ""


def _answers(question: Question) -> list[tuple[str, str]]:
    return [(option.code, option.text.said(FIRST_LANGUAGE)) for option in question.options]
