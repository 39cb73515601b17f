"""Reads of requests, activities and invitations. Fetching is authorising.

Coordinators see everything; an organisation's contact persons see their own organisation's
requests and activities, never who was invited.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from participation.activities.models import (
    Activity,
    Attendance,
    Invitation,
    InvitationRound,
    ParticipationRequest,
    RequestMessage,
)
from participation.activities.rules.burden import Burden, Rest, rest_for
from participation.activities.rules.states import (
    CAN_BE_OPEN_TO_ALL,
    STILL_TO_COME,
    ActivityState,
    InvitationState,
    RequestState,
)
from participation.activities.rules.tokens import TOKEN_PURPOSE
from participation.county.models import Organisation, Unit
from participation.foundation.clock import now, to_local, today, year_start
from participation.foundation.crypto import token_hash
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission, Scope
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries import (
    Criteria,
    Filters,
    matching_members,
    members_visible_to,
)

REQUEST_WHOLE = (
    joinedload(ParticipationRequest.organisation),
    joinedload(ParticipationRequest.unit),
    joinedload(ParticipationRequest.area),
)
ACTIVITY_WHOLE = (
    joinedload(Activity.organisation),
    joinedload(Activity.unit),
    joinedload(Activity.group),
    joinedload(Activity.area),
)
INVITATION_WHOLE = (
    joinedload(Invitation.activity).options(
        joinedload(Activity.organisation), joinedload(Activity.unit), joinedload(Activity.area)
    ),
    joinedload(Invitation.round),
    joinedload(Invitation.member),
)


# ---------------------------------------------------------------- requests


def requests_visible_to(
    actor: Actor, state: str = "", organisation_id: int | None = None
) -> Select[ParticipationRequest]:
    """Requests the person may see, newest first, as a statement for paging.

    Coordinators see no draft but their own; an organisation sees all of its own.
    """
    statement = select(ParticipationRequest).where(_may_see_request(actor))
    if state in set(RequestState):
        statement = statement.where(ParticipationRequest.state == state)
    if organisation_id is not None:
        statement = statement.where(ParticipationRequest.organisation_id == organisation_id)
    return statement.options(*REQUEST_WHOLE).order_by(
        ParticipationRequest.created_at.desc(), ParticipationRequest.id.desc()
    )


def request_visible_to(
    session: Session, actor: Actor, public_id: str, *, to_change: bool = False
) -> ParticipationRequest:
    """One request; `to_change` locks it. Raises NotFound, also for what may not be seen."""
    statement = (
        select(ParticipationRequest)
        .where(_may_see_request(actor), ParticipationRequest.public_id == public_id)
        .options(*REQUEST_WHOLE)
    )
    if to_change:
        statement = statement.with_for_update(of=ParticipationRequest)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def messages_about(session: Session, request_id: int) -> Sequence[RequestMessage]:
    """The talk about a request, oldest first."""
    return session.scalars(
        select(RequestMessage)
        .where(RequestMessage.request_id == request_id)
        .order_by(RequestMessage.created_at, RequestMessage.id)
    ).all()


def activity_of_request(session: Session, request_id: int) -> Activity | None:
    """The newest activity that was made out of a request."""
    return session.scalar(
        select(Activity)
        .where(Activity.request_id == request_id)
        .order_by(Activity.id.desc())
        .limit(1)
    )


def organisations_of(session: Session, actor: Actor) -> Sequence[Organisation]:
    """The organisations the person may file requests for, by name."""
    scope = actor.scope(Permission.FILE_REQUEST)
    statement = select(Organisation).where(Organisation.is_current)
    if not scope.everywhere:
        statement = statement.where(Organisation.id.in_(scope.organisation_ids))
    return session.scalars(statement.order_by(Organisation.name, Organisation.id)).all()


def _may_see_request(actor: Actor) -> ColumnElement[bool]:
    request = ParticipationRequest
    own = actor.scope(Permission.FILE_REQUEST)
    handled = actor.scope(Permission.HANDLE_REQUEST)
    if handled:
        is_sent = or_(
            request.state != RequestState.DRAFT, request.created_by_account_id == actor.account_id
        )
        return is_sent & _within(handled, request.organisation_id)
    return _within(own, request.organisation_id)


def _within(scope: Scope, organisation_id: ColumnElement[int] | Any) -> ColumnElement[bool]:
    if scope.everywhere:
        return true()
    return organisation_id.in_(scope.organisation_ids) if scope.organisation_ids else false()


# ---------------------------------------------------------------- activities


@dataclass(frozen=True, kw_only=True)
class ActivityFilters:
    """What a list of activities is narrowed by; empty means all."""

    state: str = ""
    area_id: int | None = None
    year: int | None = None


def activities_visible_to(actor: Actor, filters: ActivityFilters | None = None) -> Select[Activity]:
    """Activities the person may see, those still to come first, as a statement for paging."""
    filters = filters or ActivityFilters()
    statement = select(Activity).where(_may_see_activity(actor, Permission.READ_ACTIVITIES))
    if filters.state in set(ActivityState):
        statement = statement.where(Activity.state == filters.state)
    if filters.area_id is not None:
        statement = statement.where(Activity.area_id == filters.area_id)
    if filters.year is not None:
        start, end = _year(filters.year)
        statement = statement.where(Activity.starts_at >= start, Activity.starts_at < end)
    return statement.options(*ACTIVITY_WHOLE).order_by(
        Activity.state.in_(STILL_TO_COME).desc(), Activity.starts_at.desc(), Activity.id.desc()
    )


def activity_visible_to(
    session: Session,
    actor: Actor,
    public_id: str,
    permission: Permission = Permission.READ_ACTIVITIES,
) -> Activity:
    """One activity where the person holds `permission`. Raises NotFound."""
    found = session.scalar(
        select(Activity)
        .where(_may_see_activity(actor, permission), Activity.public_id == public_id)
        .options(*ACTIVITY_WHOLE)
    )
    if found is None:
        raise NotFound
    return found


def public_activity(session: Session, public_id: str) -> Activity:
    """An activity open to everybody. Raises NotFound for any other."""
    found = session.scalar(
        select(Activity)
        .where(_is_public(), Activity.public_id == public_id)
        .options(*ACTIVITY_WHOLE)
    )
    if found is None:
        raise NotFound
    return found


def public_activities(session: Session, most: int = 20) -> Sequence[Activity]:
    """Coming activities that are open to everybody, nearest first."""
    return session.scalars(
        select(Activity)
        .where(_is_public(), Activity.state.in_(STILL_TO_COME), Activity.ends_at > now())
        .order_by(Activity.starts_at, Activity.id)
        .limit(most)
    ).all()


def answer_counts(session: Session, activity_ids: Sequence[int]) -> Mapping[int, Mapping[str, int]]:
    """How many invitations each activity has in each state. One query."""
    counted: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = session.execute(
        select(Invitation.activity_id, Invitation.state, func.count())
        .where(Invitation.activity_id.in_(activity_ids))
        .group_by(Invitation.activity_id, Invitation.state)
    )
    for activity_id, state, count in rows:
        counted[activity_id][state] = count
    return counted


def completed_with_participation(session: Session, years: range) -> dict[int, int | None]:
    """Completed activities in which somebody from the bank took part, by year. One query."""
    came = select(Attendance.activity_id).where(Attendance.present)
    moments = session.scalars(
        select(Activity.starts_at).where(
            Activity.state == ActivityState.COMPLETED,
            Activity.starts_at >= year_start(years.start),
            Activity.starts_at < year_start(years.stop),
            Activity.id.in_(came),
        )
    )
    by_year = Counter(to_local(moment).year for moment in moments)
    return {year: by_year[year] for year in years}


def _may_see_activity(actor: Actor, permission: Permission) -> ColumnElement[bool]:
    return _within(actor.scope(permission), Activity.organisation_id)


def _is_public() -> ColumnElement[bool]:
    return Activity.is_open_to_all & Activity.kind.in_(CAN_BE_OPEN_TO_ALL)


def _year(year: int) -> tuple[datetime, datetime]:
    return year_start(year), year_start(year + 1)


# ---------------------------------------------------------------- matching


@dataclass(frozen=True)
class Candidate:
    """Somebody who fits, with what was asked of them so far."""

    member: BankMember
    burden: Burden
    rest: Rest | None = None


@dataclass(frozen=True)
class Candidates:
    """Everybody who fits an activity. Nobody is left out in silence: who rests is listed with why.

    `free` stands in fair turn: least asked this year first.
    """

    free: Sequence[Candidate] = field(default_factory=tuple)
    resting: Sequence[Candidate] = field(default_factory=tuple)
    already_asked: int = 0

    @property
    def fitting(self) -> int:
        return len(self.free) + len(self.resting) + self.already_asked


def candidates(
    session: Session, actor: Actor, activity: Activity, narrowed: Filters | None = None
) -> Candidates:
    """Who fits the activity: free to be asked, resting, or asked already. Constant queries.

    `narrowed` shortens the list of those free to be asked, and nothing else.
    """
    fitting = matching_members(
        session,
        actor,
        Criteria(
            area_id=activity.area_id,
            roles=activity.wanted_roles,
            municipality_codes=activity.wanted_municipalities,
            ways=activity.wanted_ways,
        ),
    )
    burdens, asked = _burdens(session, activity.id)
    shown = None if narrowed is None else _ids_of(session, actor, narrowed)
    found = [
        Candidate(member, burden, _rest(member, burden))
        for member in fitting
        if member.id not in asked
        for burden in (burdens.get(member.id, Burden()),)
    ]
    return Candidates(
        free=sorted(
            (c for c in found if c.rest is None and (shown is None or c.member.id in shown)),
            key=lambda c: (
                c.burden.asked_this_year,
                c.burden.last_asked_on or date.min,
                c.member.id,
            ),
        ),
        resting=[c for c in found if c.rest is not None],
        already_asked=sum(member.id in asked for member in fitting),
    )


def _ids_of(session: Session, actor: Actor, narrowed: Filters) -> set[int]:
    statement = members_visible_to(actor, narrowed).with_only_columns(BankMember.id)
    return set(session.scalars(statement.order_by(None)))


def _rest(member: BankMember, burden: Burden) -> Rest | None:
    return rest_for(
        burden,
        today=today(),
        is_resting=member.is_resting_on(today()),
        paused_until=member.paused_until,
        yearly_ceiling=member.yearly_ceiling,
    )


def _burdens(session: Session, activity_id: int) -> tuple[Mapping[int, Burden], set[int]]:
    """What was asked of everybody, over all organisations, and who was asked to this activity.

    One query. Invitations that were taken back are no burden.
    """
    start, _end = _year(today().year)
    counts = Invitation.state != InvitationState.WITHDRAWN
    rows: Any = session.execute(
        select(
            Invitation.member_id,
            func.count().filter(counts, Invitation.created_at >= start),
            func.max(Invitation.created_at).filter(counts),
            func.count().filter(Invitation.activity_id == activity_id),
        ).group_by(Invitation.member_id)
    ).all()
    burdens = {
        member_id: Burden(count, None if last is None else to_local(last).date())
        for member_id, count, last, _here in rows
    }
    return burdens, {member_id for member_id, _count, _last, here in rows if here}


# ---------------------------------------------------------------- invitations


def invitation_by_token(session: Session, token: str) -> Invitation:
    """The invitation a personal link opens, with its activity. Raises NotFound."""
    found = session.scalar(
        select(Invitation)
        .where(Invitation.token_hash == token_hash(TOKEN_PURPOSE, token))
        .options(*INVITATION_WHOLE)
    )
    if found is None:
        raise NotFound
    return found


def invitation_of_activity(session: Session, activity: Activity, public_id: str) -> Invitation:
    """One invitation of an activity the caller may manage. Raises NotFound."""
    found = session.scalar(
        select(Invitation).where(
            Invitation.activity_id == activity.id, Invitation.public_id == public_id
        )
    )
    if found is None:
        raise NotFound
    return found


def invitations_of(session: Session, activity_id: int) -> Sequence[Invitation]:
    """An activity's invitations with their people and rounds, in the order they were sent."""
    return session.scalars(
        select(Invitation)
        .where(Invitation.activity_id == activity_id)
        .options(joinedload(Invitation.member), joinedload(Invitation.round))
        .order_by(Invitation.round_id, Invitation.waiting_number.nulls_last(), Invitation.id)
    ).all()


def attendances_of(session: Session, activity_id: int) -> Mapping[int, bool]:
    """Who was there, by member id."""
    rows = session.execute(
        select(Attendance.member_id, Attendance.present).where(
            Attendance.activity_id == activity_id
        )
    )
    return {row.member_id: row.present for row in rows}


@dataclass(frozen=True)
class OwnInvitation:
    """One of a person's own invitations, as their start page and trail show it."""

    public_id: str
    state: str
    sent_at: datetime
    answered_at: datetime | None
    reply_by: datetime
    reason: str | None
    question: str | None
    activity_public_id: str
    activity_state: str
    kind: str
    title: str
    starts_at: datetime
    was_there: bool | None

    @property
    def can_be_answered(self) -> bool:
        return (
            self.state == InvitationState.SENT
            and self.activity_state in STILL_TO_COME
            and now() < self.reply_by
        )


def own_invitations(session: Session, account_id: int) -> Sequence[OwnInvitation]:
    """A person's own invitations, newest first. One query."""
    rows: Any = session.execute(
        select(
            Invitation.public_id,
            Invitation.state,
            Invitation.created_at,
            Invitation.answered_at,
            InvitationRound.reply_by,
            Invitation.reason,
            Invitation.question,
            Activity.public_id,
            Activity.state,
            Activity.kind,
            Activity.title,
            Activity.starts_at,
            Attendance.present,
        )
        .join(BankMember, BankMember.id == Invitation.member_id)
        .join(InvitationRound, InvitationRound.id == Invitation.round_id)
        .join(Activity, Activity.id == Invitation.activity_id)
        .outerjoin(
            Attendance,
            (Attendance.activity_id == Invitation.activity_id)
            & (Attendance.member_id == Invitation.member_id),
        )
        .where(BankMember.account_id == account_id)
        .order_by(Invitation.created_at.desc(), Invitation.id.desc())
    )
    return [OwnInvitation(*row) for row in rows]


def unanswered_questions(session: Session, actor: Actor) -> Sequence[tuple[Activity, int]]:
    """Activities in which invited people asked for more before answering, and how many did."""
    rows = session.execute(
        select(Activity, func.count(Invitation.id))
        .join(Invitation, Invitation.activity_id == Activity.id)
        .where(
            _may_see_activity(actor, Permission.MANAGE_ACTIVITIES),
            Activity.state.in_(STILL_TO_COME),
            Invitation.state == InvitationState.SENT,
            Invitation.asked_at.is_not(None),
        )
        .group_by(Activity.id)
        .order_by(Activity.starts_at, Activity.id)
    )
    return [(activity, count) for activity, count in rows]


def activities_to_act_on(session: Session, actor: Actor) -> Sequence[Activity]:
    """Activities that wait for a coordinator: nobody invited yet, or attendance not noted."""
    return session.scalars(
        select(Activity)
        .where(
            _may_see_activity(actor, Permission.MANAGE_ACTIVITIES),
            or_(
                (Activity.state == ActivityState.PLANNED),
                (Activity.state == ActivityState.OPEN) & (Activity.starts_at <= now()),
            ),
        )
        .order_by(Activity.starts_at, Activity.id)
    ).all()


def requests_to_act_on(
    session: Session, actor: Actor
) -> Sequence[tuple[ParticipationRequest, str]]:
    """Requests that are not over, with who sent them: a coordinator's to answer or plan, an
    organisation's to finish or follow. One query.
    """
    has_activity = select(Activity.request_id).where(Activity.request_id.is_not(None))
    rows = session.execute(
        select(ParticipationRequest, func.coalesce(Unit.name, Organisation.name))
        .join(Organisation, Organisation.id == ParticipationRequest.organisation_id)
        .outerjoin(Unit, Unit.id == ParticipationRequest.unit_id)
        .where(
            _may_see_request(actor),
            ParticipationRequest.state.in_(
                (RequestState.DRAFT, RequestState.SUBMITTED, RequestState.ACCEPTED)
            ),
            ParticipationRequest.id.not_in(has_activity),
        )
        .order_by(ParticipationRequest.submitted_at, ParticipationRequest.id)
    )
    return [(found, sender) for found, sender in rows]


def all_requests(session: Session) -> Sequence[ParticipationRequest]:
    """Every request that was sent, for the search index."""
    return session.scalars(
        select(ParticipationRequest)
        .where(ParticipationRequest.state != RequestState.DRAFT)
        .order_by(ParticipationRequest.id)
    ).all()


def all_activities(session: Session) -> Sequence[Activity]:
    """Every activity, for the search index."""
    return session.scalars(select(Activity).order_by(Activity.id)).all()


def those_who_came(session: Session, activity_id: int) -> Sequence[Invitation]:
    """The invitations of those who were there."""
    return session.scalars(
        select(Invitation)
        .join(
            Attendance,
            (Attendance.activity_id == Invitation.activity_id)
            & (Attendance.member_id == Invitation.member_id),
        )
        .where(Invitation.activity_id == activity_id, Attendance.present)
        .order_by(Invitation.id)
    ).all()


def activity_by_public_id(session: Session, public_id: str) -> Activity | None:
    """For services only: what an event is about."""
    return session.scalar(select(Activity).where(Activity.public_id == public_id))


def place_in_line(session: Session, invitation: Invitation) -> int | None:
    """The person's place on the waiting list, from 1; None when not on it."""
    if invitation.state != InvitationState.WAITING:
        return None
    before = session.scalar(
        select(func.count()).where(
            Invitation.activity_id == invitation.activity_id,
            Invitation.state == InvitationState.WAITING,
            Invitation.waiting_number < invitation.waiting_number,
        )
    )
    return (before or 0) + 1
