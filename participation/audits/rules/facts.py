"""The reading for facts: until when the unit says what is wrong in a report, and answers. Pure."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from participation.audits.rules.agreement import Milestone, proposed_reading
from participation.audits.rules.states import AuditState
from participation.foundation.i18n import lazy_gettext as _l

READING_OPEN = (AuditState.REPORTED, AuditState.FED_BACK, AuditState.ANSWERED)


class FactAnswer(StrEnum):
    """What the auditors say to "this fact is wrong"."""

    CORRECTED = "corrected"
    STAYS = "stays"


FACT_ANSWER_LABELS: Mapping[str, Any] = {
    FactAnswer.CORRECTED: _l("It is wrong, and we correct it"),
    FactAnswer.STAYS: _l("It stays as it is"),
}


def reading_ends(handed_over_on: date, plan: Mapping[Milestone, date]) -> date:
    """The day that was agreed on; after a report that came late, ten working days at least.

    >>> plan = {Milestone.REPORT: date(2026, 5, 4), Milestone.FACTS: date(2026, 5, 11)}
    >>> reading_ends(date(2026, 5, 4), plan), reading_ends(date(2026, 5, 8), plan)
    (datetime.date(2026, 5, 11), datetime.date(2026, 5, 25))
    """
    agreed = plan[Milestone.FACTS]
    if handed_over_on <= plan[Milestone.REPORT] and handed_over_on < agreed:
        return agreed
    return max(agreed, proposed_reading(handed_over_on))


def is_reading_open(state: AuditState, facts_until: date | None, today: date) -> bool:
    """Whether the unit may say now that a fact is wrong."""
    return state in READING_OPEN and facts_until is not None and today <= facts_until
