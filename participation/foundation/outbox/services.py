"""Writes to the outbox: queue in the caller's transaction, cancel, and the staff's decisions."""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.crypto import email_index
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.events import announce
from participation.foundation.mail_templates import (
    RenderedMail,
    new_message_id,
    one_line,
    render_mail,
)
from participation.foundation.outbox.models import FORGOTTEN, OutboxMail
from participation.foundation.outbox.rules import (
    NEEDS_DECISION,
    NOT_HANDED_OVER,
    RESTORED,
    Attachment,
    MailCategory,
    MailState,
    checked_recipient,
    has_mailbox,
)
from participation.foundation.permissions import Actor

# Headers a caller may add; everything else is decided when the message is built.
ALLOWED_HEADERS = frozenset({"In-Reply-To", "References", "List-Unsubscribe", "Reply-To"})


def queue_mail(
    session: Session,
    *,
    to: str,
    template: str,
    locale: str,
    context: Mapping[str, Any] | None = None,
    category: MailCategory | str = MailCategory.ESSENTIAL,
    about: tuple[str | None, str | None] = (None, None),
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[Attachment] = (),
    is_farewell: bool = False,
) -> OutboxMail:
    """Write a mail in the caller's transaction: no commit, no mail.

    `template`: a path under templates/mail without its ending, rendered now, in `locale`.
    `about`: kind and public id of what it concerns.
    `is_farewell`: the person is erased, so the row never tells to whom it went.
    Somebody without a mailbox gets none: whoever listens to `mail_without_mailbox` tells them.
    Subjects and bodies never name an illness area (TRUST, law). Links: `absolute_url(path)`.

    Raises ValueError: `to` is not one bare address, or a header is not allowed.
    """
    recipient, added = checked_recipient(to), _checked(headers or {})
    rendered = render_mail(template, locale, context or {})
    if not has_mailbox(recipient):
        return _tell_otherwise(session, recipient, template, locale, rendered)
    mail = OutboxMail(
        template=template,
        locale=locale,
        category=MailCategory(category),
        message_id=new_message_id(),
        recipient=recipient,
        recipient_index=FORGOTTEN if is_farewell else email_index(recipient),
        own_subject=rendered.subject,
        own_text=rendered.text,
        own_html=rendered.html,
        headers=added,
        attachments=_packed(attachments),
        about_kind=about[0],
        about_id=about[1],
    )
    session.add(mail)
    session.flush()
    return mail


def _tell_otherwise(
    session: Session, recipient: str, template: str, locale: str, rendered: RenderedMail
) -> OutboxMail:
    """Nothing is queued; the mail that would have been is only given back."""
    announce(
        session,
        "mail_without_mailbox",
        email_index=email_index(recipient),
        template=template,
        locale=locale,
        subject=rendered.subject,
        text=rendered.text,
    )
    return OutboxMail(template=template, locale=locale, state=MailState.CANCELLED)


def cancel_mails_to(session: Session, address: str) -> int:
    """Stop every mail to `address` that has not been handed over; how many there were.

    For withdrawal and erasure: out of all use at once, also out of the outbox.
    """
    waiting = session.scalars(
        select(OutboxMail)
        .where(
            OutboxMail.recipient_index == email_index(address),
            OutboxMail.state.in_([*NOT_HANDED_OVER, *NEEDS_DECISION]),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for mail in waiting:
        mail.state = MailState.CANCELLED
        mail.blank()
    session.flush()
    return len(waiting)


def cancel_mails_about(session: Session, kind: str, public_id: str, template: str) -> int:
    """Stop mails of one kind about one thing that have not been handed over; how many.

    For what has become untrue meanwhile: a reminder to somebody who has just answered.
    """
    waiting = session.scalars(
        select(OutboxMail)
        .where(
            OutboxMail.about_kind == kind,
            OutboxMail.about_id == public_id,
            OutboxMail.template == template,
            OutboxMail.state.in_(NOT_HANDED_OVER),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for mail in waiting:
        mail.state = MailState.CANCELLED
        mail.blank()
    session.flush()
    return len(waiting)


def forget_mails_to(session: Session, address: str) -> int:
    """As `cancel_mails_to`, for an erased person: what was sent no longer tells to whom either."""
    cancelled = cancel_mails_to(session, address)
    session.execute(
        update(OutboxMail)
        .where(OutboxMail.recipient_index == email_index(address))
        .values(recipient_index=FORGOTTEN)
    )
    return cancelled


def hold_after_restore(session: Session) -> int:
    """After a restore: what waited in the backup may have been sent since, so staff decide."""
    waiting = session.scalars(
        update(OutboxMail)
        .where(OutboxMail.state.in_([*NOT_HANDED_OVER, MailState.HANDING]))
        .values(
            state=MailState.UNSURE,
            last_error=RESTORED,
            claimed_by=None,
            claimed_until=None,
        )
        .returning(OutboxMail.id)
    )
    return len(waiting.all())


def retry_mail(session: Session, actor: Actor, public_id: str) -> OutboxMail:
    """Staff decide to send a failed or unsure mail again (with its old Message-ID)."""
    mail = _decided(session, actor, public_id, "mail_retried")
    mail.state = MailState.QUEUED
    mail.attempts = 0
    mail.next_try_at = now()
    session.flush()
    return mail


def mark_mail_sent(session: Session, actor: Actor, public_id: str) -> OutboxMail:
    """Staff know that it arrived: nothing more is sent, the content is blanked."""
    mail = _decided(session, actor, public_id, "mail_marked_sent")
    mail.state = MailState.SENT
    mail.sent_at = now()
    mail.blank()
    session.flush()
    return mail


def give_up_mail(session: Session, actor: Actor, public_id: str) -> OutboxMail:
    """Staff decide that it shall not be sent: the content is blanked."""
    mail = _decided(session, actor, public_id, "mail_given_up")
    mail.state = MailState.CANCELLED
    mail.blank()
    session.flush()
    return mail


def _decided(session: Session, actor: Actor, public_id: str, action: str) -> OutboxMail:
    """The failed or unsure mail somebody decides about; the decision is logged."""
    mail = session.scalar(
        select(OutboxMail)
        .where(OutboxMail.public_id == public_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if mail is None:
        raise NotFound
    if mail.state not in NEEDS_DECISION:
        raise Conflict
    mail.decided_by_account_id = actor.account_id
    mail.decided_at = now()
    mail.claimed_by = mail.claimed_until = None
    log_event(session, actor, action, "mail", public_id)
    return mail


def _checked(headers: Mapping[str, str]) -> str:
    """As they are stored. Raises ValueError for one that no caller may add."""
    unknown = set(headers) - ALLOWED_HEADERS
    if unknown:
        raise ValueError(f"headers not allowed: {sorted(unknown)}")
    return json.dumps({name: one_line(value) for name, value in headers.items()})


def _packed(attachments: Sequence[Attachment]) -> str:
    return json.dumps(
        [
            {
                "filename": one_line(item.filename),
                "content_type": item.content_type,
                "method": item.method,
                "content": base64.b64encode(item.content).decode(),
            }
            for item in attachments
        ]
    )
