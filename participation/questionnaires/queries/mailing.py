"""How the mailing of a round stands. Counts only: who has answered is in queries/named.py, and
known in rounds with names alone.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, joinedload

from participation.accounts.models import Account
from participation.foundation.jobs.models import Job
from participation.foundation.jobs.rules import JobState
from participation.foundation.outbox import MailState, OutboxMail
from participation.foundation.outbox.rules import NOT_HANDED_OVER
from participation.foundation.permissions import Actor
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries import willing_members
from participation.interest_bank.queries.conditions import lives_in
from participation.interest_bank.rules import MemberState
from participation.interest_bank.rules.options import Assignment
from participation.questionnaires.models import QuestionnaireVersion, RoundContact, SurveyRound
from participation.questionnaires.rules.mixing import ABOUT, LINK_MAIL, REMINDER_MAIL


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

    @property
    def to_decide(self) -> int:
        """Mails that an administrator decides about."""
        return self.failed + self.unsure


def panel_accounts(session: Session, actor: Actor, codes: Sequence[str]) -> list[Account]:
    """The questionnaire panel, without those who rest or may not be invited; `codes`: where from.

    Empty for whoever may not see the bank.
    """
    statement = willing_members(actor, Assignment.PANEL).options(joinedload(BankMember.account))
    if codes:
        statement = statement.where(lives_in(codes))
    members = [
        member for member in session.scalars(statement) if member.state == MemberState.ACTIVE
    ]
    return [member.account for member in members]


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


def unwritten_by_language(session: Session, round_id: int) -> dict[str, int]:
    """How many wait for a mail with a link, by the language it will be in."""
    waiting = RoundContact.round_id == round_id, RoundContact.message_id.is_(None)
    counted = select(RoundContact.locale, func.count(RoundContact.id)).where(*waiting)
    rows = session.execute(counted.group_by(RoundContact.locale).order_by(RoundContact.locale))
    return dict(list(rows))


def mail_jobs(session: Session, survey_round: SurveyRound) -> Sequence[Job]:
    """The jobs that mailed a round's links and reminders, or are about to, the oldest first."""
    prefix = mail_job_key(survey_round, "")
    return session.scalars(
        select(Job).where(Job.once_key.startswith(prefix, autoescape=True)).order_by(Job.id)
    ).all()


def is_being_mailed(survey_round: SurveyRound) -> ColumnElement[bool]:
    """Whether one of those jobs waits or works."""
    prefix = mail_job_key(survey_round, "")
    return exists().where(
        Job.once_key.startswith(prefix, autoescape=True),
        Job.state.in_([JobState.QUEUED, JobState.RUNNING]),
    )


def mail_job_key(survey_round: SurveyRound, number: object) -> str:
    """What a mailing is queued under: pressed twice it goes once, but after a failure again."""
    return f"{survey_round.public_id}-mail-{number}"


def has_mailed(session: Session, round_id: int) -> bool:
    """Whether somebody got a link to the round by mail."""
    return bool(rounds_with_mail(session, [round_id]))


def rounds_with_mail(session: Session, round_ids: Collection[int]) -> frozenset[int]:
    """Which of these rounds somebody got a link to by mail."""
    written = RoundContact.round_id.in_(round_ids), RoundContact.message_id.is_not(None)
    return frozenset(session.scalars(select(RoundContact.round_id).where(*written).distinct()))


def rounds_mailed_to(session: Session, account_id: int) -> Sequence[SurveyRound]:
    """The rounds on whose list somebody of the bank stands."""
    return session.scalars(
        select(SurveyRound)
        .join(RoundContact, RoundContact.round_id == SurveyRound.id)
        .where(RoundContact.account_id == account_id)
        .options(joinedload(SurveyRound.version).joinedload(QuestionnaireVersion.questionnaire))
        .order_by(SurveyRound.id)
    ).all()
