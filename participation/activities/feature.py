"""What activities declare: rooms, what waits, what a voice led to, counts, notices, search."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from participation.activities.models import ParticipationRequest
from participation.activities.queries import (
    OwnInvitation,
    activities_to_act_on,
    all_activities,
    all_requests,
    completed_with_participation,
    own_invitations,
    public_activities,
    requests_to_act_on,
    unanswered_questions,
)
from participation.activities.rules.states import (
    INVITATION_STATE_LABELS,
    KIND_LABELS,
    ActivityState,
    InvitationState,
    RequestState,
)
from participation.activities.rules.tokens import invitation_token
from participation.activities.services import forget_member, tell_what_it_led_to
from participation.activities.views import activities, invitations, requests
from participation.commitments.models import Commitment
from participation.commitments.queries import commitment_by_id, commitments_about_many
from participation.foundation.clock import now, to_local
from participation.foundation.feature import Feature, NavItem
from participation.foundation.i18n import (
    format_clock,
    format_day,
    format_weekday,
    ngettext,
    to_translate,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import (
    Address,
    DataSection,
    Notice,
    SearchDocument,
    StartItem,
    TrailStep,
)
from participation.interest_bank.queries import own_membership

REQUESTS = "requests"
ACTIVITIES = "activities"
ANSWERED_WITHIN = timedelta(days=7)
INVITED_BEFORE = timedelta(days=21)
NOTICE_LENGTH = 160


def _request_address(request: ParticipationRequest) -> Address:
    return Address(endpoint="requests.request_page", values={"public_id": request.public_id})


def _people_address(page: str, public_id: str) -> Address:
    return Address(endpoint=f"activities.{page}", values={"public_id": public_id})


def _invitation_address(invitation: OwnInvitation) -> Address:
    token = invitation_token(invitation.public_id)
    return Address(endpoint="invitations.invitation", values={"token": token})


class RequestCard:
    """A coordinator's requests to answer and plan; an organisation's to finish and follow."""

    room = REQUESTS

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.can(Permission.FILE_REQUEST):
            return
        handles = actor.can(Permission.HANDLE_REQUEST)
        for request, sender in requests_to_act_on(session, actor):
            if request.state == RequestState.DRAFT:
                yield _draft_item(request)
            elif handles:
                yield _coordinator_item(request, sender)
            else:
                yield _waiting_item(request)


def _draft_item(request: ParticipationRequest) -> StartItem:
    return StartItem(
        title=_("Finish your request"),
        detail=request.title,
        address=_request_address(request),
        action=_("Go on"),
    )


def _coordinator_item(request: ParticipationRequest, sender: str) -> StartItem:
    detail = ngettext(
        "“%(title)s”. They want one person from %(day)s.",
        "“%(title)s”. They want %(num)s people from %(day)s.",
        request.people_count,
        title=request.title,
        day=format_day(request.wanted_from),
    )
    if request.state == RequestState.ACCEPTED:
        return StartItem(
            title=_("Plan what %(who)s asked for", who=sender),
            detail=detail,
            address=Address(
                endpoint="activities.new_activity", values={"request": request.public_id}
            ),
            action=_("Plan"),
            due_on=request.wanted_from - INVITED_BEFORE,
        )
    sent_at = request.submitted_at or request.created_at
    return StartItem(
        title=_("Answer a request from %(who)s", who=sender),
        detail=detail,
        address=_request_address(request),
        action=_("Read the request"),
        due_on=to_local(sent_at + ANSWERED_WITHIN).date(),
    )


def _waiting_item(request: ParticipationRequest) -> StartItem:
    is_accepted = request.state == RequestState.ACCEPTED
    return StartItem(
        title=request.title,
        detail=_("Accepted. A coordinator plans the activity.")
        if is_accepted
        else _("A coordinator answers within a week."),
        address=_request_address(request),
        action=_("See your request"),
        due_on=to_local((request.submitted_at or request.created_at) + ANSWERED_WITHIN).date()
        if not is_accepted
        else None,
        waits_for_others=True,
    )


class ActivityCard:
    """Activities that wait for a coordinator: to invite, or to note who was there."""

    room = ACTIVITIES

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.can(Permission.MANAGE_ACTIVITIES):
            return
        for activity in activities_to_act_on(session, actor):
            day = to_local(activity.starts_at).date()
            if activity.starts_at <= now():
                yield StartItem(
                    title=_("Note who was at %(title)s", title=activity.title),
                    detail=_("It was on %(day)s.", day=format_weekday(activity.starts_at)),
                    address=_people_address("attendance", activity.public_id),
                    action=_("Note attendance"),
                    due_on=day,
                )
            else:
                yield StartItem(
                    title=_("Invite people to %(title)s", title=activity.title),
                    detail=ngettext(
                        "One seat on %(day)s. Nobody is invited yet.",
                        "%(num)s seats on %(day)s. Nobody is invited yet.",
                        activity.seats,
                        day=format_day(activity.starts_at),
                    ),
                    address=_people_address("invite", activity.public_id),
                    action=_("Match and invite"),
                    due_on=day - INVITED_BEFORE,
                )


class QuestionCard:
    """Invited people who asked for more before they answer."""

    room = ACTIVITIES

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.can(Permission.MANAGE_ACTIVITIES):
            return
        for activity, asking in unanswered_questions(session, actor):
            yield StartItem(
                title=_("Answer questions about %(title)s", title=activity.title),
                detail=ngettext(
                    "One person wants to know more before answering.",
                    "%(num)s people want to know more before answering.",
                    asking,
                ),
                address=_people_address("answers", activity.public_id),
                action=_("Read"),
                count=asking,
            )


class InvitationCard:
    """A resident's invitations that wait for an answer."""

    room = ACTIVITIES

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if actor.account_id is None:
            return
        for invitation in own_invitations(session, actor.account_id):
            if invitation.can_be_answered:
                yield StartItem(
                    title=_("Answer an invitation: %(title)s", title=invitation.title),
                    detail=_(
                        "%(kind)s on %(day)s, %(clock)s.",
                        kind=KIND_LABELS[invitation.kind],
                        day=format_weekday(invitation.starts_at),
                        clock=format_clock(invitation.starts_at),
                    ),
                    address=_invitation_address(invitation),
                    action=_("Read and answer"),
                    due_on=to_local(invitation.reply_by - timedelta(seconds=1)).date(),
                )


class InvitationTrail:
    """What a person was asked, what they said, and what it led to."""

    def steps(self, session: Session, account_id: int) -> Iterable[TrailStep]:
        found = own_invitations(session, account_id)
        came = [invitation for invitation in found if invitation.was_there]
        owed = commitments_about_many(
            session, "activity", [invitation.activity_public_id for invitation in came]
        )
        for invitation in found:
            if invitation.state == InvitationState.ACCEPTED:
                yield _came_step(invitation)
        for invitation in came:
            for commitment in owed.get(invitation.activity_public_id, ()):
                yield _answer_step(invitation, commitment)


def _came_step(invitation: OwnInvitation) -> TrailStep:
    if invitation.activity_state == ActivityState.CANCELLED:
        title = _("It was called off: %(title)s", title=invitation.title)
    elif invitation.was_there:
        title = _("You took part: %(title)s", title=invitation.title)
    else:
        title = _("You said yes: %(title)s", title=invitation.title)
    return TrailStep(
        at=invitation.starts_at if invitation.was_there else invitation.sent_at,
        title=title,
        text=_(
            "%(kind)s on %(day)s.",
            kind=KIND_LABELS[invitation.kind],
            day=format_day(invitation.starts_at),
        ),
        address=_invitation_address(invitation),
    )


def _answer_step(invitation: OwnInvitation, commitment: Commitment) -> TrailStep:
    is_late = commitment.answer is None and commitment.due_on < to_local(now()).date()
    promised = _("You are to get an answer by %(day)s.", day=format_day(commitment.due_on))
    late = _(
        "The answer is late. It should have come by %(day)s.", day=format_day(commitment.due_on)
    )
    return TrailStep(
        at=invitation.starts_at + timedelta(seconds=1),
        title=commitment.title,
        text=commitment.answer_text or (late if is_late else promised),
        is_answer=True,
        is_late=is_late,
        address=_invitation_address(invitation),
    )


class InvitationData:
    """A person's invitations and what they said."""

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        found = own_invitations(session, account_id)
        if not found:
            return
        yield DataSection(
            title=_("Invitations"),
            rows=tuple(
                (
                    format_day(invitation.sent_at),
                    f"{invitation.title}: {INVITATION_STATE_LABELS[invitation.state]}",
                )
                for invitation in found
            ),
            raw={"invitations": [_raw(invitation) for invitation in found]},
        )

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        member = own_membership(session, account_id)
        if member is not None:
            forget_member(session, member.id)
        if any(invitation.was_there for invitation in own_invitations(session, account_id)):
            yield _(
                "That somebody took part in an activity stays, without your name, because the "
                "county counts its activities."
            )


def _raw(invitation: OwnInvitation) -> dict[str, Any]:
    return {
        "sent_at": invitation.sent_at.isoformat(),
        "activity": invitation.title,
        "starts_at": invitation.starts_at.isoformat(),
        "state": invitation.state,
        "answered_at": invitation.answered_at.isoformat() if invitation.answered_at else None,
        "reason": invitation.reason,
        "question": invitation.question,
        "was_there": invitation.was_there,
    }


class OpenActivities:
    """Theme dialogues and trainings that anybody can come to."""

    def notices(self, session: Session) -> Iterable[Notice]:
        for activity in public_activities(session):
            yield Notice(
                when=format_day(activity.starts_at),
                when_detail=f"{format_clock(activity.starts_at)}–{format_clock(activity.ends_at)}",
                title=activity.title,
                text=_shortened(activity.description),
                address=Address(
                    endpoint="activities.public_page", values={"public_id": activity.public_id}
                ),
                sort_on=to_local(activity.starts_at).date(),
            )


def _shortened(text: str) -> str:
    first = text.split("\n", 1)[0]
    return first if len(first) <= NOTICE_LENGTH else first[:NOTICE_LENGTH].rsplit(" ", 1)[0] + " …"


class ActivitiesWithParticipation:
    """Completed activities with participation from the interest bank, per year."""

    key = "activities_with_participation"
    label = to_translate("Completed activities with participation from the interest bank")
    is_about_people = False

    def counts(self, session: Session, years: range) -> Mapping[int, int | None]:
        return completed_with_participation(session, years)


class ActivitiesInSearch:
    """Activities: public ones for everybody, the rest for those who may read them."""

    source = "activities"

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        for activity in all_activities(session):
            values = {"public_id": activity.public_id}
            page = "public_page" if activity.has_public_page else "overview"
            yield SearchDocument(
                source=self.source,
                object_id=activity.public_id,
                title=activity.title,
                body=f"{activity.description}\n{activity.place}",
                address=Address(endpoint=f"activities.{page}", values=values),
                permission=None if activity.has_public_page else Permission.READ_ACTIVITIES,
                organisation_id=activity.organisation_id,
            )


class RequestsInSearch:
    """Requests that were sent, for coordinators and the organisation's own people."""

    source = "requests"

    def documents(self, session: Session) -> Iterable[SearchDocument]:
        for request in all_requests(session):
            yield SearchDocument(
                source=self.source,
                object_id=request.public_id,
                title=request.title,
                body=request.task,
                address=_request_address(request),
                permission=Permission.FILE_REQUEST,
                organisation_id=request.organisation_id,
            )


class SomebodyLeft:
    """Open invitations of somebody who left the bank end; their seats go to those who wait."""

    event_name = "membership_left"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        forget_member(session, data["member_id"])


class AnswerCame:
    """Those who took part get to know what it led to."""

    event_name = "commitment_answered"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        tell_what_it_led_to(session, commitment_by_id(session, data["commitment_id"]))


FEATURE = Feature(
    name="activities",
    blueprints=(requests, activities, invitations),
    navigation=(
        NavItem(
            section="voices",
            order=20,
            label=to_translate("Requests"),
            endpoint="requests.request_list",
            permission=Permission.FILE_REQUEST,
            room=REQUESTS,
        ),
        NavItem(
            section="voices",
            order=30,
            label=to_translate("Activities"),
            endpoint="activities.activity_list",
            permission=Permission.READ_ACTIVITIES,
            room=ACTIVITIES,
        ),
    ),
    start_cards=(RequestCard(), ActivityCard(), QuestionCard(), InvitationCard()),
    voice_trails=(InvitationTrail(),),
    person_data=(InvitationData(),),
    search_sources=(ActivitiesInSearch(), RequestsInSearch()),
    indicator_counters=(ActivitiesWithParticipation(),),
    subscribers=(SomebodyLeft(), AnswerCame()),
    public_notices=(OpenActivities(),),
)
