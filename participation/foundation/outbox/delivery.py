"""Handing mails over, so that nobody is missed and nobody gets one twice.

`handing` is committed before the first byte of a mail leaves; "mail n sent" and "mail n+1
handing" are one commit. A worker killed in between leaves one row in `handing`, which becomes
`unsure` and waits for a person; it is never sent again by itself (TRUST 38).
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email.errors import MessageError

import structlog
from sqlalchemy import Connection, Engine, Select, bindparam, delete, exists, or_, select, update
from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.clock import now
from participation.foundation.db import transaction
from participation.foundation.outbox.messages import Letter, letter, message_bytes, sender_address
from participation.foundation.outbox.models import OutboxMail, OutboxSheet
from participation.foundation.outbox.rules import (
    CANNOT_BE_WRITTEN,
    CLAIM_LASTS,
    HANDING_LASTS,
    KEY_DESTROYED,
    MAX_TRIES,
    STOPPED_DURING_HAND_OVER,
    MailState,
    delay_before_try,
)
from participation.foundation.outbox.transports import (
    RefusedError,
    Transport,
    TryLaterError,
    UncertainError,
)
from participation.foundation.temporary_keys import KeyGoneError

BATCH = 100
LONGEST_PAUSE = timedelta(minutes=5)

log = structlog.get_logger()

# Built once: two of them run for every mail, straight on the connection.
_IS_MINE = (OutboxMail.id == bindparam("mail_id"), OutboxMail.claimed_by == bindparam("worker"))
_START = (
    update(OutboxMail)
    .where(*_IS_MINE, OutboxMail.state == MailState.CLAIMED)
    .values(
        state=MailState.HANDING,
        claimed_until=bindparam("until"),
        attempts=OutboxMail.attempts + 1,
    )
)
# If the hand-over took so long that it was called unsure meanwhile, it is known now.
_FINISH = update(OutboxMail).where(
    *_IS_MINE, OutboxMail.state.in_([MailState.HANDING, MailState.UNSURE])
)
_BLANK = (
    "recipient",
    "own_subject",
    "own_text",
    "own_html",
    "sheet_id",
    "personal_values",
    "sealed_values",
    "headers",
    "attachments",
)
_FINISH_SENT = _FINISH.values(
    state=MailState.SENT,
    sent_at=bindparam("at"),
    last_error=None,
    claimed_until=None,
    **dict.fromkeys(_BLANK),
)
_FINISH_OTHERWISE = _FINISH.values(
    state=bindparam("new_state"),
    last_error=bindparam("reason"),
    next_try_at=bindparam("next_at"),
    claimed_until=None,
)


# Both at once in one statement, which is a transaction of its own: one wait for the database
# instead of four. SQLite knows no updates in a WITH, and waits for nobody.
_SENT_BEFORE = (
    update(OutboxMail)
    .where(
        OutboxMail.id == bindparam("sent_id"),
        OutboxMail.claimed_by == bindparam("worker"),
        OutboxMail.state.in_([MailState.HANDING, MailState.UNSURE]),
    )
    .values(
        state=MailState.SENT,
        sent_at=bindparam("at"),
        last_error=None,
        claimed_until=None,
        **dict.fromkeys(_BLANK),
    )
    .returning(OutboxMail.id)
    .cte("sent_before")
)
_DROP_SPENT_SHEETS = delete(OutboxSheet).where(
    ~exists().where(OutboxMail.sheet_id == OutboxSheet.id)
)
_SENT_AND_START = _START.add_cte(_SENT_BEFORE).returning(OutboxMail.id)


@dataclass(frozen=True)
class Outcome:
    """What became of one hand-over."""

    item: Letter
    state: MailState
    reason: str | None = None


class MailRunner:
    """Delivers what is due. One per worker; `name` tells its claims from other workers'."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        transport: Transport,
        mail_from: str,
        name: str,
        *,
        claim_lasts: timedelta = CLAIM_LASTS,
        handing_lasts: timedelta = HANDING_LASTS,
    ) -> None:
        self._sessions = sessions
        self._transport = transport
        self._mail_from = mail_from
        self._sender = sender_address(mail_from)
        self._name = name
        self._claim_lasts = claim_lasts
        self._handing_lasts = handing_lasts
        self._failed_connections = 0
        self._paused_until = now()
        self._autocommit: Connection | None = None

    def deliver_due(self, stop: threading.Event) -> int:
        """Deliver one batch; how many mails were dealt with.

        When no connection can be had, nothing is claimed and no mail's tries are used up: an
        outage of the mail server is not the mails' fault.
        """
        if now() < self._paused_until or not self._has_due() or not self._opened():
            return 0
        letters = self._claim()
        with self._at_once():
            dealt_with = self._deliver(letters, stop)
        self._release(letters[dealt_with:])
        return dealt_with

    def _deliver(self, letters: Sequence[Letter], stop: threading.Event) -> int:
        dealt_with, outcome = 0, None
        for item in letters:
            if stop.is_set():
                break
            is_mine = self._turn_over(outcome, item)
            outcome = self._hand_over(item) if is_mine else None
            dealt_with += 1
        self._turn_over(outcome, None)
        return dealt_with

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """A connection kept for a batch on which every statement commits by itself (PostgreSQL)."""
        with self._sessions() as session:
            engine = session.get_bind()
        if engine.dialect.name != "postgresql" or not isinstance(engine, Engine):
            yield
            return
        with engine.connect() as connection:
            self._autocommit = connection.execution_options(isolation_level="AUTOCOMMIT")
            try:
                yield
            finally:
                self._autocommit = None

    def recover(self, *, everyone_else_is_dead: bool = False) -> int:
        """Free claims that ran out; a hand-over that ran out becomes `unsure`. How many of those.

        `everyone_else_is_dead`: at the start of the only worker there is (SQLite), without waiting.
        """
        ran_out = OutboxMail.claimed_until < now()
        if everyone_else_is_dead:
            ran_out = or_(ran_out, OutboxMail.claimed_by != self._name)
        with transaction(self._sessions) as session:
            session.execute(
                update(OutboxMail)
                .where(OutboxMail.state == MailState.CLAIMED, ran_out)
                .values(state=MailState.QUEUED, claimed_by=None, claimed_until=None)
            )
            unsure = session.scalars(
                update(OutboxMail)
                .where(OutboxMail.state == MailState.HANDING, ran_out)
                .values(state=MailState.UNSURE, last_error=STOPPED_DURING_HAND_OVER)
                .returning(OutboxMail.public_id)
            ).all()
        for public_id in unsure:
            log.warning("mail_unsure", mail=public_id)
        return len(unsure)

    def close(self) -> None:
        self._transport.close()

    def _has_due(self) -> bool:
        with self._sessions() as session:
            return session.scalar(_due().limit(1)) is not None

    def _opened(self) -> bool:
        try:
            self._transport.open()
        except TryLaterError as problem:
            self._failed_connections += 1
            pause = min(timedelta(seconds=2**self._failed_connections), LONGEST_PAUSE)
            self._paused_until = now() + pause
            log.warning(
                "mail_server_unreachable", problem=str(problem), pause_seconds=pause.seconds
            )
            return False
        self._failed_connections = 0
        return True

    def _claim(self) -> list[Letter]:
        with transaction(self._sessions) as session:
            ids = session.scalars(_due().limit(BATCH).with_for_update(skip_locked=True)).all()
            session.execute(
                update(OutboxMail)
                .where(OutboxMail.id.in_(ids))
                .values(
                    state=MailState.CLAIMED,
                    claimed_by=self._name,
                    claimed_until=now() + self._claim_lasts,
                )
            )
            rows = session.scalars(
                select(OutboxMail)
                .where(OutboxMail.id.in_(ids))
                .order_by(OutboxMail.next_try_at, OutboxMail.id)
            ).all()
            session.execute(_DROP_SPENT_SHEETS)
            return self._readable(rows)

    def _readable(self, rows: Sequence[OutboxMail]) -> list[Letter]:
        """The mails that can be read; one whose key is destroyed will never be sent."""
        letters = []
        for row in rows:
            try:
                letters.append(letter(row))
            except KeyGoneError:
                row.state = MailState.FAILED
                row.last_error = KEY_DESTROYED
                row.claimed_until = None
        return letters

    def _turn_over(self, finished: Outcome | None, starting: Letter | None) -> bool:
        """One commit: what became of the last mail, and that the next one is being handed over.

        False when the next one is no longer this worker's (cancelled, or its claim ran out).
        """
        if finished is None and starting is None:
            return False
        is_mine = self._written(finished, starting)
        if finished is not None:
            log.info(
                "mail_" + finished.state,
                mail=finished.item.public_id,
                template=finished.item.template,
                reason=finished.reason,
            )
        return is_mine

    def _written(self, finished: Outcome | None, starting: Letter | None) -> bool:
        went_well = finished is not None and finished.state is MailState.SENT
        if self._autocommit is not None and went_well and starting is not None:
            assert finished is not None
            started = self._autocommit.execute(
                _SENT_AND_START,
                {
                    "sent_id": finished.item.mail_id,
                    "at": now(),
                    "mail_id": starting.mail_id,
                    "worker": self._name,
                    "until": now() + self._handing_lasts,
                },
            ).all()
            return len(started) == 1
        with transaction(self._sessions) as session:
            if finished is not None:
                self._record(session, finished)
            return starting is not None and self._start(session, starting)

    def _start(self, session: Session, item: Letter) -> bool:
        started = session.connection().execute(
            _START,
            {
                "mail_id": item.mail_id,
                "worker": self._name,
                "until": now() + self._handing_lasts,
            },
        )
        return started.rowcount == 1

    def _record(self, session: Session, outcome: Outcome) -> None:
        whose = {"mail_id": outcome.item.mail_id, "worker": self._name}
        if outcome.state is MailState.SENT:
            session.connection().execute(_FINISH_SENT, {**whose, "at": now()})
            return
        is_queued = outcome.state is MailState.QUEUED
        tries = outcome.item.attempts + 1
        values = {
            "new_state": outcome.state,
            "reason": outcome.reason,
            "next_at": now() + delay_before_try(tries) if is_queued else now(),
        }
        session.connection().execute(_FINISH_OTHERWISE, {**whose, **values})

    def _hand_over(self, item: Letter) -> Outcome:
        try:
            message = message_bytes(item, self._mail_from)
        except (ValueError, LookupError, MessageError):
            return Outcome(item, MailState.FAILED, CANNOT_BE_WRITTEN)
        try:
            self._transport.hand_over(self._sender, item.recipient, message)
        except TryLaterError as problem:
            is_last = item.attempts + 1 >= MAX_TRIES
            state = MailState.FAILED if is_last else MailState.QUEUED
            return Outcome(item, state, str(problem))
        except RefusedError as problem:
            return Outcome(item, MailState.FAILED, str(problem))
        except UncertainError as problem:
            return Outcome(item, MailState.UNSURE, str(problem))
        return Outcome(item, MailState.SENT)

    def _release(self, letters: Sequence[Letter]) -> None:
        if not letters:
            return
        with transaction(self._sessions) as session:
            session.execute(
                update(OutboxMail)
                .where(
                    OutboxMail.id.in_([item.mail_id for item in letters]),
                    OutboxMail.state == MailState.CLAIMED,
                    OutboxMail.claimed_by == self._name,
                )
                .values(state=MailState.QUEUED, claimed_by=None, claimed_until=None)
            )


def _due() -> Select[int]:
    return (
        select(OutboxMail.id)
        .where(OutboxMail.state == MailState.QUEUED, OutboxMail.next_try_at <= now())
        .order_by(OutboxMail.next_try_at, OutboxMail.id)
    )
