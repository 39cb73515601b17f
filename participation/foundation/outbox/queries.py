"""Reading the outbox. Lists hold no addresses; one mail in need of a decision shows its own."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer, raiseload

from participation.foundation.clock import now
from participation.foundation.crypto import email_index
from participation.foundation.errors import NotFound
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.outbox.rules import NEEDS_DECISION, NOT_HANDED_OVER
from participation.foundation.paging import Page, paginate

# Not needed in lists, and costly to decrypt.
_CONTENT = (
    OutboxMail.recipient,
    OutboxMail.own_subject,
    OutboxMail.own_text,
    OutboxMail.own_html,
    OutboxMail.personal_values,
    OutboxMail.headers,
    OutboxMail.attachments,
)


def mails(
    session: Session, *, states: Collection[str] = (), to: str = "", number: int = 1
) -> Page[OutboxMail]:
    """One page of mails, newest first, without content; `to` finds by the exact address."""
    statement = (
        select(OutboxMail)
        .options(
            *(defer(column, raiseload=True) for column in _CONTENT), raiseload(OutboxMail.sheet)
        )
        .order_by(OutboxMail.created_at.desc(), OutboxMail.id.desc())
    )
    if states:
        statement = statement.where(OutboxMail.state.in_(states))
    if to:
        statement = statement.where(OutboxMail.recipient_index == email_index(to))
    return paginate(session, statement, number)


def mail_counts(session: Session) -> Mapping[str, int]:
    """How many mails there are in each state."""
    rows = session.execute(
        select(OutboxMail.state, func.count(OutboxMail.id)).group_by(OutboxMail.state)
    )
    return dict(list(rows))


def mail_to_decide(session: Session, public_id: str) -> OutboxMail:
    """A failed or unsure mail with its content. Raises NotFound for any other."""
    mail = session.scalar(
        select(OutboxMail).where(
            OutboxMail.public_id == public_id, OutboxMail.state.in_(NEEDS_DECISION)
        )
    )
    if mail is None:
        raise NotFound
    return mail


def mails_to_decide(session: Session) -> int:
    """How many mails wait for a person's decision."""
    statement = select(func.count(OutboxMail.id)).where(OutboxMail.state.in_(NEEDS_DECISION))
    return session.scalar(statement) or 0


def oldest_due_mail(session: Session) -> datetime | None:
    """Since when the oldest mail that may go has waited, None when nothing waits."""
    return session.scalar(
        select(func.min(OutboxMail.next_try_at)).where(
            OutboxMail.state.in_(NOT_HANDED_OVER), OutboxMail.next_try_at <= now()
        )
    )
