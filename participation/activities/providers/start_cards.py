"""What waits: for coordinators, for organisations, for invited people."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy.orm import Session

from participation.activities.models import ParticipationRequest
from participation.activities.providers.addresses import (
    invitation_address,
    people_address,
    request_address,
)
from participation.activities.queries import (
    activities_to_act_on,
    evaluations_to_give,
    free_seats_after_last_day,
    own_invitations,
    requests_to_act_on,
    requests_with_unread,
    seats_to_draw,
    unanswered_questions,
)
from participation.activities.rules.states import KIND_LABELS, RequestState
from participation.activities.rules.tokens import invitation_token
from participation.foundation.clock import now, to_local, today
from participation.foundation.i18n import format_clock, format_day, format_weekday, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address, StartItem

REQUESTS = "requests"
ACTIVITIES = "activities"
INVITED_BEFORE = timedelta(days=21)
SHOWN_BEFORE = timedelta(days=42)  # sooner, months of plans would bury what is to be done now


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
            elif request.state == RequestState.INCOMPLETE:
                yield _incomplete_item(request, sender, handles=handles)
            elif handles:
                yield _coordinator_item(request, sender)
            else:
                yield _waiting_item(request)
        for request, sender, unread in requests_with_unread(session, actor):
            yield _message_item(request, sender if handles else _("a coordinator"), unread)


def _draft_item(request: ParticipationRequest) -> StartItem:
    return StartItem(
        title=_("Finish your request"),
        detail=request.title,
        address=request_address(request),
        action=_("Go on"),
    )


def _incomplete_item(request: ParticipationRequest, sender: str, *, handles: bool) -> StartItem:
    return StartItem(
        title=sender if handles else _("Complete your request"),
        detail=_("They complete “%(title)s”.", title=request.title) if handles else request.title,
        address=request_address(request),
        action=_("See the request") if handles else _("Go on"),
        due_on=request.completion_due_on,
        waits_for_others=handles,
    )


def _message_item(request: ParticipationRequest, sender: str, unread: int) -> StartItem:
    return StartItem(
        title=ngettext(
            "Read a message from %(who)s",
            "Read %(num)s messages from %(who)s",
            unread,
            who=sender,
        ),
        detail=request.title,
        address=Address(
            endpoint="requests.request_page",
            values={"public_id": request.public_id, "_anchor": "talk"},
        ),
        action=_("Read"),
    )


def _coordinator_item(request: ParticipationRequest, sender: str) -> StartItem:
    wanted_from = request.wanted_from or today()
    detail = ngettext(
        "“%(title)s”. They want one person from %(day)s.",
        "“%(title)s”. They want %(num)s people from %(day)s.",
        request.people_count or 1,
        title=request.title,
        day=format_day(wanted_from),
    )
    if request.state == RequestState.ACCEPTED:
        return StartItem(
            title=_("Plan what %(who)s asked for", who=sender),
            detail=detail,
            address=Address(
                endpoint="activities.new_activity", values={"request": request.public_id}
            ),
            action=_("Plan"),
            due_on=wanted_from - INVITED_BEFORE,
        )
    return StartItem(
        title=_("Answer a request from %(who)s", who=sender),
        detail=detail,
        address=request_address(request),
        action=_("Read the request"),
        due_on=request.answer_due_on,
    )


def _waiting_item(request: ParticipationRequest) -> StartItem:
    is_accepted = request.state == RequestState.ACCEPTED
    return StartItem(
        title=request.title,
        detail=_("Accepted. A coordinator plans the activity.")
        if is_accepted
        else _("A coordinator answers within a week."),
        address=request_address(request),
        action=_("See your request"),
        due_on=request.answer_due_on,
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
                    address=people_address("attendance", activity.public_id),
                    action=_("Note attendance"),
                    due_on=day,
                )
            elif day - SHOWN_BEFORE <= today():
                yield StartItem(
                    title=_("Invite people to %(title)s", title=activity.title),
                    detail=ngettext(
                        "One seat on %(day)s. Nobody is invited yet.",
                        "%(num)s seats on %(day)s. Nobody is invited yet.",
                        activity.seats,
                        day=format_day(activity.starts_at),
                    ),
                    address=people_address("invite", activity.public_id),
                    action=_("Match and invite"),
                    due_on=day - INVITED_BEFORE,
                )


class FreeSeatsCard:
    """Activities to come in which nobody can answer any more, and seats are free."""

    room = ACTIVITIES

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.can(Permission.MANAGE_ACTIVITIES):
            return
        for found in free_seats_after_last_day(session, actor):
            yield StartItem(
                title=_("Fill the seats at %(title)s", title=found.activity.title),
                detail=ngettext(
                    "One seat is free, and the last day to answer has passed.",
                    "%(num)s seats are free, and the last day to answer has passed.",
                    found.free,
                ),
                address=people_address("rounds", found.activity.public_id),
                action=_("See the rounds"),
                due_on=to_local(found.reply_by - timedelta(seconds=1)).date(),
            )


class SeatDrawCard:
    """Activities whose seats are to be drawn: everybody has answered who will."""

    room = ACTIVITIES

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.can(Permission.MANAGE_ACTIVITIES):
            return
        for activity in seats_to_draw(session, actor):
            yield StartItem(
                title=_("Draw the seats at %(title)s", title=activity.title),
                detail=_("The last day to answer has passed."),
                address=people_address("draw", activity.public_id),
                action=_("Draw the seats"),
                due_on=activity.draw_on,
            )


class EvaluationCard:
    """Somebody was there and can say what they thought."""

    room = ACTIVITIES

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if actor.account_id is None:
            return
        for public_id, title, starts_at in evaluations_to_give(session, actor.account_id):
            yield StartItem(
                title=_("Tell how it was: %(title)s", title=title),
                detail=_("It was on %(day)s.", day=format_weekday(starts_at)),
                address=Address(
                    endpoint="invitations.evaluation",
                    values={"token": invitation_token(public_id)},
                ),
                action=_("Answer three questions"),
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
                address=people_address("answers", activity.public_id),
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
                    address=invitation_address(invitation),
                    action=_("Read and answer"),
                    due_on=to_local(invitation.reply_by - timedelta(seconds=1)).date(),
                )
