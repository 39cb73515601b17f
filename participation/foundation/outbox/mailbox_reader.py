"""Reading the development mailbox: what the Maildir transport wrote, newest first."""

import email
import mailbox
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

from participation.foundation.errors import NotFound


@dataclass(frozen=True)
class DeliveredMail:
    """One message of the mailbox; `text` is empty in lists."""

    key: str
    to: str
    subject: str
    at: datetime
    text: str = ""


def newest_mails(folder: Path, *, to: str = "", limit: int = 50) -> list[DeliveredMail]:
    """The newest messages, headers only; `to` is a part of the recipient's address."""
    found: list[DeliveredMail] = []
    for mail in _headers(folder):
        if to.lower() in mail.to.lower():
            found.append(mail)
        if len(found) == limit:
            break
    return found


def delivered_mail(folder: Path, key: str) -> DeliveredMail:
    """One message with its text. Raises NotFound."""
    try:
        raw = mailbox.Maildir(folder, create=False).get_bytes(key)
    except (KeyError, mailbox.NoSuchMailboxError, OSError) as problem:
        raise NotFound from problem
    message = email.message_from_bytes(raw, policy=default)
    body = message.get_body(("plain",))
    return _described(key, message, "" if body is None else str(body.get_content()))


def _headers(folder: Path) -> Iterator[DeliveredMail]:
    if not (folder / "new").is_dir():
        return
    parser = BytesHeaderParser(policy=default)
    box = mailbox.Maildir(folder, factory=None, create=False)
    for key in sorted(box.keys(), key=_order, reverse=True):
        with box.get_file(key) as file:
            yield _described(key, parser.parse(file))  # type: ignore[arg-type]


def _order(key: str) -> tuple[int, ...]:
    """A Maildir name starts with seconds, then M<microseconds>P<process>Q<number>."""
    seconds, _, rest = key.partition(".")
    parts = rest.partition(".")[0].replace("M", " ").replace("P", " ").replace("Q", " ").split()
    return tuple(int(part) for part in (seconds, *parts) if part.isdigit())


def _described(key: str, message: EmailMessage, text: str = "") -> DeliveredMail:
    try:
        at = parsedate_to_datetime(str(message["Date"]))
    except ValueError:
        at = datetime.fromtimestamp(0, UTC)
    return DeliveredMail(key, str(message["To"] or ""), str(message["Subject"] or ""), at, text)
