"""From an outbox row to the bytes that are sent: the same bytes at every try."""

import base64
import json
import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from participation.foundation.mail_templates import one_line
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.outbox.rules import Attachment

# Quoted-printable or base64, so that any server can pass it on.
POLICY = SMTP.clone(cte_type="7bit")
_PLAIN_HEADER = re.compile(r"[\x20-\x7e]{1,900}")


@dataclass(frozen=True)
class Letter:
    """One claimed mail, decrypted, apart from the database."""

    mail_id: int
    public_id: str
    template: str
    message_id: str
    recipient: str
    subject: str
    text: str
    html: str
    locale: str
    headers: dict[str, str]
    attachments: tuple[Attachment, ...]
    queued_at: datetime
    attempts: int


def letter(mail: OutboxMail) -> Letter:
    """Raises ValueError when the row was blanked."""
    if mail.recipient is None or mail.subject is None or mail.text is None:
        raise ValueError("the mail has no content any more")
    return Letter(
        mail_id=mail.id,
        public_id=mail.public_id,
        template=mail.template,
        message_id=mail.message_id,
        recipient=mail.recipient,
        subject=mail.subject,
        text=mail.text,
        html=mail.html or "",
        locale=mail.locale,
        headers=json.loads(mail.headers or "{}"),
        attachments=_unpacked(mail.attachments),
        queued_at=mail.created_at,
        attempts=mail.attempts,
    )


def sender_address(mail_from: str) -> str:
    """The bare address of "Name <address>", for the envelope."""
    return parseaddr(mail_from)[1]


def message_bytes(item: Letter, mail_from: str) -> bytes:
    """The message with CRLF line ends.

    Raises ValueError for an address or header that cannot be written in plain ASCII.
    """
    name, address = parseaddr(mail_from)
    message = EmailMessage(policy=POLICY)
    message["From"] = Address(display_name=one_line(name), addr_spec=address)
    message["To"] = Address(addr_spec=item.recipient)
    message["Subject"] = one_line(item.subject)
    message["Content-Language"] = item.locale
    message.set_content(item.text)
    if item.html:
        message.add_alternative(item.html, subtype="html")
    for attachment in item.attachments:
        _attach(message, attachment)
    return _machine_headers(item) + message.as_bytes()


def _machine_headers(item: Letter) -> bytes:
    """Headers that must stay as they are: the mail library would fold and encode long ones."""
    headers = {
        "Message-ID": item.message_id,
        "Date": format_datetime(item.queued_at),
        "Auto-Submitted": "auto-generated",
        **item.headers,
    }
    if "List-Unsubscribe" in headers:
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    for name, value in headers.items():
        if not _PLAIN_HEADER.fullmatch(value):
            raise ValueError(f"{name} is not one line of plain ASCII")
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode("ascii")


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    maintype, _, subtype = attachment.content_type.partition("/")
    if attachment.method:
        # A calendar invitation is one more form of the same message, not a file beside it.
        message.add_alternative(
            attachment.content.decode(),
            subtype=subtype,
            params={"method": attachment.method},
            filename=one_line(attachment.filename),
        )
        return
    message.add_attachment(
        attachment.content,
        maintype=maintype,
        subtype=subtype,
        filename=one_line(attachment.filename),
    )


def _unpacked(packed: str | None) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(
            filename=item["filename"],
            content_type=item["content_type"],
            content=base64.b64decode(item["content"]),
            method=item["method"],
        )
        for item in json.loads(packed or "[]")
    )
