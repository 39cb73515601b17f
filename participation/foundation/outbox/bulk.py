"""One mail to many people: rendered once per language, merged per person, inserted in bulk.

A personal value stands in the template as a mark that no person can type by accident; each
person's own value takes its place afterwards, on one line in the text and escaped in HTML, just
as the template would have written it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import escape
from sqlalchemy import insert
from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.crypto import email_index
from participation.foundation.db import new_public_id
from participation.foundation.events import announce
from participation.foundation.i18n import use_locale
from participation.foundation.mail_templates import (
    RenderedMail,
    new_message_id,
    one_line,
    render_mail,
)
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.outbox.rules import (
    MailCategory,
    MailState,
    checked_recipient,
    has_mailbox,
)

ROWS_AT_ONCE = 500
# Private-use signs: in no alphabet, and left alone by everything a text passes through.
_OPEN, _CLOSE = "\ue000", "\ue001"


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """One person to write to. `values` are what differs; `about_id` is what it concerns."""

    to: str
    locale: str
    about_id: str
    values: Mapping[str, str] = field(default_factory=dict)


def personal(name: str) -> str:
    """What stands in the shared context for a value that differs: a link may hold it as a part."""
    return f"{_OPEN}{name}{_CLOSE}"


def queue_mails(
    session: Session,
    *,
    template: str,
    context: Callable[[], Mapping[str, Any]],
    addressees: Sequence[Addressee],
    about_kind: str,
    category: MailCategory = MailCategory.ESSENTIAL,
) -> int:
    """Write one mail to each addressee in the caller's transaction; how many.

    `context` is asked once per language, in that language. As `queue_mail`, without attachments.

    Raises ValueError: an address is not one bare address.
    """
    sheets = {
        locale: _sheet(template, locale, context) for locale in {a.locale for a in addressees}
    }
    shared = {
        "template": template,
        "category": category,
        "state": MailState.QUEUED,
        "about_kind": about_kind,
        "attempts": 0,
        "headers": None,
        "attachments": None,
    }
    moment = now()
    reachable = [one for one in addressees if has_mailbox(one.to)]
    for one in addressees:
        if not has_mailbox(one.to):
            _tell_otherwise(session, template, one, sheets[one.locale])
    for part in _parts(reachable):
        session.connection().execute(
            insert(OutboxMail),
            [
                {**shared, **_row(one, sheets[one.locale]), "created_at": moment}
                | {"next_try_at": moment}
                for one in part
            ],
        )
    return len(addressees)


def _tell_otherwise(session: Session, template: str, one: Addressee, sheet: RenderedMail) -> None:
    """Somebody without a mailbox is told by whoever listens, as for `queue_mail`."""
    row = _row(one, sheet)
    announce(
        session,
        "mail_without_mailbox",
        email_index=row["recipient_index"],
        template=template,
        locale=one.locale,
        subject=row["subject"],
        text=row["text"],
    )


def _sheet(template: str, locale: str, context: Callable[[], Mapping[str, Any]]) -> RenderedMail:
    with use_locale(locale):
        return render_mail(template, locale, context())


def _row(one: Addressee, sheet: RenderedMail) -> dict[str, Any]:
    recipient = checked_recipient(one.to)
    values = {name: one_line(value) for name, value in one.values.items()}
    escaped = {name: str(escape(value)) for name, value in values.items()}
    return {
        "public_id": new_public_id(),
        "locale": one.locale,
        "message_id": new_message_id(),
        "recipient": recipient,
        "recipient_index": email_index(recipient),
        "subject": _merged(sheet.subject, values),
        "text": _merged(sheet.text, values),
        "html": _merged(sheet.html, escaped),
        "about_id": one.about_id,
    }


def _merged(text: str, values: Mapping[str, str]) -> str:
    """Each piece between marks is looked at once: a value is never searched for marks."""
    head, *rest = text.split(_OPEN)
    pieces = [head]
    for part in rest:
        name, _, tail = part.partition(_CLOSE)
        pieces += [values[name], tail]
    return "".join(pieces)


def _parts(addressees: Sequence[Addressee]) -> Iterable[Sequence[Addressee]]:
    return (
        addressees[start : start + ROWS_AT_ONCE]
        for start in range(0, len(addressees), ROWS_AT_ONCE)
    )
