"""Work in the background: rounds close in time, anonymous answers are mixed, keys destroyed."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from participation.foundation.clock import now
from participation.foundation.db import leave_no_traces, transaction
from participation.foundation.jobs.rules import JobProgress, Schedule
from participation.foundation.permissions import SYSTEM
from participation.foundation.temporary_keys import KeyGoneError, destroy_key
from participation.questionnaires.models import (
    AccessToken,
    ResponseDraft,
    SurveyRound,
    WaitingResponse,
)
from participation.questionnaires.queries import round_by_id, rounds_past_closing
from participation.questionnaires.queries.mixing import (
    hold_round_of,
    is_needless,
    keys_nobody_needs,
    rounds_to_mix,
)
from participation.questionnaires.services.mailing import (
    MAILS_AT_A_TIME,
    make_links,
    queue_links,
    queue_reminders,
)
from participation.questionnaires.services.rewriting import rewrite_waiting
from participation.questionnaires.services.rounds import close_round, hand_over_texts

SEND_LINKS = "questionnaires.send_links"
SEND_REMINDERS = "questionnaires.send_reminders"
CLOSE_DUE_ROUNDS = "questionnaires.close_due_rounds"
MIX_ANSWERS = "questionnaires.mix_answers"
DESTROY_KEYS = "questionnaires.destroy_keys"

# Small tables whose order of rows would tell who did what when.
ORDERLESS = (
    AccessToken.__tablename__,
    WaitingResponse.__tablename__,
    ResponseDraft.__tablename__,
)


@dataclass(frozen=True)
class CloseDueRounds:
    """Closes each round past its time in a transaction of its own."""

    kind: str = CLOSE_DUE_ROUNDS

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with sessions() as session:
            due = rounds_past_closing(session, now())
        for position, round_id in enumerate(due, start=1):
            with transaction(sessions) as session:
                close_round(session, round_by_id(session, round_id), SYSTEM)
            job.progress(position, len(due))
        return {"closed": len(due)}


@dataclass(frozen=True)
class MixAnswers:
    """Rewrites what waits in each anonymous round, a batch and transaction each (TRUST 47)."""

    kind: str = MIX_ANSWERS

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with sessions() as session:
            open_now = rounds_to_mix(session)
        rewritten = 0
        for position, round_id in enumerate(open_now, start=1):
            # A round whose key is lost is told of when it closes; the others go on.
            with suppress(KeyGoneError), transaction(sessions) as session:
                rewritten += _mixed(session, round_by_id(session, round_id))
            job.progress(position, len(open_now))
        if open_now:
            leave_no_traces(sessions, ORDERLESS)
        return {"rewritten": rewritten}


def _mixed(session: Session, survey_round: SurveyRound) -> int:
    """How many left; what was written on papers that came late goes to coding at once."""
    moved = rewrite_waiting(session, survey_round)
    if moved and survey_round.response_count is not None:
        hand_over_texts(session, survey_round)
    return moved


@dataclass(frozen=True)
class DestroyKeys:
    """Destroys keys that no mail and no waiting answer needs any more: that is the erasure."""

    kind: str = DESTROY_KEYS

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        with sessions() as session:
            needless = keys_nobody_needs(session)
        destroyed = sum(_destroyed(sessions, name) for name in needless)
        if destroyed:
            leave_no_traces(sessions, ORDERLESS, is_thorough=True)
        return {"destroyed": destroyed}


def _destroyed(sessions: sessionmaker[Session], name: str) -> bool:
    """Asked once more while nobody seals with it: a paper that comes late holds its round too."""
    with transaction(sessions) as session:
        hold_round_of(session, name)
        return is_needless(session, name) and destroy_key(name)


@dataclass(frozen=True)
class SendLinks:
    """Mails everybody their link: first the links alone, then the mails, some at a time.

    Again until nobody is left: who joins the list, or gets a new link, meanwhile has no link yet.
    """

    kind: str = SEND_LINKS

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        round_id, sent = int(job.payload["round_id"]), 0
        while ids := _linked(sessions, round_id):
            before = sent
            for start in range(0, len(ids), MAILS_AT_A_TIME):
                some = ids[start : start + MAILS_AT_A_TIME]
                with transaction(sessions) as session:
                    sent += queue_links(session, round_by_id(session, round_id), some)
                job.progress(sent, before + len(ids))
            if sent == before:  # those who are left cannot be mailed
                break
        return {"mails": sent}


@dataclass(frozen=True)
class SendReminders:
    """Reminds everybody a round was mailed to, in the thread of the mail with the link."""

    kind: str = SEND_REMINDERS

    def run(self, sessions: sessionmaker[Session], job: JobProgress) -> dict[str, Any]:
        round_id, number = int(job.payload["round_id"]), int(job.payload["number"])
        sent = 0
        while True:
            with transaction(sessions) as session:
                queued = queue_reminders(session, round_by_id(session, round_id), number)
            if not queued:
                return {"mails": sent}
            sent += queued
            job.progress(sent, sent + 1)


def _linked(sessions: sessionmaker[Session], round_id: int) -> Sequence[bytes]:
    with transaction(sessions) as session:
        return make_links(session, round_by_id(session, round_id))


SCHEDULES = (
    Schedule(CLOSE_DUE_ROUNDS, every=timedelta(minutes=15)),
    # Once a night: the more answers leave together, the less their order tells.
    Schedule(MIX_ANSWERS, every=timedelta(days=1), offset=timedelta(hours=1)),
    Schedule(DESTROY_KEYS, every=timedelta(minutes=15), offset=timedelta(minutes=5)),
)
