"""What a step of an audit needs before it is taken, and what follows when it is."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.audits.models import (
    Audit,
    AuditInterview,
    AuditPoint,
    AuditProposal,
    AuditStep,
    AuditTeamMember,
)
from participation.audits.queries import SUBJECT_KIND, proposals_of
from participation.audits.queries.agreements import agreement_of, plan_of
from participation.audits.queries.analysis import weak_points
from participation.audits.queries.facts import unanswered
from participation.audits.queries.meeting import meeting_of
from participation.audits.rules.facts import reading_ends
from participation.audits.rules.states import (
    PLAN_DAYS,
    TEAM_LARGEST,
    TEAM_SMALLEST,
    AuditState,
    follow_up_opens,
)
from participation.audits.services.drawing import end_team_draw
from participation.audits.services.field import close_field
from participation.audits.services.interviews import hand_over, source_ref
from participation.coding.rules.drafts import SourceKind
from participation.coding.services import forget_material, release_coders
from participation.commitments.services import owe
from participation.county.models import Unit
from participation.foundation.clock import today
from participation.foundation.errors import Conflict
from participation.foundation.i18n import DEFAULT_LOCALE, format_day, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor


class NotReady(Conflict):
    """Something is missing before the step; the message says what."""

    code = "audit_not_ready"


def _team_is_ready(session: Session, audit: Audit) -> None:
    team = session.scalars(
        select(AuditTeamMember).where(
            AuditTeamMember.audit_id == audit.id, AuditTeamMember.left_at.is_(None)
        )
    ).all()
    if not TEAM_SMALLEST <= len(team) <= TEAM_LARGEST:
        raise NotReady(_("The team needs two to five auditors."))
    if any(member.declared_at is None for member in team):
        raise NotReady(_("Everybody in the team must first declare which ties they have."))
    if any(member.waits_for_decision for member in team):
        raise NotReady(_("Somebody in the team has ties to the unit. Decide on them first."))


def _has_interviews(session: Session, audit: Audit) -> None:
    if not _count(session, AuditInterview, audit):
        raise NotReady(_("There is no interview to analyse yet."))


def _report_is_whole(session: Session, audit: Audit) -> None:
    if not (
        audit.summary
        and _count(session, AuditPoint, audit)
        and _count(session, AuditProposal, audit)
    ):
        raise NotReady(
            _("The report needs a summary, a strength or a shortcoming, and a proposal.")
        )
    check_points(session, audit)


def check_points(session: Session, audit: Audit) -> None:
    """Every point says what it rests on, and none on a single interview. Raises NotReady."""
    weak = weak_points(session, audit)
    if weak.alone:
        raise NotReady(
            _(
                "“%(point)s” rests on a single interview, so somebody could be recognised. "
                "Put it together with another, or take it out.",
                point=weak.alone[0].title,
            )
        )
    if weak.groundless:
        raise NotReady(
            _(
                "“%(point)s” does not say what it rests on. Somebody in the team ticks the "
                "interviews, or says that it is the team's own observation.",
                point=weak.groundless[0].title,
            )
        )


def _facts_are_answered(session: Session, audit: Audit) -> None:
    if unanswered(session, audit):
        raise NotReady(_("The unit says that a fact is wrong. Answer it before you meet."))


def _meeting_is_held(session: Session, audit: Audit) -> None:
    _facts_are_answered(session, audit)
    meeting = meeting_of(session, audit)
    if meeting is None or not meeting.is_on:
        raise NotReady(_("Say first when and where the feedback meeting is held."))
    if meeting.noted_at is None:
        raise NotReady(_("Write first how the feedback meeting went."))


def early_until(session: Session, audit: Audit) -> date | None:
    """Until when a follow-up comes early; None when it is time, or not answered yet."""
    answered_on = session.scalar(
        select(AuditStep.taken_on).where(
            AuditStep.audit_id == audit.id, AuditStep.state == AuditState.ANSWERED
        )
    )
    opens = follow_up_opens(answered_on) if answered_on else None
    return opens if opens is not None and today() < opens else None


def check_follow_up_day(session: Session, audit: Audit, reason: str) -> None:
    """A follow-up sooner than six months after the unit's answer needs a reason.

    Raises NotReady.
    """
    opens = early_until(session, audit)
    if opens is not None and not reason.strip():
        raise NotReady(
            _(
                "Follow up on %(day)s at the earliest, six months after the unit's answer, or "
                "write why it is done earlier.",
                day=format_day(opens),
            )
        )


def _follow_up_is_written(_session: Session, audit: Audit) -> None:
    if not audit.follow_up_text:
        raise NotReady(_("Write first what became of the proposals."))


def _is_agreed(session: Session, audit: Audit) -> None:
    agreement = agreement_of(session, audit)
    if agreement is None:
        raise NotReady(_("Write the agreement first."))
    if agreement.accepted_at is None:
        raise NotReady(_("The unit has not said yes to the agreement yet."))


def _may_interview(session: Session, audit: Audit) -> None:
    _is_agreed(session, audit)
    if audit.users_told_on is None:
        raise NotReady(_("The unit has not said yet that it has told those who get help there."))


NEEDS: Mapping[AuditState, Callable[[Session, Audit], None]] = {
    AuditState.AGREED: _is_agreed,
    AuditState.TEAM_READY: _team_is_ready,
    AuditState.INTERVIEWING: _may_interview,
    AuditState.ANALYSING: _has_interviews,
    AuditState.REPORTED: _report_is_whole,
    AuditState.FED_BACK: _meeting_is_held,
    AuditState.FOLLOWED_UP: _follow_up_is_written,
}


def _begin_reading(session: Session, _actor: Actor, audit: Audit) -> None:
    """From today the unit reads the report for wrong facts."""
    audit.facts_until = reading_ends(today(), plan_of(session, audit))


def _owe_answers(session: Session, actor: Actor, audit: Audit) -> None:
    """After the feedback meeting the unit owes an answer on each proposal."""
    audit.answers_due_on = today() + timedelta(days=PLAN_DAYS)
    unit = session.get_one(Unit, audit.unit_id)
    with use_locale(DEFAULT_LOCALE):
        owed_to = _("The auditors and everybody they met")
    for line in proposals_of(session, audit.id):
        owe(
            session,
            owed_by=unit,
            owed_to=owed_to,
            subject_kind=SUBJECT_KIND,
            subject_public_id=line.proposal.public_id,
            title=line.proposal.title,
            due_on=audit.answers_due_on,
            is_public=audit.is_published,
            is_fictional=audit.is_fictional,
            actor=actor,
        )


def _release_team(session: Session, actor: Actor, audit: Audit) -> None:
    release_coders(session, actor, SourceKind.AUDIT, audit.public_id)
    close_field(session, actor, audit)


def _close_unread(session: Session, actor: Actor, audit: Audit) -> None:
    """What was written stays unread: nothing of it is left in coding, and nobody works with it."""
    interviews = select(AuditInterview).where(AuditInterview.audit_id == audit.id)
    for interview in session.scalars(interviews.order_by(AuditInterview.id)).all():
        forget_material(session, source_ref(interview))
    _release_team(session, actor, audit)
    end_team_draw(session, actor, audit)


THEN: Mapping[AuditState, Callable[[Session, Actor, Audit], None]] = {
    AuditState.INTERVIEWING: end_team_draw,
    AuditState.ANALYSING: hand_over,
    AuditState.REPORTED: _begin_reading,
    AuditState.FED_BACK: _owe_answers,
    AuditState.FOLLOWED_UP: _release_team,
    AuditState.CANCELLED: _close_unread,
}


def _count(
    session: Session,
    model: type[AuditInterview] | type[AuditPoint] | type[AuditProposal],
    audit: Audit,
) -> int:
    return session.scalar(select(func.count(model.id)).where(model.audit_id == audit.id)) or 0


def missing_before(session: Session, audit: Audit, to: AuditState) -> str:
    """What is missing before the step, in words; empty when it can be taken."""
    if to not in NEEDS:
        return ""
    try:
        NEEDS[to](session, audit)
    except NotReady as problem:
        return problem.message
    return ""
