"""One mail to many people: its words are rendered and kept once per language.

A personal value stands in the template as a mark that no person can type by accident; each
person's own value takes its place when the mail is read or handed over, on one line in the text
and escaped in HTML, just as the template would have written it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from participation.foundation.bulk import insert_rows
from participation.foundation.clock import now
from participation.foundation.crypto import email_index
from participation.foundation.db import new_public_id
from participation.foundation.events import announce
from participation.foundation.i18n import use_locale
from participation.foundation.mail_templates import new_message_id, one_line, render_mail
from participation.foundation.outbox.merging import merged
from participation.foundation.outbox.models import OutboxMail, OutboxSheet, seal_values
from participation.foundation.outbox.rules import (
    HIDDEN,
    MailCategory,
    MailState,
    checked_recipient,
    has_mailbox,
)


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """One person to write to. `values` are what differs; `about_id` is what it concerns.

    `sealed`: values no member of staff may see, opened at the hand-over only. `message_id`: made
    beforehand by a caller who continues the thread later, with `headers`.
    """

    to: str
    locale: str
    about_id: str
    values: Mapping[str, str] = field(default_factory=dict)
    sealed: Mapping[str, str] = field(default_factory=dict)
    message_id: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def queue_mails(
    session: Session,
    *,
    template: str,
    context: Callable[[], Mapping[str, Any]],
    addressees: Sequence[Addressee],
    about_kind: str,
    category: MailCategory = MailCategory.ESSENTIAL,
    sealed_with: str | None = None,
) -> int:
    """Write one mail to each addressee in the caller's transaction; how many.

    `context` is asked once per language, in that language. As `queue_mail`, without attachments.
    `sealed_with`: the name of the temporary key for what the addressees call sealed.

    Raises ValueError: an address is not one bare address.
    """
    sheets = {
        locale: _sheet(session, template, locale, context)
        for locale in sorted({one.locale for one in addressees})
    }
    shared = {
        "template": template,
        "category": category,
        "state": MailState.QUEUED,
        "about_kind": about_kind,
        "attempts": 0,
        "created_at": now(),
        "next_try_at": now(),
    }
    reachable = [one for one in addressees if has_mailbox(one.to)]
    for one in addressees:
        if not has_mailbox(one.to):
            _tell_otherwise(session, template, one, sheets[one.locale])
    insert_rows(
        session,
        OutboxMail,
        [shared | _row(one, sheets[one.locale].id, sealed_with) for one in reachable],
    )
    return len(addressees)


def _sheet(
    session: Session, template: str, locale: str, context: Callable[[], Mapping[str, Any]]
) -> OutboxSheet:
    with use_locale(locale):
        rendered = render_mail(template, locale, context())
    sheet = OutboxSheet(subject=rendered.subject, text=rendered.text, html=rendered.html)
    session.add(sheet)
    session.flush()
    return sheet


def _row(one: Addressee, sheet_id: int, sealed_with: str | None) -> dict[str, Any]:
    recipient = checked_recipient(one.to)
    message_id = one.message_id or new_message_id()
    sealed = seal_values(sealed_with, one.sealed, message_id) if sealed_with else None
    return {
        "public_id": new_public_id(),
        "locale": one.locale,
        "message_id": message_id,
        "sealed_values": sealed,
        "sealed_with": sealed_with,
        "headers": json.dumps({name: one_line(value) for name, value in one.headers.items()}),
        "recipient": recipient,
        "recipient_index": email_index(recipient),
        "sheet_id": sheet_id,
        "personal_values": json.dumps(_values(one)),
        "about_id": one.about_id,
    }


def _values(one: Addressee) -> dict[str, str]:
    hidden = dict.fromkeys(one.sealed, HIDDEN)
    return {**hidden, **{name: one_line(value) for name, value in one.values.items()}}


def _tell_otherwise(session: Session, template: str, one: Addressee, sheet: OutboxSheet) -> None:
    """Somebody without a mailbox is told by whoever listens, as for `queue_mail`."""
    values = _values(one)
    announce(
        session,
        "mail_without_mailbox",
        email_index=email_index(checked_recipient(one.to)),
        template=template,
        locale=one.locale,
        subject=merged(sheet.subject, values),
        text=merged(sheet.text, values),
    )
