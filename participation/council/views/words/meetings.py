"""Sentences about meetings, minutes and decisions."""

from collections.abc import Mapping

from flask import url_for

from participation.activities.rules.states import (
    ACTIVITY_STATE_LABELS,
    ActivityState,
)
from participation.council.models import (
    CouncilDecision,
    CouncilMeeting,
)
from participation.council.rules.meetings import MinutesFacts, MinutesState, minutes_state
from participation.council.views.words.names import Mark, inside_name
from participation.foundation.clock import now, to_local, today
from participation.foundation.files import UnsafeFile
from participation.foundation.i18n import format_day, ngettext
from participation.foundation.i18n import gettext as _
from participation.interest_bank.models import BankMember


def decision_mark(decision: CouncilDecision) -> Mark | None:
    """Whether what was decided is done; None where nobody was to do anything by a day."""
    if decision.done_on is not None:
        return "done", _("Done %(day)s", day=format_day(decision.done_on))
    if decision.due_on is None:
        return None
    if decision.due_on < today():
        late = (today() - decision.due_on).days
        return "late", ngettext("%(num)s day late", "%(num)s days late", late)
    return "going", _("By %(day)s", day=format_day(decision.due_on))


def meeting_mark(meeting: CouncilMeeting) -> Mark:
    """Whether a meeting is to come, held, written down."""
    if meeting.activity.state == ActivityState.CANCELLED:
        return "no", str(ACTIVITY_STATE_LABELS[ActivityState.CANCELLED])
    if meeting.activity.ends_at > now():
        return "new", _("To come")
    if meeting.approved_on is not None:
        return "done", _("Held, minutes approved")
    return "done", _("Held")


def activity_address(meeting: CouncilMeeting) -> str:
    """Where the meeting's invitations are."""
    return url_for("activities.overview", public_id=meeting.activity.public_id)


def minutes_state_of(meeting: CouncilMeeting) -> MinutesState:
    """How far the minutes have come. Agenda and adjusters are loaded."""
    return minutes_state(
        MinutesFacts(
            has_text=bool(meeting.minutes) or any(item.record for item in meeting.agenda),
            adjusted=tuple(one.approved_on is not None for one in meeting.adjusters),
            is_approved=meeting.approved_on is not None,
            is_published=meeting.published_on is not None,
        )
    )


def minutes_mark(meeting: CouncilMeeting) -> Mark:
    """The same as a mark."""
    marks: dict[MinutesState, Mark] = {
        MinutesState.NOTHING: ("no", _("Nothing written yet")),
        MinutesState.DRAFT: ("going", _("Draft")),
        MinutesState.TO_ADJUST: ("soon", _("To be adjusted")),
        MinutesState.APPROVED: ("done", _("Approved")),
        MinutesState.PUBLIC: ("done", _("Approved and public")),
    }
    return marks[minutes_state_of(meeting)]


def is_to_come(meeting: CouncilMeeting) -> bool:
    """Whether a meeting that is not called off has not ended."""
    return meeting.activity.is_still_to_come and meeting.activity.ends_at > now()


def meeting_label(meeting: CouncilMeeting) -> str:
    """A meeting with its day."""
    return f"{format_day(to_local(meeting.activity.starts_at).date())}: {meeting.activity.title}"


def is_late(decision: CouncilDecision) -> bool:
    """Whether what was promised should have been done."""
    is_due = decision.due_on is not None and decision.due_on < today()
    return decision.done_on is None and is_due


def open_words(open_count: int, late: int) -> str:
    """ "Four things are promised, two of them late." """
    if not open_count:
        return _("Everything that was promised is done.")
    promised = ngettext("%(num)s thing is promised", "%(num)s things are promised", open_count)
    if not late:
        return _("%(waits)s.", waits=promised)
    return ngettext(
        "%(waits)s, %(num)s of them late.", "%(waits)s, %(num)s of them late.", late, waits=promised
    )


def file_problem(problem: UnsafeFile) -> str:
    """Why a paper was refused, and what to do."""
    reasons = {
        "empty": _("The file is empty."),
        "too_big": _(
            "The file is larger than 5 megabytes. Divide it, or make its pictures smaller."
        ),
    }
    return reasons.get(
        problem.data.get("reason", ""), _("Choose a PDF. Other kinds of files are not taken.")
    )


def owner_word(decision: CouncilDecision, names: Mapping[int, str]) -> str:
    """Who does what was decided; a member without a name to show is "a council member"."""
    if decision.owner_member_id is not None:
        return names.get(decision.owner_member_id) or _("A council member")
    return decision.owner


def owner_inside(decision: CouncilDecision) -> str:
    """Who does it, as the council knows them."""
    return inside_name(decision.owner_member) if decision.owner_member else decision.owner


def people_named(meeting: CouncilMeeting) -> list[BankMember]:
    """Whose names stand on a meeting's page."""
    people = [one.member for one in meeting.adjusters]
    return people + [one.owner_member for one in meeting.decisions if one.owner_member is not None]


def inside_names(meeting: CouncilMeeting) -> Mapping[int, str]:
    """By member's id, the names in a meeting's minutes as the council knows them."""
    return {member.id: inside_name(member) for member in people_named(meeting)}


def waits_for(meeting: CouncilMeeting, account_id: int | None) -> bool:
    """Whether the minutes wait for this person to say that they are right."""
    return meeting.approved_on is None and any(
        one.member.account_id == account_id and one.approved_on is None for one in meeting.adjusters
    )


def is_promised_by(decision: CouncilDecision, account_id: int | None) -> bool:
    """Whether this person promised what was decided."""
    return decision.owner_member is not None and decision.owner_member.account_id == account_id
