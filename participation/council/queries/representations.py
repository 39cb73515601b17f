"""Who represents residents in the county's groups."""

from collections.abc import Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from participation.council.models import Representation
from participation.council.queries.access import check_manager, check_workspace, found
from participation.council.rules.places import LEADING_GROUP_KIND
from participation.county.models import Group
from participation.foundation.clock import today
from participation.foundation.permissions import Actor


def open_representations(session: Session) -> Sequence[Representation]:
    """Who represents residents in which group now, by group. Without people."""
    return session.scalars(_open_representations()).all()


def representations_with_people(session: Session, actor: Actor) -> Sequence[Representation]:
    """As `open_representations`, with who it is: for the council itself and coordinators."""
    check_workspace(session, actor)
    return session.scalars(_open_representations().options(joinedload(Representation.member))).all()


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


def representations_of_member(session: Session, member_id: int) -> Sequence[Representation]:
    """Somebody's representations, past ones too."""
    return session.scalars(
        select(Representation)
        .where(Representation.member_id == member_id)
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
        .options(joinedload(Representation.group), joinedload(Representation.seat))
        .order_by(Group.position, Representation.kind.desc(), Representation.id)
    )
