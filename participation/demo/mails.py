"""The year's mails: what lies behind counts as sent, so that nobody's mailbox is flooded."""

from collections.abc import Collection

from sqlalchemy import null, select, update
from sqlalchemy.orm import Session

from participation.foundation.outbox.models import OutboxMail
from participation.foundation.outbox.rules import MailState


def settle_past_mails(session: Session, fresh: Collection[int]) -> int:
    """Mark every waiting mail as sent but those in `fresh` (ids); how many there were.

    Blanked like mails that were really sent (OutboxMail.blank).
    """
    past = OutboxMail.state == MailState.QUEUED, OutboxMail.id.not_in(list(fresh))
    count = len(session.scalars(select(OutboxMail.id).where(*past)).all())
    session.execute(
        update(OutboxMail)
        .where(*past)
        .values(
            state=MailState.SENT,
            sent_at=OutboxMail.created_at,
            attempts=1,
            recipient=null(),
            subject=null(),
            text=null(),
            html=null(),
            headers=null(),
            attachments=null(),
        )
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    return count
