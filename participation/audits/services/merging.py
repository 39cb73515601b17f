"""Two entries of the bank turned out to be one person: places in audit teams follow."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from participation.audits.models import AuditTeamMember


def move_team_places(session: Session, kept_id: int, gone_id: int) -> None:
    """Let the team places point at the entry that stays."""
    session.execute(
        update(AuditTeamMember)
        .where(AuditTeamMember.member_id == gone_id)
        .values(member_id=kept_id)
        .execution_options(synchronize_session=False)
    )
