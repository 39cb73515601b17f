"""Sentences about the council: how many seats are filled, how far an answer has come."""

from flask import url_for

from participation.activities.rules.states import ACTIVITY_STATE_LABELS, ActivityState
from participation.commitments.rules import Answer
from participation.council.models import CouncilDecision, CouncilMeeting, CouncilSeat, CouncilTerm
from participation.council.queries import CouncilPage, StatementLine
from participation.foundation.clock import now, today
from participation.foundation.i18n import format_day, format_number, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor, Permission
from participation.interest_bank.models import BankMember

Mark = tuple[str, str]  # a shape of the `status` macro, and its words


def answer_mark(line: StatementLine) -> Mark:
    """How far the group's answer has come."""
    commitment = line.commitment
    if commitment is None:
        return "no", _("Not sent yet")
    if commitment.answered_on is None:
        if line.days_late:
            return "late", ngettext("%(num)s day late", "%(num)s days late", line.days_late)
        return "going", _("Awaited by %(day)s", day=format_day(commitment.due_on))
    said = {
        Answer.YES.value: ("done", _("Answered yes %(day)s")),
        Answer.PARTLY.value: ("going", _("Answered yes, partly, %(day)s")),
        Answer.NO.value: ("no", _("Answered no %(day)s")),
    }
    shape, words = said[commitment.answer or Answer.NO.value]
    return shape, words % {"day": format_day(commitment.answered_on)}


def answer_word(line: StatementLine) -> str:
    """The answer in a word; nothing where the group's own words begin with it."""
    words = {
        Answer.YES.value: _("Yes."),
        Answer.PARTLY.value: _("Partly."),
        Answer.NO.value: f"{_('No')}.",
    }
    commitment = line.commitment
    word = words.get(commitment.answer or "", "") if commitment else ""
    text = commitment.answer_text if commitment else ""
    return "" if text.startswith(word[:-1]) else word


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


def lead(page: CouncilPage) -> str:
    """The page's news in a sentence or two."""
    return f"{lead_seats(page)} {waiting_words(page.waiting, page.late)}"


def lead_seats(page: CouncilPage) -> str:
    """ "11 of 12 seats are filled." """
    total = len(page.ordinary)
    return ngettext(
        "%(filled)s of %(num)s seat is filled.",
        "%(filled)s of %(num)s seats are filled.",
        total,
        filled=format_number(page.filled),
    )


def waiting_words(waiting: int, late: int) -> str:
    """ "Two statements wait for an answer, one of them late." """
    if not waiting:
        return _("No statement waits for an answer.")
    waits = ngettext(
        "%(num)s statement waits for an answer", "%(num)s statements wait for an answer", waiting
    )
    if not late:
        return _("%(waits)s.", waits=waits)
    if late == waiting:
        return (
            _("%(waits)s. It is late.", waits=waits)
            if late == 1
            else _("%(waits)s. All of them are late.", waits=waits)
        )
    return ngettext(
        "%(waits)s, %(num)s of them late.", "%(waits)s, %(num)s of them late.", late, waits=waits
    )


def term_words(term: CouncilTerm) -> str:
    return _(
        "Term of office %(start)s – %(end)s",
        start=format_day(term.starts_on),
        end=format_day(term.ends_on),
    )


def seats_description(page: CouncilPage) -> str:
    """The seat map for those who do not see it."""
    total = ngettext(
        "%(num)s seat around a table.", "%(num)s seats around a table.", len(page.ordinary)
    )
    empty = [str(seat.number) for seat in page.ordinary if seat.is_vacant]
    parts = [total]
    if empty:
        parts.append(
            ngettext(
                "Seat %(which)s is empty.",
                "The seats %(which)s are empty.",
                len(empty),
                which=", ".join(empty),
            )
        )
    return " ".join([*parts, _("Names stand in the list.")])


def vacancy(seat: CouncilSeat) -> str:
    if seat.vacant_since is None:
        return _("Not filled yet")
    return _("Empty since %(day)s", day=format_day(seat.vacant_since))


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


def inside_name(member: BankMember) -> str:
    """A member's name inside the council; a protected person goes by their code here too."""
    return member.code if member.is_protected else member.name


def may_appoint(actor: Actor) -> bool:
    """Whether the person leads the council's work: appoints, plans, throws away."""
    return actor.scope(Permission.MANAGE_COUNCIL).everywhere
