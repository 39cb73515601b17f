"""The terms the council sits for."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from participation.council.models import CouncilTerm
from participation.council.rules.places import COUNCIL_KIND, KIND_OF_SEAT, RepresentationKind
from participation.county.queries import groups
from participation.county.queries import seats as county_seats
from participation.foundation.clock import today


def current_term(session: Session) -> CouncilTerm | None:
    """The term that goes on, else the newest one that has begun."""
    return session.scalar(
        select(CouncilTerm)
        .where(CouncilTerm.starts_on <= today())
        .options(joinedload(CouncilTerm.group))
        .order_by(CouncilTerm.starts_on.desc(), CouncilTerm.id.desc())
        .limit(1)
    )


def council_seats_in_county(session: Session) -> dict[str, int]:
    """How many seats and alternates the county file gives its council; nothing where it is silent.

    The keys are `seats` and `alternates`.
    """
    council = next(iter(groups(session, kind=COUNCIL_KIND)), None)
    told: dict[str, int] = {}
    for seat in county_seats(session, council.id) if council else ():
        kind = KIND_OF_SEAT.get(seat.kind)
        if kind is not None and seat.count is not None:
            name = "alternates" if kind is RepresentationKind.ALTERNATE else "seats"
            told[name] = told.get(name, 0) + seat.count
    return told
