"""Terms, seats and representations: somebody takes a place, shows themselves or not, leaves it."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account, RoleAssignment
from participation.accounts.services import grant_role, revoke_role_of
from participation.council.models import CouncilSeat, CouncilTerm, Representation, SeatPast
from participation.council.queries import seats_held_by
from participation.council.rules.places import SEAT_KINDS, SEATS, RepresentationKind
from participation.county.models import Group
from participation.county.queries import groups
from participation.county.queries import seats as county_seats
from participation.foundation.clock import now, today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox import queue_mail
from participation.foundation.permissions import Actor, Role
from participation.interest_bank.models import BankMember

WORKSPACE_PATH = "/council/workspace"
OWN_SEAT_PATH = "/council/my-seat"


def open_term(
    session: Session,
    actor: Actor,
    *,
    name: str,
    starts_on: date,
    ends_on: date,
    seats: int = SEATS,
    alternates: int = 0,
    group: Group | None = None,
    is_fictional: bool = False,
) -> CouncilTerm:
    """A new term with empty seats. `group`: the council among the county's groups, if several.

    Raises:
        NotFound: the county has no council.
        Conflict: another term of the same council overlaps.
    """
    council = group or next(iter(groups(session, kind="council")), None)
    if council is None:
        raise NotFound
    overlapping = select(CouncilTerm.id).where(
        CouncilTerm.group_id == council.id,
        CouncilTerm.starts_on <= ends_on,
        CouncilTerm.ends_on >= starts_on,
    )
    if session.scalar(overlapping.limit(1)) is not None:
        raise Conflict("another term has some of these days")
    term = CouncilTerm(
        group=council, name=name, starts_on=starts_on, ends_on=ends_on, is_fictional=is_fictional
    )
    session.add(term)
    session.flush()
    session.add_all(
        CouncilSeat(term_id=term.id, number=number, is_alternate=is_alternate)
        for is_alternate, count in ((False, seats), (True, alternates))
        for number in range(1, count + 1)
    )
    session.flush()
    log_event(session, actor, "council_term_opened", "council_term", term.public_id)
    return term


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
    locked = _locked(session, seat)
    already = any(held.term_id == locked.term_id for held in seats_held_by(session, member.id))
    if not locked.is_vacant or not member.is_in_bank or already:
        raise Conflict
    locked.member_id = member.id
    locked.since = since or today()
    locked.vacant_since = None
    locked.vacant_reason = None
    session.flush()
    account = session.get_one(Account, member.account_id)
    grant_role(session, account, Role.COUNCIL_MEMBER, actor=actor)
    _log(session, actor, "council_seat_taken", locked, account)
    if is_told:
        _tell_seated(session, account)
    return locked


def show_seat(session: Session, actor: Actor, seat: CouncilSeat, name: str, about: str) -> None:
    """The person agrees to be shown on the public page, by the name and words they chose."""
    seat.shown_name = name
    seat.shown_about = about or None
    seat.shown_since = now()
    session.flush()
    log_event(session, actor, "council_seat_shown", "council_seat", seat.public_id)


def hide_seat(session: Session, actor: Actor, seat: CouncilSeat) -> None:
    """The person does not want to be shown; the name is gone at once, also from the database."""
    _blank_shown(seat)
    session.flush()
    log_event(session, actor, "council_seat_hidden", "council_seat", seat.public_id)


def vacate_seat(
    session: Session,
    actor: Actor,
    seat: CouncilSeat,
    *,
    on: date | None = None,
    reason: str = "",
) -> None:
    """Empty a seat from `on` (the first empty day); its representations end, the role goes.

    Raises Conflict when the seat is empty, or had nobody yet on that day.
    """
    locked = _locked(session, seat)
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
            reason=reason or None,
        )
    )
    locked.member_id = None
    locked.member = None
    locked.since = None
    locked.vacant_since = first_empty
    locked.vacant_reason = reason or None
    _blank_shown(locked)
    session.flush()
    _end_all(session, Representation.seat_id == locked.id, last)
    account = session.get_one(Account, member.account_id)
    if not seats_held_by(session, member.id):
        revoke_role_of(session, account, Role.COUNCIL_MEMBER, actor)
    _log(session, actor, "council_seat_left", locked, account)


def leave_council(session: Session, actor: Actor, member_id: int, reason: str = "") -> int:
    """Somebody left the bank or is erased: their seats are empty and their representations end."""
    held = seats_held_by(session, member_id)
    for seat in held:
        vacate_seat(session, actor, seat, on=max(today(), seat.since or today()), reason=reason)
    ended = _end_all(session, Representation.member_id == member_id, today())
    for item in session.scalars(
        select(Representation).where(Representation.member_id == member_id)
    ):
        item.shown_name = None
    for past in session.scalars(select(SeatPast).where(SeatPast.member_id == member_id)):
        past.reason = None
    session.flush()
    return len(held) + ended


def end_past_terms(session: Session) -> int:
    """Take the role back from whoever holds seats in past terms only; how many they were.

    Who sat stays on record. A seat in a coming term keeps the role.
    """
    going_on = (
        select(BankMember.account_id)
        .join(CouncilSeat, CouncilSeat.member_id == BankMember.id)
        .join(CouncilTerm, CouncilTerm.id == CouncilSeat.term_id)
        .where(CouncilTerm.ends_on >= today())
    )
    outlived = session.scalars(
        select(Account)
        .join(BankMember, BankMember.account_id == Account.id)
        .join(CouncilSeat, CouncilSeat.member_id == BankMember.id)
        .join(RoleAssignment, RoleAssignment.account_id == Account.id)
        .where(
            RoleAssignment.role == Role.COUNCIL_MEMBER.value,
            RoleAssignment.revoked_at.is_(None),
            Account.id.not_in(going_on),
        )
        .order_by(Account.id)
        .distinct()
    ).all()
    for account in outlived:
        revoke_role_of(session, account, Role.COUNCIL_MEMBER)
    return len(outlived)


def appoint_representation(
    session: Session,
    actor: Actor,
    *,
    group: Group,
    kind: RepresentationKind | str,
    seat: CouncilSeat | None = None,
    member: BankMember | None = None,
    from_on: date | None = None,
    is_fictional: bool = False,
) -> Representation:
    """Somebody represents residents in a group: the holder of a council seat, or a bank member.

    Which groups have such seats, and how many, is the county file's.

    Raises:
        Conflict: no such seat in the group, all are taken, or nobody was named.
    """
    member_id = seat.member_id if seat is not None else member.id if member is not None else None
    if member_id is None or not free_places(session, group, RepresentationKind(kind)):
        raise Conflict
    item = Representation(
        group=group,
        seat_id=seat.id if seat else None,
        member_id=member_id,
        kind=RepresentationKind(kind).value,
        from_on=from_on or today(),
        is_fictional=is_fictional,
    )
    session.add(item)
    session.flush()
    log_event(session, actor, "representation_appointed", "representation", item.public_id)
    return item


def end_representation(
    session: Session, actor: Actor, item: Representation, on: date | None = None
) -> None:
    """The representation ends; `on` is its last day. Raises Conflict when it has ended."""
    last = on or today()
    if item.to_on is not None or last < item.from_on:
        raise Conflict
    item.to_on = last
    item.shown_name = None
    session.flush()
    log_event(session, actor, "representation_ended", "representation", item.public_id)


def free_places(session: Session, group: Group, kind: RepresentationKind) -> int:
    """How many places of a kind are still free in a group."""
    wanted = sum(
        seat.count or 0 for seat in county_seats(session, group.id) if seat.kind == SEAT_KINDS[kind]
    )
    taken = session.scalar(
        select(func.count(Representation.id)).where(
            Representation.group_id == group.id,
            Representation.kind == kind.value,
            or_(Representation.to_on.is_(None), Representation.to_on >= today()),
        )
    )
    return max(0, wanted - (taken or 0))


def _locked(session: Session, seat: CouncilSeat) -> CouncilSeat:
    return session.scalars(
        select(CouncilSeat)
        .where(CouncilSeat.id == seat.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _blank_shown(seat: CouncilSeat) -> None:
    seat.shown_name = seat.shown_about = seat.shown_since = None


def _end_all(session: Session, whose: ColumnElement[bool], last: date) -> int:
    ended = 0
    for item in session.scalars(
        select(Representation).where(whose, Representation.to_on.is_(None))
    ):
        item.to_on = max(last, item.from_on)
        item.shown_name = None
        ended += 1
    session.flush()
    return ended


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
