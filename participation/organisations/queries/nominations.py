"""What was asked for, and who was nominated."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from participation.accounts.models import Account
from participation.activities.models import Activity
from participation.activities.rules.states import STILL_TO_COME, ActivityKind
from participation.foundation.clock import now, today
from participation.foundation.crypto import token_hash
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.organisations.models import Nomination, NominationAsk
from participation.organisations.queries.user_organisations import speaks_for
from participation.organisations.rules.states import NOMINATION_PURPOSE, NominationState

ASK_WHOLE = (joinedload(NominationAsk.organisation), joinedload(NominationAsk.activity))


def all_asks(actor: Actor) -> Select[NominationAsk]:
    """What every organisation was asked, the newest first. Raises NotFound."""
    if not actor.scope(Permission.MANAGE_ORGANISATIONS).everywhere:
        raise NotFound
    return (
        select(NominationAsk)
        .options(*ASK_WHOLE)
        .order_by(NominationAsk.created_at.desc(), NominationAsk.id.desc())
    )


def asks_to(session: Session, organisation_id: int) -> Sequence[tuple[NominationAsk, int]]:
    """What one organisation was asked, with how many it nominated; newest first. One query."""
    nominated = (
        select(func.count(Nomination.id))
        .where(Nomination.ask_id == NominationAsk.id)
        .correlate(NominationAsk)
        .scalar_subquery()
    )
    rows = session.execute(
        select(NominationAsk, nominated)
        .where(NominationAsk.organisation_id == organisation_id)
        .options(*ASK_WHOLE)
        .order_by(NominationAsk.created_at.desc(), NominationAsk.id.desc())
    )
    return [(ask, count) for ask, count in rows]


def open_asks_to(session: Session, organisation_ids: Collection[int]) -> Sequence[NominationAsk]:
    """Asks that wait for a first nomination, the most urgent first. One query."""
    answered = select(Nomination.ask_id)
    return session.scalars(
        select(NominationAsk)
        .where(
            NominationAsk.organisation_id.in_(organisation_ids),
            NominationAsk.closed_at.is_(None),
            NominationAsk.due_on >= today(),
            NominationAsk.id.not_in(answered),
        )
        .options(joinedload(NominationAsk.activity))
        .order_by(NominationAsk.due_on, NominationAsk.id)
    ).all()


def ask_visible_to(session: Session, actor: Actor, public_id: str) -> NominationAsk:
    """One ask, for the organisation and coordinators. Raises NotFound."""
    found = session.scalar(
        select(NominationAsk).where(NominationAsk.public_id == public_id).options(*ASK_WHOLE)
    )
    if found is None or not speaks_for(actor, found.organisation_id):
        raise NotFound
    return found


def nominations_of(session: Session, ask_ids: Collection[int]) -> Mapping[int, list[Nomination]]:
    """Who was nominated, by ask, in the order they were. One query."""
    found: dict[int, list[Nomination]] = defaultdict(list)
    for nomination in session.scalars(
        select(Nomination)
        .where(Nomination.ask_id.in_(ask_ids))
        .options(joinedload(Nomination.member))
        .order_by(Nomination.id)
    ):
        found[nomination.ask_id].append(nomination)
    return found


def nomination_of_ask(session: Session, ask: NominationAsk, public_id: str) -> Nomination:
    """One nomination of an ask. Raises NotFound."""
    found = session.scalar(
        select(Nomination).where(Nomination.ask_id == ask.id, Nomination.public_id == public_id)
    )
    if found is None:
        raise NotFound
    return found


def nomination_by_token(session: Session, token: str, *, to_change: bool = False) -> Nomination:
    """The nomination a mailed link leads to, while it can be answered. Raises NotFound."""
    statement = (
        select(Nomination)
        .where(
            Nomination.token_hash == token_hash(NOMINATION_PURPOSE, token),
            Nomination.state == NominationState.ASKED,
            Nomination.expires_at > now(),
        )
        .options(
            joinedload(Nomination.ask).joinedload(NominationAsk.organisation),
            joinedload(Nomination.ask).joinedload(NominationAsk.activity),
        )
    )
    if to_change:
        statement = statement.with_for_update(of=Nomination)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def nominations_by_email(session: Session, email_index: str) -> Sequence[Nomination]:
    """A person's own nominations, by their address."""
    return session.scalars(
        select(Nomination)
        .where(Nomination.email_index == email_index)
        .options(
            joinedload(Nomination.ask).joinedload(NominationAsk.organisation),
            joinedload(Nomination.ask).joinedload(NominationAsk.activity),
        )
        .order_by(Nomination.id)
    ).all()


def nominations_of_person(session: Session, account_id: int) -> Sequence[Nomination]:
    """As `nominations_by_email`, by the person's account. One query."""
    return session.scalars(
        select(Nomination)
        .join(Account, Account.email_index == Nomination.email_index)
        .where(Account.id == account_id)
        .options(joinedload(Nomination.ask).joinedload(NominationAsk.organisation))
        .order_by(Nomination.id)
    ).all()


def activities_to_nominate_for(session: Session) -> Sequence[Activity]:
    """Activities that are still to come, council meetings apart; the nearest first."""
    return session.scalars(
        select(Activity)
        .where(
            Activity.state.in_(STILL_TO_COME),
            Activity.starts_at > now(),
            Activity.kind != ActivityKind.COUNCIL_MEETING,
        )
        .order_by(Activity.starts_at, Activity.id)
    ).all()
