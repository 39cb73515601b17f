"""What is counted of an open round: answers, links handed out, mails. Never who, never what."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from participation.county.models import Unit
from participation.foundation.outbox import MailState, OutboxMail
from participation.foundation.outbox.rules import NOT_HANDED_OVER
from participation.questionnaires.models import (
    AccessToken,
    OpenLink,
    Response,
    RoundContact,
    SurveyRound,
)
from participation.questionnaires.queries.mailing import is_being_mailed
from participation.questionnaires.rules.mixing import ABOUT, LINK_MAIL, REMINDER_MAIL


@dataclass(frozen=True)
class Answered:
    """Answers of a round by unit and by week; an anonymous one knows its first week only."""

    by_unit: Mapping[int | None, int]
    by_week: Mapping[int, int]

    @property
    def total(self) -> int:
        return sum(self.by_unit.values())


def answered(session: Session, round_id: int) -> Answered:
    """One statement; only answers that have been rewritten are there to be counted (TRUST 47)."""
    by_unit: Counter[int | None] = Counter()
    by_week: Counter[int] = Counter()
    for unit_id, week, count in session.execute(
        select(Response.unit_id, Response.answered_week, func.count())
        .where(Response.round_id == round_id)
        .group_by(Response.unit_id, Response.answered_week)
    ):
        by_unit[unit_id] += count
        by_week[week] += count
    return Answered(by_unit, by_week)


def links_handed_out(session: Session, round_id: int) -> Mapping[int, int]:
    """Personal links by unit, for units only: others may lie among links that nobody has."""
    rows = session.execute(
        select(AccessToken.unit_id, func.count())
        .where(AccessToken.round_id == round_id, AccessToken.unit_id.is_not(None))
        .group_by(AccessToken.unit_id)
    )
    return {unit_id: count for unit_id, count in rows if unit_id is not None}


def units_asked(
    session: Session, round_id: int, others: Collection[int]
) -> Mapping[int, tuple[str, bool]]:
    """Units with an open link, and `others`: name, and whether an open link leads there."""
    linked = select(OpenLink.unit_id).where(
        OpenLink.round_id == round_id, OpenLink.unit_id.is_not(None)
    )
    rows = session.execute(
        select(Unit.id, Unit.name, Unit.id.in_(linked))
        .where(or_(Unit.id.in_(others), Unit.id.in_(linked)))
        .order_by(Unit.name, Unit.id)
    )
    return {unit_id: (name, bool(is_open)) for unit_id, name, is_open in rows}


@dataclass(frozen=True)
class Mailed:
    """Mails with the links of one round; `unwritten`: people who have no link yet.

    `last_on`: when a link or a reminder last left.
    """

    people: int
    unwritten: int
    sent: int
    on_their_way: int
    failed: int
    unsure: int
    reminders: int
    last_on: datetime | None
    is_mailing: bool  # links or reminders are just being written


def mailed(session: Session, survey_round: SurveyRound) -> Mailed:
    """Two statements: the list of people, and their mails by kind and state."""
    people, written, reminders, is_mailing = session.execute(
        select(
            func.count(RoundContact.id),
            func.count(RoundContact.message_id),
            func.coalesce(func.max(RoundContact.reminders), 0),
            is_being_mailed(survey_round),
        ).where(RoundContact.round_id == survey_round.id)
    ).one()
    states: Counter[str] = Counter()
    last: list[datetime] = []
    for template, state, count, sent_at in session.execute(
        select(
            OutboxMail.template,
            OutboxMail.state,
            func.count(OutboxMail.id),
            func.max(OutboxMail.sent_at),
        )
        .where(
            OutboxMail.about_kind == ABOUT,
            OutboxMail.about_id == survey_round.public_id,
            OutboxMail.template.in_([LINK_MAIL, REMINDER_MAIL]),
        )
        .group_by(OutboxMail.template, OutboxMail.state)
    ):
        if template == LINK_MAIL:
            states[state] += count
        if sent_at is not None:
            last.append(sent_at)
    return Mailed(
        people=people,
        unwritten=people - written,
        sent=states[MailState.SENT],
        on_their_way=sum(states[s] for s in (*NOT_HANDED_OVER, MailState.HANDING)),
        failed=states[MailState.FAILED],
        unsure=states[MailState.UNSURE],
        reminders=reminders,
        last_on=max(last, default=None),
        is_mailing=bool(is_mailing),
    )
