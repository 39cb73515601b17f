"""Two entries of the bank turned out to be one person: nominations follow."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from participation.organisations.models import Nomination


def move_nominations(session: Session, kept_id: int, gone_id: int) -> None:
    """Let the nominations point at the entry that stays."""
    session.execute(
        update(Nomination)
        .where(Nomination.member_id == gone_id)
        .values(member_id=kept_id)
        .execution_options(synchronize_session=False)
    )
