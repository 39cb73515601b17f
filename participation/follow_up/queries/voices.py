"""Who took part in what a finding rests on, as far as anybody can know it.

A finding rests on texts and on a number. Texts of a theme dialogue, and answers about an activity,
lead to those who were there; texts and answers of a user audit to its auditors. Whoever answered a
questionnaire or was interviewed is nobody here: there is nothing to know them by, and no address
is ever tied to an answer (TRUST 45–50). They have the public page of the round.
"""

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    Subquery,
    and_,
    func,
    or_,
    select,
    union,
)
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.activities.models import Activity, Attendance
from participation.audits.models import Audit, AuditTeamMember
from participation.coding.models import Material
from participation.coding.rules.drafts import SourceKind
from participation.commitments.models import Commitment, CommitmentUpdate
from participation.commitments.rules import UpdateKind
from participation.disclosure.models import Release
from participation.follow_up.models import Feedback, FeedbackTold
from participation.foundation.clock import today
from participation.interest_bank.models import BankMember
from participation.interest_bank.rules import MemberState
from participation.meetings.models import Meeting
from participation.questionnaires.models import SurveyRound
from participation.results.models import Finding, FindingMaterial

FINDING = "finding"


def matter_to_tell(session: Session, commitment: Commitment) -> Feedback | None:
    """The public matter of an answer to a published finding; None: there is nothing to tell."""
    return session.scalar(
        select(Feedback)
        .join(Commitment, Commitment.id == Feedback.commitment_id)
        .join(Finding, Finding.id == Feedback.finding_id)
        .where(
            Feedback.commitment_id == commitment.id,
            Feedback.is_public,
            Commitment.is_public,
            Commitment.subject_kind == FINDING,
            Finding.state == "published",
        )
    )


def not_yet_told(session: Session, matter: Feedback, event: str) -> Sequence[Account]:
    """Who took part, can be reached, and has not been told of the event. One query."""
    took_part = _took_part()
    told = select(FeedbackTold.account_id).where(
        FeedbackTold.commitment_id == matter.commitment_id, FeedbackTold.event == event
    )
    return session.scalars(
        select(Account)
        .outerjoin(BankMember, BankMember.account_id == Account.id)
        .where(
            Account.id.in_(
                select(took_part.c.account_id).where(took_part.c.finding_id == matter.finding_id)
            ),
            Account.id.not_in(told),
            Account.is_active,
            Account.erased_at.is_(None),
            or_(BankMember.id.is_(None), _may_be_written_to()),
        )
        .order_by(Account.id)
    ).all()


def answers_to_voice(session: Session, account_id: int) -> list[tuple[Commitment, Feedback]]:
    """Public answers to findings that rest on what the person took part in. One query."""
    took_part = _took_part()
    rows = session.execute(
        select(Commitment, Feedback)
        .join(Feedback, Feedback.commitment_id == Commitment.id)
        .join(Finding, Finding.id == Feedback.finding_id)
        .where(
            Finding.id.in_(
                select(took_part.c.finding_id).where(took_part.c.account_id == account_id)
            ),
            Finding.state == "published",
            Feedback.is_public,
            Commitment.is_public,
            Commitment.answered_on.is_not(None),
        )
        .order_by(Commitment.answered_on, Commitment.id)
    )
    return [(row[0], row[1]) for row in rows]


def told_counts(session: Session, commitment_id: int) -> list[tuple[str, int]]:
    """How many were told of each event, in the order of the first. Never who."""
    rows = session.execute(
        select(FeedbackTold.event, func.count(), func.min(FeedbackTold.told_on).label("first"))
        .where(FeedbackTold.commitment_id == commitment_id)
        .group_by(FeedbackTold.event)
        .order_by("first", FeedbackTold.event)
    )
    return [(row[0], row[1]) for row in rows]


def told_to(session: Session, account_id: int) -> Sequence[tuple[FeedbackTold, str]]:
    """What the person was told, and which matter it was about; the newest first."""
    rows = session.execute(
        select(FeedbackTold, Feedback.title)
        .join(Feedback, Feedback.commitment_id == FeedbackTold.commitment_id)
        .where(FeedbackTold.account_id == account_id)
        .order_by(FeedbackTold.told_on.desc(), FeedbackTold.commitment_id, FeedbackTold.event)
    )
    return [(row[0], row[1]) for row in rows]


def times_taken_back(session: Session, commitment_id: int) -> int:
    """How many of its answers were taken back."""
    return (
        session.scalar(
            select(func.count()).where(
                CommitmentUpdate.commitment_id == commitment_id,
                CommitmentUpdate.kind == UpdateKind.TAKEN_BACK.value,
            )
        )
        or 0
    )


def _may_be_written_to() -> ColumnElement[bool]:
    """In the bank, and not resting: a pause ends by itself after its last day."""
    is_over = and_(BankMember.state == MemberState.PAUSED, BankMember.paused_until < today())
    return or_(BankMember.state == MemberState.ACTIVE, is_over)


def _took_part() -> Subquery:
    """Pairs of finding and account."""
    return union(*_those_who_came(), *_auditors()).subquery()


def _those_who_came() -> list[Select[int, int]]:
    """Who was at a dialogue whose notes a finding rests on, or at an activity that was asked of."""
    at_dialogue = (
        select(FindingMaterial.finding_id, BankMember.account_id)
        .join(Material, Material.id == FindingMaterial.material_id)
        .join(Meeting, Meeting.public_id == Material.source_public_id)
        .join(Attendance, Attendance.activity_id == Meeting.activity_id)
        .join(BankMember, BankMember.id == Attendance.member_id)
        .where(Material.source_kind == SourceKind.DIALOGUE.value, Attendance.present)
    )
    rounds = _rounds_behind()
    asked_of = (
        select(rounds.c.finding_id, BankMember.account_id)
        .select_from(rounds)
        .join(SurveyRound, SurveyRound.public_id == rounds.c.round_public_id)
        .join(Activity, Activity.public_id == SurveyRound.subject_public_id)
        .join(Attendance, Attendance.activity_id == Activity.id)
        .join(BankMember, BankMember.id == Attendance.member_id)
        .where(SurveyRound.subject_kind == "activity", Attendance.present)
    )
    return [at_dialogue, asked_of]


def _auditors() -> list[Select[int, int]]:
    """Who is in the team of an audit whose interviews, or questionnaire, a finding rests on."""
    held = (
        select(FindingMaterial.finding_id, AuditTeamMember.account_id)
        .join(Material, Material.id == FindingMaterial.material_id)
        .join(Audit, Audit.public_id == Material.source_public_id)
        .join(AuditTeamMember, AuditTeamMember.audit_id == Audit.id)
        .where(Material.source_kind == SourceKind.AUDIT.value, AuditTeamMember.left_at.is_(None))
    )
    rounds = _rounds_behind()
    asked = (
        select(rounds.c.finding_id, AuditTeamMember.account_id)
        .select_from(rounds)
        .join(SurveyRound, SurveyRound.public_id == rounds.c.round_public_id)
        .join(Audit, Audit.public_id == SurveyRound.subject_public_id)
        .join(AuditTeamMember, AuditTeamMember.audit_id == Audit.id)
        .where(SurveyRound.subject_kind == "audit", AuditTeamMember.left_at.is_(None))
    )
    return [held, asked]


def _rounds_behind() -> Subquery:
    """Pairs of finding and round: whose texts it rests on, or whose number."""
    return rounds_behind().subquery()


def rounds_behind() -> CompoundSelect[int, str]:
    """`finding_id` and `round_public_id` of every finding."""
    written = (
        select(
            FindingMaterial.finding_id.label("finding_id"),
            Material.source_public_id.label("round_public_id"),
        )
        .join(Material, Material.id == FindingMaterial.material_id)
        .where(Material.source_kind == SourceKind.ROUND.value)
    )
    counted = (
        select(Finding.id, Release.source_public_id)
        .join(Release, Release.id == Finding.figure_release_id)
        .where(Release.source_kind == "round")
    )
    return union(written, counted)
