"""Who represents residents in the county's groups."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from participation.council.models import Representation
from participation.council.queries.access import check_manager, check_workspace, found
from participation.council.rules.places import (
    COUNCIL_KIND,
    KIND_OF_SEAT,
    LEADING_GROUP_KIND,
    RepresentationKind,
)
from participation.county.models import Group
from participation.county.queries import groups, resident_seats
from participation.foundation.clock import today
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember

SHOWN_PAST = 40


def open_representations(session: Session) -> Sequence[Representation]:
    """Who represents residents in which group now, by group. What is shown of them is theirs."""
    return session.scalars(_open_representations()).all()


def representations_with_people(session: Session, actor: Actor) -> Sequence[Representation]:
    """As `open_representations`, for the council itself and coordinators."""
    check_workspace(session, actor)
    return open_representations(session)


@dataclass(frozen=True)
class Places:
    """The residents' places of one kind in one group, who holds them and who appoints."""

    group: Group
    kind: RepresentationKind
    wanted: int
    appointed_by: Group | None
    held: Sequence[Representation]

    @property
    def free(self) -> int:
        return max(0, self.wanted - len(self.held))


def resident_places(session: Session, held: Sequence[Representation]) -> Sequence[Places]:
    """Every place the county file keeps for residents, beside the council's own, by group.

    `held` are the representations that go on. Constant queries.
    """
    known = {group.id: group for group in groups(session)}
    places = []
    for seat in resident_seats(session):
        group = known.get(seat.group_id)
        kind = KIND_OF_SEAT.get(seat.kind)
        if group is None or kind is None or group.kind == COUNCIL_KIND:
            continue
        mine = [item for item in held if item.group_id == group.id and item.kind == kind]
        appoints = known.get(seat.appointed_by_group_id or 0)
        places.append((group.position, Places(group, kind, seat.count or 0, appoints, mine)))
    return [one for _position, one in sorted(places, key=_by_group)]


def _by_group(place: tuple[int, Places]) -> tuple[int, int, bool]:
    position, one = place
    return position, one.group.id, one.kind is RepresentationKind.ALTERNATE


def past_representations(session: Session, actor: Actor) -> Sequence[Representation]:
    """Representations that have ended, newest first, with who it was."""
    check_workspace(session, actor)
    return session.scalars(
        select(Representation)
        .where(Representation.to_on < today())
        .options(joinedload(Representation.group), joinedload(Representation.member))
        .order_by(Representation.to_on.desc(), Representation.id.desc())
        .limit(SHOWN_PAST)
    ).all()


def own_representations(session: Session, account_id: int | None) -> Sequence[Representation]:
    """The places in groups one person holds now or is to hold."""
    return session.scalars(
        select(Representation)
        .join(BankMember, BankMember.id == Representation.member_id)
        .where(
            BankMember.account_id == account_id,
            or_(Representation.to_on.is_(None), Representation.to_on >= today()),
        )
        .options(joinedload(Representation.group), joinedload(Representation.member))
        .order_by(Representation.from_on, Representation.id)
    ).all()


def own_representation(session: Session, account_id: int | None, public_id: str) -> Representation:
    """One of a person's own places. Raises NotFound."""
    mine = own_representations(session, account_id)
    return found(next((item for item in mine if item.public_id == public_id), None))


def representation_to_change(session: Session, actor: Actor, public_id: str) -> Representation:
    """One representation, for those who appoint. Raises NotFound."""
    check_manager(actor)
    return found(
        session.scalar(
            select(Representation)
            .where(Representation.public_id == public_id)
            .options(
                joinedload(Representation.group),
                joinedload(Representation.member),
                joinedload(Representation.seat),
            )
        )
    )


def representations_of_person(session: Session, account_id: int) -> Sequence[Representation]:
    """Somebody's representations, past ones too."""
    return session.scalars(
        select(Representation)
        .join(BankMember, BankMember.id == Representation.member_id)
        .where(BankMember.account_id == account_id)
        .options(joinedload(Representation.group))
        .order_by(Representation.from_on, Representation.id)
    ).all()


def leading_seat_ids(representations: Sequence[Representation]) -> frozenset[int]:
    """Council seats whose holder also has a place in the county's lead."""
    return frozenset(
        item.seat_id
        for item in representations
        if item.seat_id is not None and item.group.kind == LEADING_GROUP_KIND
    )


def _open_representations() -> Select[Representation]:
    return (
        select(Representation)
        .join(Group, Group.id == Representation.group_id)
        .where(
            Representation.from_on <= today(),
            or_(Representation.to_on.is_(None), Representation.to_on >= today()),
        )
        .options(
            joinedload(Representation.group),
            joinedload(Representation.seat),
            joinedload(Representation.member),
        )
        .order_by(Group.position, Representation.kind.desc(), Representation.id)
    )
