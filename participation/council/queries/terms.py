"""The terms the council sits for."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from participation.council.models import CouncilTerm
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
