"""Training: who was trained before the platform came, and who waits for the next occasion."""

from datetime import timedelta

from participation.demo.cast import RESIDENT
from participation.demo.year import Year
from participation.foundation.permissions import Actor
from participation.interest_bank.rules import Assignment, MemberState
from participation.training.queries import course_by_key
from participation.training.services import record_completion, want_to_be_told

AUDITOR_COURSE, STORY_COURSE = "lar-dig-granska", "din-berattelse"
# Days before the day of loading. The second ends within two months; 36 months are about 1,096 days.
TRAINED_BEFORE = (700, 1_065, 690, 705, 680)
TRAINED = 16  # the first are those in teams
WAITING = 4
REASON = "Har intyg från kursen som hölls innan plattformen fanns."


def train_auditors(year: Year) -> None:
    """The teams of both audits and some more, so that only trained people examine a unit."""
    written = year.texts.audit
    names = dict.fromkeys(
        auditor["name"]
        for team in (written["team"], written["next_audit"].get("team", ()))
        for auditor in team
    )
    names |= dict.fromkeys(
        member.name
        for member in year.members.values()
        if Assignment.AUDIT in member.assignments and member.state == MemberState.ACTIVE
    )
    course = course_by_key(year.session, AUDITOR_COURSE)
    for number, name in enumerate(list(names)[:TRAINED]):
        days = TRAINED_BEFORE[number % len(TRAINED_BEFORE)]
        with year.calendar.stand_at(year.calendar.today - timedelta(days=300), 9):
            record_completion(
                year.session,
                year.coordinator,
                course,
                year.members[name].account_id,
                on=year.calendar.today - timedelta(days=days),
                reason=REASON,
            )


def wait_for_courses(year: Year) -> None:
    """The demo's resident and a few more want to be told."""
    course = course_by_key(year.session, STORY_COURSE)
    active = [m for m in year.members.values() if m.state == MemberState.ACTIVE]
    for member in (year.members[RESIDENT], *active[40 : 40 + WAITING]):
        want_to_be_told(year.session, Actor(account_id=member.account_id), course)
