"""Asking for the newsletter, confirming it, leaving it. Mailed links prove themselves."""

import hmac

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from participation.accounts.rules.throttling import LINKS_PER_EMAIL
from participation.accounts.services.throttling import count_try, is_throttled
from participation.foundation.clock import now
from participation.foundation.crypto import email_index, token_hash
from participation.foundation.errors import NotFound
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox.models import FORGOTTEN, OutboxMail
from participation.foundation.outbox.rules import (
    CANNOT_BE_WRITTEN,
    NEEDS_DECISION,
    NOT_HANDED_OVER,
    MailState,
)
from participation.foundation.outbox.services import queue_mail
from participation.newsletter.models import NewsletterSubscriber
from participation.newsletter.rules.issues import CONFIRM_WITHIN, MAIL_KIND

CONFIRM, LEAVE = "newsletter.confirm", "newsletter.leave"
KEY_LENGTH = 32
SUBSCRIBER_KIND = "newsletter_subscriber"


def ask_for_newsletter(session: Session, email: str, locale: str) -> None:
    """Send a link that confirms. Whoever asks is told the same whether the address is known.

    An address that gets the newsletter already is told so by mail, so that nobody learns it here.
    An address that has been sent several mails in a short time gets no more, and nobody is told.
    """
    if is_throttled(session, LINKS_PER_EMAIL, email_index(email)):
        return
    count_try(session, LINKS_PER_EMAIL, email_index(email))
    known = session.scalar(
        select(NewsletterSubscriber)
        .where(NewsletterSubscriber.email_index == email_index(email))
        .with_for_update()
    )
    if known is None:
        known = NewsletterSubscriber(email=email, email_index=email_index(email), asked_at=now())
        session.add(known)
    elif known.confirmed_at is None:
        known.asked_at = now()
    session.flush()
    is_known = known.confirmed_at is not None
    queue_mail(
        session,
        to=email,
        template="newsletter/known" if is_known else "newsletter/confirm",
        locale=locale,
        context={
            "link": leave_link(known) if is_known else confirm_link(known),
            "days": CONFIRM_WITHIN.days,
        },
        about=(SUBSCRIBER_KIND, known.public_id),
    )


def confirm_link(subscriber: NewsletterSubscriber) -> str:
    """The address that a new subscriber confirms with."""
    key = link_key(CONFIRM, subscriber)
    return absolute_url(f"/newsletter/confirm/{subscriber.public_id}/{key}")


def leave_link(subscriber: NewsletterSubscriber) -> str:
    """The address in every issue that one leaves by."""
    return absolute_url(f"/newsletter/leave/{leave_path(subscriber)}")


def leave_path(subscriber: NewsletterSubscriber) -> str:
    """The end of that address, which differs between subscribers."""
    return f"{subscriber.public_id}/{link_key(LEAVE, subscriber)}"


def link_key(purpose: str, subscriber: NewsletterSubscriber) -> str:
    """What proves a mailed link: it holds for this row and for one purpose only."""
    return token_hash(purpose, subscriber.public_id)[:KEY_LENGTH]


def subscriber_by_link(
    session: Session, purpose: str, public_id: str, key: str
) -> NewsletterSubscriber:
    """Whose link it is. Raises NotFound: no such link, or too old to confirm with."""
    found = session.scalar(
        select(NewsletterSubscriber).where(NewsletterSubscriber.public_id == public_id)
    )
    if found is None or not hmac.compare_digest(link_key(purpose, found).encode(), key.encode()):
        raise NotFound
    is_late = found.confirmed_at is None and found.asked_at + CONFIRM_WITHIN < now()
    if purpose == CONFIRM and is_late:
        raise NotFound
    return found


def confirm(session: Session, subscriber: NewsletterSubscriber) -> None:
    """From now on it comes. Saying it twice changes nothing."""
    if subscriber.confirmed_at is None:
        subscriber.confirmed_at = now()
    session.flush()


def leave(session: Session, subscriber: NewsletterSubscriber) -> None:
    """Gone at once: the row, what waits to be sent, and to whom it was sent.

    Mails of the newsletter only: an invitation to the same address is another matter.
    """
    own = (
        OutboxMail.about_kind.in_((MAIL_KIND, SUBSCRIBER_KIND)),
        OutboxMail.about_id == subscriber.public_id,
    )
    waiting = session.scalars(
        select(OutboxMail)
        .where(*own, OutboxMail.state.in_((*NOT_HANDED_OVER, *NEEDS_DECISION)))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for mail in waiting:
        mail.state = MailState.CANCELLED
        mail.blank()
    session.execute(update(OutboxMail).where(*own).values(recipient_index=FORGOTTEN))
    session.delete(subscriber)
    session.flush()


def drop_unconfirmed(session: Session) -> int:
    """Addresses that were never confirmed go when their link does not work any more."""
    gone = session.execute(
        delete(NewsletterSubscriber).where(
            NewsletterSubscriber.confirmed_at.is_(None),
            NewsletterSubscriber.asked_at < now() - CONFIRM_WITHIN,
        )
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]


def drop_refused(session: Session) -> int:
    """Addresses that an issue could not be handed over to get no more: they are forgotten."""
    refused = session.scalars(
        select(NewsletterSubscriber)
        .where(
            NewsletterSubscriber.public_id.in_(
                select(OutboxMail.about_id).where(
                    OutboxMail.about_kind == MAIL_KIND,
                    OutboxMail.state == MailState.FAILED,
                    OutboxMail.last_error != CANNOT_BE_WRITTEN,
                )
            )
        )
        .order_by(NewsletterSubscriber.id)
    ).all()
    for one in refused:
        leave(session, one)
    return len(refused)
