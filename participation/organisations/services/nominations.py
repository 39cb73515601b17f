"""Nominations: a coordinator asks, the organisation nominates, the person decides."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.queries import account_by_email, accounts_with_role, actor_of
from participation.activities.models import Activity
from participation.activities.rules.states import DEFAULT_REPLY_DAYS
from participation.activities.services import NotToBeAsked, invite_members
from participation.county.models import Organisation
from participation.foundation.clock import from_local, now, today
from participation.foundation.crypto import email_index, new_token, token_hash
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox.services import queue_mail
from participation.foundation.permissions import Actor, Role
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries import own_membership
from participation.organisations.models import Nomination, NominationAsk
from participation.organisations.queries import nomination_by_token, nominations_by_email
from participation.organisations.rules.states import (
    MOST_NOMINATED,
    NOMINATION_LASTS,
    NOMINATION_PURPOSE,
    NominationState,
    NominationSubject,
)


class NominatedAlready(Conflict):
    """The organisation has nominated this person for the same thing."""

    code = "nominated_already"


def ask_for_nominations(
    session: Session,
    actor: Actor,
    organisation: Organisation,
    *,
    subject: NominationSubject,
    activity: Activity | None,
    text: str,
    how_many: int,
    due_on: date,
) -> NominationAsk:
    """Ask an organisation to nominate people; everybody who speaks for it gets a mail."""
    if actor.account_id is None:
        raise NotFound
    ask = NominationAsk(
        organisation_id=organisation.id,
        subject=subject,
        activity_id=activity.id if activity else None,
        text=text,
        how_many=how_many,
        due_on=due_on,
        asked_by_account_id=actor.account_id,
    )
    session.add(ask)
    session.flush()
    for account in accounts_with_role(
        session, Role.USER_ORGANISATION, organisation_id=organisation.id
    ):
        _mail(session, account.email, account.display_name, account.locale, ask)
    log_event(session, actor, "nomination_asked", "nomination_ask", ask.public_id)
    return ask


def nominate(
    session: Session, actor: Actor, ask: NominationAsk, *, name: str, email: str, words: str
) -> Nomination:
    """Nominate somebody who has said that it is all right; they get a mail and decide.

    Raises:
        NominatedAlready: the organisation has nominated this person for it.
        Conflict: it is too late, or closed, or too many are nominated.
    """
    if actor.account_id is None:
        raise NotFound
    session.execute(select(NominationAsk.id).where(NominationAsk.id == ask.id).with_for_update())
    earlier = session.scalars(select(Nomination).where(Nomination.ask_id == ask.id)).all()
    if not is_open(ask) or len(earlier) >= MOST_NOMINATED:
        raise Conflict
    index = email_index(email)
    if any(one.email_index == index for one in earlier):
        raise NominatedAlready
    token = new_token()
    nomination = Nomination(
        ask_id=ask.id,
        nominated_by_account_id=actor.account_id,
        name=name,
        email=email,
        email_index=index,
        words=words,
        token_hash=token_hash(NOMINATION_PURPOSE, token),
        expires_at=now() + NOMINATION_LASTS,
    )
    session.add(nomination)
    session.flush()
    _mail_nominated(session, ask, nomination, token)
    log_event(session, actor, "nominated", "nomination", nomination.public_id)
    return nomination


def accept_nomination(session: Session, token: str) -> Nomination:
    """The person says yes: now coordinators see who it is, and those in the bank are invited.

    Raises NotFound when the link does not work any more.
    """
    nomination = nomination_by_token(session, token, to_change=True)
    nomination.state = NominationState.ACCEPTED
    nomination.answered_at = now()
    session.flush()
    account = account_by_email(session, nomination.email or "")
    member = own_membership(session, account.id) if account else None
    if member is not None:
        _join(session, nomination, member)
    return nomination


def decline_nomination(session: Session, token: str) -> None:
    """The person says no, or is not who was meant: name and address are forgotten at once."""
    _blank(nomination_by_token(session, token, to_change=True), NominationState.DECLINED)
    session.flush()


def withdraw_nomination(session: Session, actor: Actor, nomination: Nomination) -> None:
    """The organisation takes it back, while the person has not answered."""
    if nomination.state != NominationState.ASKED:
        raise Conflict
    _blank(nomination, NominationState.WITHDRAWN)
    session.flush()
    log_event(session, actor, "nomination_withdrawn", "nomination", nomination.public_id)


def close_ask(session: Session, actor: Actor, ask: NominationAsk) -> None:
    """No more nominations are taken. Raises Conflict when it is closed."""
    if ask.closed_at is not None:
        raise Conflict
    ask.closed_at = now()
    session.flush()
    log_event(session, actor, "nomination_closed", "nomination_ask", ask.public_id)


def join_nominated(session: Session, account_id: int, member_id: int) -> int:
    """Somebody has come into the bank: what they said yes to goes on; how many nominations."""
    account = session.get_one(Account, account_id)
    member = session.get_one(BankMember, member_id)
    waiting = [
        nomination
        for nomination in nominations_by_email(session, account.email_index)
        if nomination.state == NominationState.ACCEPTED and nomination.member_id is None
    ]
    for nomination in waiting:
        _join(session, nomination, member)
    return len(waiting)


def expire_nominations(session: Session) -> int:
    """Who did not answer in time is forgotten; how many."""
    old = session.scalars(
        select(Nomination).where(
            Nomination.state == NominationState.ASKED, Nomination.expires_at <= now()
        )
    ).all()
    for nomination in old:
        _blank(nomination, NominationState.EXPIRED)
    session.flush()
    return len(old)


def forget_nominations(session: Session, account: Account) -> None:
    """Somebody is erased: nominations with their address are blanked."""
    for nomination in nominations_by_email(session, account.email_index):
        _blank(nomination, NominationState(nomination.state))
    session.flush()


def is_open(ask: NominationAsk) -> bool:
    """Whether the organisation can still nominate."""
    return ask.closed_at is None and today() <= ask.due_on


def _join(session: Session, nomination: Nomination, member: BankMember) -> None:
    """Tie it to the member, and invite them to the activity if they may be asked now.

    Whoever rests or lacks a course is left to the coordinator, who sees the reason.
    """
    nomination.member_id = member.id
    session.flush()
    ask = session.get_one(NominationAsk, nomination.ask_id)
    if ask.activity_id is None:
        return
    activity = session.get_one(Activity, ask.activity_id)
    organisation = session.get_one(Organisation, ask.organisation_id)
    asked_by = actor_of(session, session.get_one(Account, ask.asked_by_account_id))
    with use_locale(DEFAULT_LOCALE):  # stored words are Swedish
        reason = _("Nominated by %(name)s", name=organisation.name)
    try:
        invite_members(
            session,
            asked_by,
            activity,
            [member.public_id],
            reply_by=min(_reply_by(), activity.starts_at),
            reason=reason,
        )
    except (NotToBeAsked, Conflict):
        return
    nomination.invited_at = now()
    session.flush()


def _reply_by() -> datetime:
    """The first moment after the last day to answer."""
    return from_local(datetime.combine(today() + timedelta(days=DEFAULT_REPLY_DAYS + 1), time()))


def _blank(nomination: Nomination, state: NominationState) -> None:
    nomination.state = state
    nomination.answered_at = nomination.answered_at or now()
    nomination.name = nomination.email = nomination.email_index = nomination.words = None


def _mail(session: Session, to: str, name: str, locale: str, ask: NominationAsk) -> None:
    queue_mail(
        session,
        to=to,
        template="organisations/nomination_asked",
        locale=locale,
        context={
            "name": name,
            "due_on": ask.due_on,
            "link": absolute_url(f"/nominations/{ask.public_id}"),
        },
        about=("nomination_ask", ask.public_id),
    )


def _mail_nominated(
    session: Session, ask: NominationAsk, nomination: Nomination, token: str
) -> None:
    account = account_by_email(session, nomination.email or "")
    queue_mail(
        session,
        to=nomination.email or "",
        template="organisations/nominated",
        locale=account.locale if account else DEFAULT_LOCALE,
        context={
            "name": nomination.name,
            "answer_by": nomination.expires_at,
            "link": absolute_url(f"/nominated/{token}"),
        },
        about=("nomination", nomination.public_id),
    )
