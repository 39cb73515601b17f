"""The year's activities: planned, invited to, held, answered; and those still to come."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from participation.activities.models import Activity, Invitation
from participation.activities.queries import candidates
from participation.activities.rules.details import ActivityDetails
from participation.activities.rules.states import (
    CAN_BE_OPEN_TO_ALL,
    ActivityKind,
    ActivityState,
    Answer,
    RequestState,
)
from participation.activities.rules.tokens import invitation_token
from participation.activities.services import (
    answer_invitation,
    cancel_activity,
    close_attendance,
    create_activity,
    invite_members,
)
from participation.commitments.queries import commitments_about
from participation.commitments.services import answer_commitment
from participation.demo import afterwards, coming
from participation.demo.asking import kind_of
from participation.demo.cast import RESIDENT
from participation.demo.feedback import answerer
from participation.demo.invitations import Asked, lay_in_invitations, send_by
from participation.demo.year import Year
from participation.foundation.outbox.models import OutboxMail
from participation.interest_bank.models import BankMember
from participation.interest_bank.rules import MemberState

PLANNED_BEFORE = timedelta(days=48)
INVITED_BEFORE = timedelta(days=30)
ANSWERED_AFTER = timedelta(days=31)
FRESH = timedelta(days=2)  # the newest invitations went out this long before loading
MOST_INVITED_TO_COMING = 14
MAIN_ORGANISATION = "exempelregionen"

CONTACT = "Ebba Demolund, 010-000 00 00"
ACCESSIBILITY = "Hiss och hörslinga finns. Säg till om du behöver tolk, paus eller någon med dig."

VIDEO = "https://video.example.org/medskapa"

# Whose seats are drawn by lot, so many days from today; everybody has answered who will.
DRAWN_BY_LOT = {"a30": timedelta(days=4)}

# How many came, where the texts say so; else as many as there were seats, or two thirds of many.
CAME = {"a01": 17, "a02": 11, "a05": 17, "a18": 7, "a20": 21}
FULL_DAY_HOURS = 6
FEW_SEATS = 12
SHARE_OF_MANY = 0.6

# Where the demo's resident has been, and where an invitation waits for her.
RESIDENT_WAS_AT = ("a06", "a17")
RESIDENT_IS_ASKED_TO = "a27"


def hold_activities(year: Year) -> None:
    """In the order of time, so that nobody is asked twice within a month."""
    for entry in sorted(year.texts.activities["activities"], key=lambda a: a["starts_at"]):
        request = year.requests.get(entry.get("request", ""))
        if request is not None and request.state in {
            RequestState.SUBMITTED,
            RequestState.INCOMPLETE,
        }:
            continue  # nobody has answered that request yet: its activity is for the visitor
        year.activities[entry["key"]] = _hold(year, entry)
    afterwards.tell_what_they_thought(year)
    coming.prepare(year)


def _hold(year: Year, entry: dict[str, Any]) -> Activity:
    starts_at = year.calendar.starts_at(entry["starts_at"])
    planned_on = min(starts_at.date() - PLANNED_BEFORE, year.calendar.today - PLANNED_BEFORE / 4)
    with year.calendar.stand_at(planned_on, 10, 15):
        request = year.requests.get(entry.get("request", ""))
        activity = create_activity(
            year.session, year.coordinator, _details(year, entry, starts_at), request
        )
        activity.is_fictional = True
    if entry["kind"] == ActivityKind.COUNCIL_MEETING:
        _council_meets(year, activity, entry)
    elif entry["state"] == ActivityState.COMPLETED:
        _completed(year, activity, entry)
    elif entry["state"] == ActivityState.CANCELLED:
        _cancelled(year, activity, entry)
    elif entry["state"] == ActivityState.OPEN:
        _open(year, activity, entry)
    return activity


def _details(year: Year, entry: dict[str, Any], starts_at: datetime) -> ActivityDetails:
    unit = year.units[entry["unit"]] if "unit" in entry else None
    kind = kind_of(entry["kind"])
    group = year.groups["Utvecklingsrådet"] if kind is ActivityKind.COUNCIL_MEETING else None
    return ActivityDetails(
        organisation_id=unit.organisation_id if unit else year.organisations[MAIN_ORGANISATION].id,
        unit_id=unit.id if unit else None,
        group_id=group.id if group else None,
        area_id=year.area_id(entry["area"]),
        kind=kind,
        title=entry["title"],
        link=VIDEO if "på länk" in entry["place"].lower() else None,
        time_text=_time_text(entry["hours"]),
        description=f"{entry['description']}\n\n{entry['task']}",
        place=entry["place"],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=entry["hours"]),
        seats=entry["seats"],
        compensation_text=year.texts.activities["compensation_texts"][entry["compensation"]],
        contact_text=CONTACT,
        accessibility_text=ACCESSIBILITY,
        is_open_to_all=kind in CAN_BE_OPEN_TO_ALL,
        wanted_roles=(),
        wanted_municipalities=(),
        wanted_ways=(),
        course_id=year.course_id(entry.get("course")),
        draw_on=year.calendar.today + DRAWN_BY_LOT[entry["key"]]
        if entry["key"] in DRAWN_BY_LOT
        else None,
    )


def _time_text(hours: float) -> str:
    """What it takes, as a coordinator would write it."""
    if hours >= FULL_DAY_HOURS:
        return "En hel dag, med lunch."
    return f"{str(hours).replace('.', ',')} timmar, med paus." if hours > 1 else "En timme."


def _council_meets(year: Year, activity: Activity, entry: dict[str, Any]) -> None:
    """The council's members are called; most come. The first meeting was held by all twelve."""
    called = [year.members[seat["name"]] for seat in year.texts.council["members"]]
    away = 0 if entry["key"] == "a08" else 1
    is_over = entry["state"] == ActivityState.COMPLETED
    if not is_over:
        called = called[:8] + called[9:]  # the ninth has left
    coming = called[: len(called) - away] if is_over else called[: len(called) // 2]
    asked = Asked(coming=coming, unanswered=[m for m in called if m not in coming])
    _lay_in(year, activity, asked)
    if is_over:
        _close(year, activity, entry, coming)


def _completed(year: Year, activity: Activity, entry: dict[str, Any]) -> None:
    seats = activity.seats
    wanted = CAME.get(entry["key"], seats if seats <= FEW_SEATS else round(seats * SHARE_OF_MANY))
    resident = [year.members[RESIDENT]] if entry["key"] in RESIDENT_WAS_AT else []
    found = _fitting(year, activity, entry, 2 * wanted + 2)
    people = [*resident, *(m for m in found if m.name != RESIDENT)]
    absent = 1 if seats > FEW_SEATS and entry["key"] not in CAME else 0
    coming, rest = people[: wanted + absent], people[wanted + absent :]
    half = len(rest) // 2
    asked = Asked(coming=coming, declined=rest[:half], unanswered=rest[half:])
    _lay_in(year, activity, asked)
    _close(year, activity, entry, coming[: len(coming) - absent])


def _cancelled(year: Year, activity: Activity, entry: dict[str, Any]) -> None:
    people = _fitting(year, activity, entry, 8)
    asked = Asked(coming=people[:2], declined=people[2:5], unanswered=people[5:])
    _lay_in(year, activity, asked)
    with year.calendar.stand_at(activity.starts_at.date() - timedelta(days=6), 9):
        cancel_activity(year.session, year.coordinator, activity, entry["description"])


def _open(year: Year, activity: Activity, entry: dict[str, Any]) -> None:
    """Real invitations with real mails; the resident's and a few more are still to be read."""
    is_residents = entry["key"] == RESIDENT_IS_ASKED_TO
    sent_on = year.calendar.today - (FRESH if is_residents else timedelta(days=12))
    with year.calendar.stand_at(sent_on, 13, 5) as moment:
        chosen = [m for m in _free(year, activity, entry) if m.name != RESIDENT]
        chosen = chosen[:MOST_INVITED_TO_COMING]
        if is_residents:
            chosen.insert(0, year.members[RESIDENT])
        invite_members(
            year.session,
            year.coordinator,
            activity,
            [member.public_id for member in chosen],
            reply_by=min(send_by(moment), activity.starts_at - timedelta(days=1)),
            reason="Egen erfarenhet av området, blandat på ålder, kön och kommun.",
        )
    _answer_open(year, activity, sent_on + timedelta(days=1), is_residents=is_residents)


def _answer_open(year: Year, activity: Activity, on: Any, *, is_residents: bool) -> None:
    """Most have answered; the resident never has, so that her invitation waits for her."""
    invitations = year.session.scalars(
        select(Invitation).where(Invitation.activity_id == activity.id).order_by(Invitation.id)
    ).all()
    reasons = year.texts.activities["decline_reasons"]
    with year.calendar.stand_at(on, 18, 40):
        for number, invitation in enumerate(invitations):
            if is_residents and (number == 0 or number > 7):
                continue
            says = (Answer.YES, Answer.YES, None, Answer.NO, Answer.YES, Answer.NOT_NOW)[number % 6]
            if says is not None:
                words = year.chance.choice(reasons) if says is Answer.NO else None
                answer_invitation(year.session, invitation_token(invitation.public_id), says, words)
    if is_residents:
        _keep_mails(year, [i.public_id for i in (invitations[0], *invitations[8:11])])


def _keep_mails(year: Year, invitation_ids: Sequence[str]) -> None:
    year.fresh_mails.update(
        year.session.scalars(
            select(OutboxMail.id).where(
                OutboxMail.about_kind == "invitation", OutboxMail.about_id.in_(invitation_ids)
            )
        )
    )


def _lay_in(year: Year, activity: Activity, asked: Asked) -> None:
    sent_on = min(activity.starts_at.date() - INVITED_BEFORE, year.calendar.today - FRESH)
    with year.calendar.stand_at(sent_on, 13, 5):
        lay_in_invitations(year, activity, asked)


def _fitting(year: Year, activity: Activity, entry: dict[str, Any], count: int) -> list[BankMember]:
    """Who fits and may be asked that day: those who live there first, then the others.

    What is open to everybody also draws people without experience of its area.
    """
    with year.calendar.stand_at(activity.starts_at.date() - INVITED_BEFORE, 13):
        found = _free(year, activity, entry)[:count]
    if len(found) < count and activity.is_open_to_all:
        known = {member.id for member in found}
        others = [m for m in _in_bank_by(year, activity) if m.id not in known]
        found += year.chance.sample(others, count - len(found))
    return found


def _in_bank_by(year: Year, activity: Activity) -> list[BankMember]:
    return [
        member
        for member in year.members.values()
        if member.state == MemberState.ACTIVE and _was_in_bank(member, activity)
    ]


def _free(year: Year, activity: Activity, entry: dict[str, Any]) -> list[BankMember]:
    council = {seat["name"] for seat in year.texts.council["members"]}
    free = [
        found.member
        for found in candidates(year.session, year.coordinator, activity).free
        if found.member.name not in council and _was_in_bank(found.member, activity)
    ]
    year.chance.shuffle(free)
    return sorted(free, key=lambda m: m.municipality_code != entry["municipality"])


def _was_in_bank(member: BankMember, activity: Activity) -> bool:
    joined = member.confirmed_at
    return joined is not None and joined < activity.starts_at - INVITED_BEFORE


def _close(
    year: Year, activity: Activity, entry: dict[str, Any], present: Sequence[BankMember]
) -> None:
    """Who was there, and what the organisation answers a month later: what it led to."""
    held_on = activity.starts_at.date()
    with year.calendar.stand_at(held_on + timedelta(days=1), 11):
        close_attendance(
            year.session, year.coordinator, activity, [member.public_id for member in present]
        )
    if entry["led_to"] is None:
        return
    (commitment,) = commitments_about(year.session, "activity", activity.public_id)
    answered_on = min(held_on + ANSWERED_AFTER, year.calendar.today - timedelta(days=8))
    with year.calendar.stand_at(answered_on, 15, 30):
        answer_commitment(
            year.session,
            answerer(year, commitment),
            commitment,
            answer="yes",
            answer_text=entry["led_to"],
            is_done=True,
        )
