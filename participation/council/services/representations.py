"""Who represents residents in the county's groups: appointed, ended."""

from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from participation.council.models import CouncilSeat, Representation
from participation.council.rules.places import SEAT_KINDS, RepresentationKind
from participation.county.models import Group
from participation.county.queries import seats as county_seats
from participation.foundation.clock import today
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember


class SitsThereAlready(Conflict):
    """One person has one place in a group at a time."""

    code = "sits_there_already"


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

    Which groups have such seats, how many, and who appoints to them, is the county file's.

    Raises:
        Conflict: no such seat in the group, all are taken, or nobody was named.
        SitsThereAlready: the person has a place in the group.
    """
    begins = from_on or today()
    member_id = seat.member_id if seat is not None else member.id if member is not None else None
    if member_id is None or not free_places(session, group, RepresentationKind(kind), begins):
        raise Conflict
    _refuse_twice(session, group, member_id, begins)
    item = Representation(
        group=group,
        seat_id=seat.id if seat else None,
        member_id=member_id,
        kind=RepresentationKind(kind).value,
        from_on=begins,
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


def free_places(session: Session, group: Group, kind: RepresentationKind, day: date) -> int:
    """How many places of a kind are free in a group from `day` on."""
    wanted = sum(
        seat.count or 0 for seat in county_seats(session, group.id) if seat.kind == SEAT_KINDS[kind]
    )
    taken = session.scalar(
        select(func.count(Representation.id)).where(
            Representation.group_id == group.id,
            Representation.kind == kind.value,
            _lasts_past(day),
        )
    )
    return max(0, wanted - (taken or 0))


def end_all(session: Session, whose: ColumnElement[bool], last: date) -> int:
    """End what still goes on of these representations, with `last` as their last day."""
    ended = 0
    for item in session.scalars(
        select(Representation).where(whose, Representation.to_on.is_(None))
    ):
        item.to_on = max(last, item.from_on)
        item.shown_name = None
        ended += 1
    session.flush()
    return ended


def _refuse_twice(session: Session, group: Group, member_id: int, begins: date) -> None:
    sits = session.scalar(
        select(Representation.id)
        .where(
            Representation.group_id == group.id,
            Representation.member_id == member_id,
            _lasts_past(begins),
        )
        .limit(1)
    )
    if sits is not None:
        raise SitsThereAlready


def _lasts_past(day: date) -> ColumnElement[bool]:
    """A place that ends on a day is free the day after."""
    return or_(Representation.to_on.is_(None), Representation.to_on >= day)
