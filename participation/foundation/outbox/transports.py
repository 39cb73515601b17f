"""How a message leaves: SMTP, or a local mailbox folder in development.

A transport says exactly what it knows: `TryLaterError` and `RefusedError` mean that nothing was
handed over; `UncertainError` means that it may have been. Reasons never hold addresses: servers
like to repeat them in their answers, so only status codes are kept.
"""

import mailbox
import re
import smtplib
import ssl
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from participation.foundation.config import Config
from participation.foundation.errors import ConfigurationError

TIMEOUT_SECONDS = 60
MAILS_PER_CONNECTION = 100
IDLE_SECONDS = 20
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
SCHEMES = ("smtp", "smtp+starttls", "smtps")


class TryLaterError(Exception):
    """Not handed over; the same may work later."""


class RefusedError(Exception):
    """Not handed over, and never will be."""


class UncertainError(Exception):
    """The message was on its way when the answer failed to come."""


class Transport(Protocol):
    def open(self) -> None:
        """Be ready to hand over. Raises TryLaterError."""
        ...

    def hand_over(self, sender: str, recipient: str, message: bytes) -> None:
        """Return only when the other side has taken responsibility.

        Raises TryLaterError, RefusedError or UncertainError.
        """
        ...

    def close(self) -> None: ...


def transport_for(config: Config) -> Transport:
    """SMTP where it is configured, else the mailbox folder under DATA_DIR."""
    if config.smtp_url:
        return SmtpTransport(config.smtp_url)
    if config.is_production:
        raise ConfigurationError("PARTICIPATION_SMTP_URL is not set: no mail could leave")
    return MaildirTransport(maildir_folder(config))


def maildir_folder(config: Config) -> Path:
    return config.data_dir / "mail"


class MaildirTransport:
    """Development: each mail is a file in a Maildir, read by the page /dev/mail."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._box: mailbox.Maildir | None = None

    def open(self) -> None:
        if self._box is None:
            self._folder.parent.mkdir(parents=True, exist_ok=True)
            self._box = mailbox.Maildir(self._folder, factory=None, create=True)

    def hand_over(self, sender: str, recipient: str, message: bytes) -> None:
        self.open()
        assert self._box is not None
        try:
            self._box.add(message)
        except OSError as problem:
            raise TryLaterError(f"mailbox folder: {type(problem).__name__}") from None

    def close(self) -> None:
        self._box = None


class SmtpTransport:
    """One SMTP connection, used for many mails.

    `smtp://` uses STARTTLS when it is offered, `smtp+starttls://` insists on it and on a valid
    certificate, `smtps://` is TLS from the start. A password is only ever sent over verified TLS,
    or to this machine itself.
    """

    def __init__(self, url: str, timeout: float = TIMEOUT_SECONDS) -> None:
        parts = urlsplit(url)
        if parts.scheme not in SCHEMES or not parts.hostname:
            raise ConfigurationError(f"PARTICIPATION_SMTP_URL must start with one of {SCHEMES}")
        self._scheme = parts.scheme
        self._host = parts.hostname
        self._port = parts.port or {"smtp": 25, "smtp+starttls": 587, "smtps": 465}[parts.scheme]
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._timeout = timeout
        self._connection: smtplib.SMTP | None = None
        self._handed = 0
        self._used_at = 0.0

    def open(self) -> None:
        worn_out = self._handed >= MAILS_PER_CONNECTION
        if self._connection and (worn_out or time.monotonic() - self._used_at > IDLE_SECONDS):
            self.close()
        if self._connection is None:
            try:
                self._connection = self._connect()
            except (OSError, smtplib.SMTPException) as problem:
                raise TryLaterError(f"connection: {_status(problem)}") from None
            self._handed = 0
        self._used_at = time.monotonic()

    def hand_over(self, sender: str, recipient: str, message: bytes) -> None:
        self.open()
        assert self._connection is not None
        self._begin(self._connection, sender, recipient)
        self._send(self._connection, message)
        self._handed += 1
        self._used_at = time.monotonic()

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.quit()
        except (OSError, smtplib.SMTPException):
            connection.close()

    def _connect(self) -> smtplib.SMTP:
        if self._scheme == "smtps":
            verified = ssl.create_default_context()
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                self._host, self._port, timeout=self._timeout, context=verified
            )
        else:
            connection = smtplib.SMTP(self._host, self._port, timeout=self._timeout)
        try:
            self._secure(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _secure(self, connection: smtplib.SMTP) -> None:
        connection.ehlo_or_helo_if_needed()
        is_here = self._host in LOOPBACK
        must = self._scheme == "smtp+starttls" or (self._user and not is_here)
        if self._scheme != "smtps" and (must or connection.has_extn("starttls")):
            connection.starttls(context=_context(verify=bool(must)))
            connection.ehlo()
        if self._user:
            connection.login(self._user, self._password)

    def _begin(self, connection: smtplib.SMTP, sender: str, recipient: str) -> None:
        """MAIL, RCPT, DATA up to the server's go-ahead: nothing has been handed over yet."""
        commands = (f"MAIL FROM:<{sender}>", f"RCPT TO:<{recipient}>", "DATA")
        try:
            if connection.has_extn("pipelining"):
                self._begin_at_once(connection, commands)
                return
            for command in commands:
                code, reply = connection.docmd(command)
                if code >= 400:
                    self._start_over(connection, code)
                    _raise_for(code, reply)
        except (OSError, smtplib.SMTPException, UnicodeError) as problem:
            self._drop()
            if isinstance(problem, UnicodeError):
                raise RefusedError("address: needs SMTPUTF8") from None
            raise TryLaterError(f"connection: {_status(problem)}") from None

    def _begin_at_once(self, connection: smtplib.SMTP, commands: Sequence[str]) -> None:
        """The three in one go, where the server offers it: one wait instead of three (RFC 2920)."""
        for command in commands:
            if not command.isascii() or "\r" in command or "\n" in command:
                raise UnicodeError("an address is not plain ASCII")
        connection.send("".join(f"{command}\r\n" for command in commands).encode("ascii"))
        replies = []
        for _command in commands:
            replies.append(connection.getreply())
            if replies[-1][0] == 421:
                break  # the server hangs up
        refused = next(((code, reply) for code, reply in replies if code >= 400), None)
        if refused is None:
            return
        if replies[-1][0] == 354:
            # It waits for a message to nobody: an empty one ends that, and is refused in turn.
            connection.send(b".\r\n")
            connection.getreply()
        self._start_over(connection, refused[0])
        _raise_for(*refused)

    def _send(self, connection: smtplib.SMTP, message: bytes) -> None:
        try:
            connection.send(_dot_stuffed(message))
            code, reply = connection.getreply()
        except (OSError, smtplib.SMTPException) as problem:
            self._drop()
            raise UncertainError(f"during hand-over: {_status(problem)}") from None
        if code >= 400:
            _raise_for(code, reply)

    def _start_over(self, connection: smtplib.SMTP, code: int) -> None:
        """After a refusal the connection is reset, or dropped where the server hangs up (421)."""
        if code == 421:
            self._drop()
            return
        try:
            connection.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _context(*, verify: bool) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not verify:
        # Opportunistic: better than plain text, and a relay on the same net is often self-signed.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _raise_for(code: int, reply: bytes) -> None:
    enhanced = re.match(rb"\s*([245]\.\d{1,3}\.\d{1,3})\b", reply)
    reason = f"server: {code} {enhanced[1].decode() if enhanced else ''}".strip()
    raise TryLaterError(reason) if code < 500 else RefusedError(reason)


def _status(problem: Exception) -> str:
    if isinstance(problem, smtplib.SMTPResponseException):
        return f"{type(problem).__name__} {problem.smtp_code}"
    return type(problem).__name__


def _dot_stuffed(message: bytes) -> bytes:
    stuffed = re.sub(rb"(?m)^\.", b"..", message)
    return stuffed + (b"" if stuffed.endswith(b"\r\n") else b"\r\n") + b".\r\n"
