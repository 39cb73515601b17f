"""A real SMTP server inside the test process, which can refuse and hang up on request."""

import email
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    """Takes every mail, except what the sets below say about the recipient.

    No properties: aiosmtpd reads every attribute of its handler at each connection.
    """

    def __init__(self, delay_seconds: float = 0.0, *, offers_pipelining: bool = True) -> None:
        self.offers_pipelining = offers_pipelining
        self.envelopes: list[tuple[str, list[str], bytes]] = []
        self.commands: Counter[str] = Counter()
        self.try_later: set[str] = set()
        self.refuse: set[str] = set()
        self.hang_up_after_data: set[str] = set()
        self.hang_up_before_data: set[str] = set()
        self._delay = delay_seconds

    def messages(self) -> list[EmailMessage]:
        return [
            cast(EmailMessage, email.message_from_bytes(raw, policy=default))
            for _, _, raw in self.envelopes
        ]

    def message_ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.messages()]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if address in self.try_later:
            return f"451 4.2.1 {address} is busy, try later"
        if address in self.refuse:
            return f"550 5.1.1 {address} does not exist"
        if address in self.hang_up_before_data:
            assert server.transport is not None
            server.transport.close()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        self.envelopes.append((envelope.mail_from or "", envelope.rcpt_tos, envelope.content))
        if self._delay:
            time.sleep(self._delay)
        if self.hang_up_after_data & set(envelope.rcpt_tos):
            assert server.transport is not None
            server.transport.close()
        return "250 OK"

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: Any
    ) -> Any:
        session.host_name = hostname
        self.commands["EHLO"] += 1
        # As Postfix, Exim and Exchange say: several commands may come at once (RFC 2920).
        offered = ["250-PIPELINING"] if self.offers_pipelining else []
        return [*responses[:-1], *offered, *responses[-1:]]


@contextmanager
def smtp_sink(
    delay_seconds: float = 0.0, *, offers_pipelining: bool = True
) -> Iterator[tuple[Sink, str]]:
    """A sink and its smtp:// address."""
    sink = Sink(delay_seconds, offers_pipelining=offers_pipelining)
    controller = Controller(sink, hostname="127.0.0.1", port=_free_port())
    controller.start()
    try:
        yield sink, f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
