"""From an outbox row to the bytes that are sent: the same bytes at every try."""

import base64
import json
import re
from binascii import b2a_qp
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime, formataddr, parseaddr
from functools import cache

from participation.foundation.mail_templates import one_line
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.outbox.rules import Attachment

POLICY = compat32.clone(linesep="\r\n")
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
    """Raises ValueError when the row was blanked, KeyGoneError when what it says cannot be read."""
    if mail.recipient is None or mail.subject is None or mail.text is None:
        raise ValueError("the mail has no content any more")
    text, html = mail.in_full()
    assert text is not None
    return Letter(
        mail_id=mail.id,
        public_id=mail.public_id,
        template=mail.template,
        message_id=mail.message_id,
        recipient=mail.recipient,
        subject=mail.subject,
        text=text,
        html=html or "",
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

    Built on the library's older classes, whose headers are written as they are given: its newer
    ones read every header again, which took half the time of a delivery.

    Raises ValueError for an address or header that cannot be written in plain ASCII.
    """
    body = MIMEMultipart("alternative", policy=POLICY)
    body.attach(_text(item.text, "plain"))
    if item.html:
        body.attach(_text(item.html, "html"))
    for attachment in item.attachments:
        if attachment.method:
            body.attach(_calendar(attachment))
    files = [attachment for attachment in item.attachments if not attachment.method]
    message = _with_files(body, files) if files else body
    message["From"] = _sender_header(mail_from)
    message["To"] = _ascii(item.recipient)
    subject = Header(one_line(item.subject), "utf-8", header_name="Subject")
    message["Subject"] = subject.encode(linesep="\r\n")
    message["Content-Language"] = item.locale
    return _machine_headers(item) + message.as_bytes()


@cache
def _sender_header(mail_from: str) -> str:
    name, address = parseaddr(mail_from)
    return formataddr((one_line(name), _ascii(address)))


def _ascii(address: str) -> str:
    if not _PLAIN_HEADER.fullmatch(address):
        raise ValueError("an address is not plain ASCII")
    return address


def _text(content: str, subtype: str) -> MIMENonMultipart:
    """Quoted-printable: readable where it is ASCII, and any server can pass it on."""
    part = MIMENonMultipart("text", subtype, policy=POLICY, charset="utf-8")
    part["Content-Transfer-Encoding"] = "quoted-printable"
    lines = content.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    part.set_payload(b2a_qp(lines).decode("ascii"))
    return part


def _calendar(attachment: Attachment) -> MIMENonMultipart:
    """A calendar invitation is one more form of the same message, not a file beside it."""
    _maintype, _, subtype = attachment.content_type.partition("/")
    part = MIMENonMultipart(
        "text", subtype, policy=POLICY, charset="utf-8", method=attachment.method
    )
    part["Content-Transfer-Encoding"] = "base64"
    part.add_header("Content-Disposition", "attachment", filename=one_line(attachment.filename))
    part.set_payload(_base64(attachment.content))
    return part


def _with_files(body: MIMEMultipart, files: Sequence[Attachment]) -> MIMEMultipart:
    whole = MIMEMultipart("mixed", policy=POLICY)
    whole.attach(body)
    for attachment in files:
        maintype, _, subtype = attachment.content_type.partition("/")
        part = MIMENonMultipart(maintype, subtype, policy=POLICY)
        part["Content-Transfer-Encoding"] = "base64"
        name = one_line(attachment.filename)
        part.add_header(
            "Content-Disposition",
            "attachment",
            filename=name if name.isascii() else ("utf-8", "", name),
        )
        part.set_payload(_base64(attachment.content))
        whole.attach(part)
    return whole


def _base64(content: bytes) -> str:
    return base64.encodebytes(content).decode("ascii").replace("\n", "\r\n")


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
