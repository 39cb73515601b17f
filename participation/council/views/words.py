"""Sentences about the council: how many seats are filled, how far an answer has come."""

from collections.abc import Mapping, Sequence

from flask import url_for

from participation.activities.rules.states import ACTIVITY_STATE_LABELS, ActivityState
from participation.commitments.rules import Answer
from participation.council.models import (
    CouncilDecision,
    CouncilMeeting,
    CouncilSeat,
    CouncilTerm,
    Representation,
    SeatOffer,
)
from participation.council.queries import CouncilPage, Places, StatementLine
from participation.council.rules.meetings import MinutesFacts, MinutesState, minutes_state
from participation.council.rules.offers import OFFER_LABELS, OfferState
from participation.council.rules.places import RepresentationKind
from participation.council.rules.statements import StatementState
from participation.council.rules.succession import VACANCY_LABELS
from participation.foundation.clock import now, to_local, today
from participation.foundation.files import UnsafeFile
from participation.foundation.i18n import current_locale, format_day, format_number, ngettext
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
    return member.code if member.is_protected or not member.name else member.name


def seat_label(seat: CouncilSeat) -> str:
    """ "Seat 3: Alva Mallgren", for those who appoint."""
    assert seat.member is not None
    name = inside_name(seat.member)
    if seat.is_alternate:
        return _("Alternate %(number)s: %(name)s", number=seat.number, name=name)
    return _("Seat %(number)s: %(name)s", number=seat.number, name=name)


def alternate_label(seat: CouncilSeat) -> str:
    """An alternate with where they live, so that one sees what becomes of the spread."""
    member = seat.member
    if member is None or member.is_protected or member.municipality is None:
        return seat_label(seat)
    return f"{seat_label(seat)}, {member.municipality.name_in(current_locale())}"


def inside_names(meeting: CouncilMeeting) -> Mapping[int, str]:
    """By member's id, the names in a meeting's minutes as the council knows them."""
    people = [one.member for one in meeting.adjusters]
    people += [one.owner_member for one in meeting.decisions if one.owner_member is not None]
    return {member.id: inside_name(member) for member in people}


def public_names(seats: Sequence[CouncilSeat]) -> Mapping[int, str]:
    """By member's id, the names that members want everybody to see. The others have none."""
    return {
        seat.member_id: seat.public_name
        for seat in seats
        if seat.member_id is not None and seat.public_name is not None
    }


def owner_word(decision: CouncilDecision, names: Mapping[int, str]) -> str:
    """Who does what was decided; a member without a name to show is "a council member"."""
    if decision.owner_member_id is not None:
        return names.get(decision.owner_member_id) or _("A council member")
    return decision.owner


def owner_inside(decision: CouncilDecision) -> str:
    """Who does it, as the council knows them."""
    return inside_name(decision.owner_member) if decision.owner_member else decision.owner


def waits_for(meeting: CouncilMeeting, account_id: int | None) -> bool:
    """Whether the minutes wait for this person to say that they are right."""
    return meeting.approved_on is None and any(
        one.member.account_id == account_id and one.approved_on is None for one in meeting.adjusters
    )


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


def state_mark(line: StatementLine) -> Mark:
    """How far a statement has come, from draft to followed up."""
    if line.state is StatementState.DRAFT:
        return "no", _("Draft")
    if line.state is StatementState.AGREED:
        return "soon", _("Agreed, not sent yet")
    if line.state is StatementState.FOLLOWED_UP:
        assert line.statement.followed_up_on is not None
        day = format_day(line.statement.followed_up_on)
        return "done", _("Followed up %(day)s", day=day)
    return answer_mark(line)


def may_appoint(actor: Actor) -> bool:
    """Whether the person leads the council's work: appoints, plans, throws away."""
    return actor.scope(Permission.MANAGE_COUNCIL).everywhere


def empty_mark(offer: SeatOffer | None, may_appoint: bool) -> Mark:
    """Empty; or, for those who appoint, that somebody is asked."""
    if may_appoint and offer is not None:
        return "going", _("Asked, answers by %(day)s", day=format_day(offer.reply_by))
    return "soon", _("Empty")


def offer_mark(offer: SeatOffer) -> Mark:
    """What became of a question about a seat."""
    shapes = {OfferState.ASKED.value: "going", OfferState.ACCEPTED.value: "done"}
    return shapes.get(offer.state, "no"), str(OFFER_LABELS[offer.state])


def vacancy_reason(seat: CouncilSeat) -> str:
    """Why a seat became empty, for those who appoint."""
    kind = str(VACANCY_LABELS[seat.vacant_kind]) if seat.vacant_kind else ""
    return ". ".join(part for part in (kind, seat.vacant_reason or "") if part)


def place_title(place: Places, locale_code: str) -> str:
    """The group, and which kind of place where it has both."""
    name = place.group.name_in(locale_code)
    if place.kind is RepresentationKind.ALTERNATE:
        return _("%(group)s, alternate", group=name)
    return name


def place_people(place: Places) -> str:
    """Who holds the places, by the names they chose, as everybody sees it."""
    names = [item.public_name or _anonymous(item) for item in place.held]
    return ", ".join([*names, empty_places(place)] if place.free else names)


def empty_places(place: Places) -> str:
    """ "2 empty places" """
    return ngettext("%(num)s empty place", "%(num)s empty places", place.free)


def _anonymous(item: Representation) -> str:
    if item.seat is not None:
        return _("Seat %(number)s", number=item.seat.number)
    return _("Somebody from the interest bank")


def places_words(places: Sequence[Places]) -> str:
    """ "Six of eight places for residents are filled." """
    wanted = sum(place.wanted for place in places)
    filled = sum(len(place.held) for place in places)
    return ngettext(
        "%(filled)s of %(num)s place for residents is filled.",
        "%(filled)s of %(num)s places for residents are filled.",
        wanted,
        filled=format_number(filled),
    )
