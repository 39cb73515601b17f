"""Seats: somebody takes one, leaves it, steps in."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.services import grant_role, revoke_role_of
from participation.council.models import CouncilSeat, Representation, SeatOffer, SeatPast
from participation.council.queries import seats_held_by
from participation.council.rules.offers import OfferState
from participation.council.rules.succession import VacancyKind
from participation.council.services.representations import end_all
from participation.council.services.shown import forget_shown
from participation.foundation.clock import now, today
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox import queue_mail
from participation.foundation.permissions import Actor, Role
from participation.interest_bank.models import BankMember

WORKSPACE_PATH = "/council/workspace"
OWN_SEAT_PATH = "/council/my-seat"


def seat_member(
    session: Session,
    actor: Actor,
    seat: CouncilSeat,
    member: BankMember,
    *,
    since: date | None = None,
    is_told: bool = True,
) -> CouncilSeat:
    """Give an empty seat to somebody in the bank; they can open the workspace and get a mail.

    Raises:
        Conflict: somebody sits there, the person is not in the bank, or has a seat already.
    """
    locked = locked_seat(session, seat)
    already = any(held.term_id == locked.term_id for held in seats_held_by(session, member.id))
    if not locked.is_vacant or not member.is_in_bank or already:
        raise Conflict
    locked.member_id = member.id
    locked.since = since or today()
    locked.vacant_since = None
    locked.vacant_kind = None
    locked.vacant_reason = None
    session.flush()
    account = session.get_one(Account, member.account_id)
    grant_role(session, account, Role.COUNCIL_MEMBER, actor=actor)
    _close_offers(session, locked)
    _log(session, actor, "council_seat_taken", locked, account)
    if is_told:
        _tell_seated(session, account)
    return locked


def vacate_seat(
    session: Session,
    actor: Actor,
    seat: CouncilSeat,
    *,
    kind: VacancyKind = VacancyKind.OTHER,
    on: date | None = None,
    reason: str = "",
) -> None:
    """Empty a seat from `on` (the first empty day); its representations end, the role goes.

    Raises Conflict when the seat is empty, or had nobody yet on that day.
    """
    locked = locked_seat(session, seat)
    first_empty = on or today()
    if locked.member_id is None or locked.since is None or first_empty < locked.since:
        raise Conflict
    member = session.get_one(BankMember, locked.member_id)
    last = max(locked.since, first_empty - timedelta(days=1))
    session.add(
        SeatPast(
            seat_id=locked.id,
            member_id=member.id,
            since=locked.since,
            until=last,
            kind=kind,
            reason=reason or None,
        )
    )
    locked.member_id = None
    locked.member = None
    locked.since = None
    locked.vacant_since = first_empty
    locked.vacant_kind = kind
    locked.vacant_reason = reason or None
    forget_shown(locked)
    session.flush()
    end_all(session, Representation.seat_id == locked.id, last)
    account = session.get_one(Account, member.account_id)
    if not seats_held_by(session, member.id):
        revoke_role_of(session, account, Role.COUNCIL_MEMBER, actor)
    _log(session, actor, "council_seat_left", locked, account)


def leave_seat(session: Session, actor: Actor, seat: CouncilSeat, reason: str = "") -> None:
    """The person leaves by their own wish, today, and gets a mail that says so.

    Raises Conflict when they do not sit there, or sat down today or later.
    """
    if seat.member_id is None:
        raise Conflict
    member = session.get_one(BankMember, seat.member_id)
    on = max(today(), seat.since or today())
    vacate_seat(session, actor, seat, kind=VacancyKind.OWN_WISH, on=on, reason=reason)
    account = session.get_one(Account, member.account_id)
    queue_mail(
        session,
        to=account.email,
        template="council/left",
        locale=account.locale,
        context={"name": account.display_name},
    )


def step_in(
    session: Session,
    actor: Actor,
    seat: CouncilSeat,
    alternate: CouncilSeat,
    *,
    is_told: bool = True,
) -> CouncilSeat:
    """An alternate takes an empty ordinary seat; what they show of themselves comes along.

    Raises Conflict unless the seat is an empty ordinary one and the alternate sits in its term.
    """
    if alternate.member_id is None or not alternate.is_alternate or seat.is_alternate:
        raise Conflict
    if alternate.term_id != seat.term_id or not seat.is_vacant:
        raise Conflict
    member = session.get_one(BankMember, alternate.member_id)
    shown = (alternate.shown_name, alternate.shown_about, alternate.shown_since)
    shows_municipality = alternate.shows_municipality
    on = max(today(), alternate.since or today())
    vacate_seat(session, actor, alternate, kind=VacancyKind.MOVED_UP, on=on)
    taken = seat_member(session, actor, seat, member, since=on, is_told=is_told)
    taken.shown_name, taken.shown_about, taken.shown_since = shown
    taken.shows_municipality = shows_municipality
    session.flush()
    return taken


def leave_council(session: Session, actor: Actor, member_id: int) -> int:
    """Somebody left the bank or is erased: seats are empty, representations and offers end.

    Why they left earlier seats is forgotten too. Returns how many places they held.
    """
    held = seats_held_by(session, member_id)
    for seat in held:
        on = max(today(), seat.since or today())
        vacate_seat(session, actor, seat, kind=VacancyKind.LEFT_BANK, on=on)
    ended = end_all(session, Representation.member_id == member_id, today())
    for item in session.scalars(
        select(Representation).where(Representation.member_id == member_id)
    ):
        item.shown_name = None
    for past in session.scalars(select(SeatPast).where(SeatPast.member_id == member_id)):
        past.reason = None
    for offer in session.scalars(select(SeatOffer).where(SeatOffer.member_id == member_id)):
        offer.reason = None
        if offer.is_open:
            offer.state = OfferState.WITHDRAWN
            offer.closed_at = now()
    session.flush()
    return len(held) + ended


def locked_seat(session: Session, seat: CouncilSeat) -> CouncilSeat:
    """The seat as it stands now, held against others who would fill or empty it."""
    return session.scalars(
        select(CouncilSeat)
        .where(CouncilSeat.id == seat.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _close_offers(session: Session, seat: CouncilSeat) -> None:
    """Nobody else is asked about a seat that is taken."""
    for offer in session.scalars(
        select(SeatOffer).where(
            SeatOffer.seat_id == seat.id, SeatOffer.state == OfferState.ASKED.value
        )
    ):
        offer.state = (
            OfferState.ACCEPTED if offer.member_id == seat.member_id else OfferState.WITHDRAWN
        )
        offer.closed_at = now()
    session.flush()


def _tell_seated(session: Session, account: Account) -> None:
    queue_mail(
        session,
        to=account.email,
        template="council/seated",
        locale=account.locale,
        context={
            "name": account.display_name,
            "workspace": absolute_url(WORKSPACE_PATH),
            "own_seat": absolute_url(OWN_SEAT_PATH),
        },
    )


def _log(session: Session, actor: Actor, action: str, seat: CouncilSeat, account: Account) -> None:
    log_event(
        session,
        actor,
        action,
        "council_seat",
        seat.public_id,
        subject_account_id=account.id,
    )
