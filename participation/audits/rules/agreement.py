"""What an agreement about an audit holds, and a plan that hangs together. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from participation.audits.rules.states import FOLLOW_UP_DAYS, AuditState
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.working_days import working_days_after

READING_DAYS = 10  # working days from the report
INFORMED_BEFORE = timedelta(weeks=2)  # the team is whole when those it concerns are told


class Milestone(StrEnum):
    """The parts of an audit that have a day, in their order."""

    INFORMATION = "information"
    INTERVIEWS_FROM = "interviews_from"
    INTERVIEWS_TO = "interviews_to"
    REPORT = "report"
    FACTS = "facts"
    FEEDBACK = "feedback"
    FOLLOW_UP = "follow_up"


MILESTONE_LABELS: Mapping[Milestone, Any] = {
    Milestone.INFORMATION: _l("Those it concerns are told"),
    Milestone.INTERVIEWS_FROM: _l("The first interview"),
    Milestone.INTERVIEWS_TO: _l("The last interview"),
    Milestone.REPORT: _l("The report is handed over"),
    Milestone.FACTS: _l("The unit has said which facts are wrong"),
    Milestone.FEEDBACK: _l("The feedback meeting"),
    Milestone.FOLLOW_UP: _l("The follow-up"),
}
# The state an audit is in once a milestone has been passed; the reading for facts has none.
REACHED_WITH: Mapping[Milestone, AuditState] = {
    Milestone.INFORMATION: AuditState.PREPARING,
    Milestone.INTERVIEWS_FROM: AuditState.INTERVIEWING,
    Milestone.INTERVIEWS_TO: AuditState.ANALYSING,
    Milestone.REPORT: AuditState.REPORTED,
    Milestone.FEEDBACK: AuditState.FED_BACK,
    Milestone.FOLLOW_UP: AuditState.FOLLOWED_UP,
}


def proposed_plan(period_from: date, period_to: date) -> dict[Milestone, date]:
    """A plan to begin from: told two weeks before, report five weeks after, follow-up in a year.

    >>> plan = proposed_plan(date(2026, 3, 2), date(2026, 3, 27))
    >>> [plan[one].isoformat() for one in (Milestone.INFORMATION, Milestone.REPORT)]
    ['2026-02-16', '2026-05-01']
    """
    report = period_to + timedelta(weeks=5)
    facts = proposed_reading(report)
    feedback = max(report + timedelta(weeks=2), facts)
    return {
        Milestone.INFORMATION: period_from - INFORMED_BEFORE,
        Milestone.INTERVIEWS_FROM: period_from,
        Milestone.INTERVIEWS_TO: period_to,
        Milestone.REPORT: report,
        Milestone.FACTS: facts,
        Milestone.FEEDBACK: feedback,
        Milestone.FOLLOW_UP: feedback + timedelta(days=sum(FOLLOW_UP_DAYS) // 2),
    }


def proposed_reading(report: date) -> date:
    """Until when the unit reads a report for wrong facts, where nothing else is agreed.

    >>> proposed_reading(date(2026, 4, 30))
    datetime.date(2026, 5, 18)
    """
    return working_days_after(report, READING_DAYS)


def out_of_order(plan: Mapping[Milestone, date]) -> Milestone | None:
    """The first milestone that comes before the one it follows; None when all is in order."""
    before: date | None = None
    for milestone in Milestone:
        if before is not None and plan[milestone] < before:
            return milestone
        before = plan[milestone]
    return None


def is_follow_up_in_time(plan: Mapping[Milestone, date]) -> bool:
    """Six to twelve months after the feedback meeting. Source: DOMAIN.md, model point 6."""
    shortest, longest = FOLLOW_UP_DAYS
    return shortest <= (plan[Milestone.FOLLOW_UP] - plan[Milestone.FEEDBACK]).days <= longest
