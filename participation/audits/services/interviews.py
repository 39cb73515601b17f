"""Interviews: notes of the audit's own team, handed to coding when the analysis begins."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from participation.audits.models import (
    Audit,
    AuditFieldDeposit,
    AuditInterview,
    AuditInterviewAnswer,
    AuditPointInterview,
    AuditQuestion,
    AuditTeamMember,
)
from participation.audits.queries import mark_of_interview
from participation.audits.queries.analysis import REF_PREFIX
from participation.audits.rules.field import CHANGED_HERE, DepositState
from participation.audits.rules.information import is_consent
from participation.audits.rules.notes import said_pieces
from participation.audits.rules.states import AuditState
from participation.audits.rules.weeks import is_week
from participation.coding.models import Material
from participation.coding.rules.drafts import LONGEST_TEXT, MaterialTextDraft, SourceKind
from participation.coding.services import forget_material, name_coders, take_material
from participation.county.models import Unit
from participation.foundation.clock import now, today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor


def source_ref(interview: AuditInterview) -> str:
    """How coding names the voice of an interview; deletion comes by it."""
    return REF_PREFIX + interview.public_id


class NoConsent(Conflict):
    """Nobody noted that the person wants to take part."""

    code = "no_consent"


class ChangedMeanwhile(Conflict):
    """A colleague has changed the notes since they were opened."""

    code = "interview_changed"


def write_interview(
    session: Session,
    actor: Actor,
    audit: Audit,
    *,
    respondent_role: str,
    held_week: str,
    notes: str,
    consent_version: str,
    answers: Mapping[int, str] | None = None,
    second_account_id: int | None = None,
) -> AuditInterview:
    """Save the notes of one interview; `held_week` is ISO, "2026-W03". `answers`: by question.

    Raises:
        Conflict: interviews are not being held now.
        NoConsent: `consent_version` names no words that anybody could have said yes to.
        ValueError: `held_week` is no week.
    """
    locked = lock_audit(session, audit.id)
    if locked.state != AuditState.INTERVIEWING:
        raise Conflict
    _check(held_week, consent_version)
    interview = AuditInterview(
        audit_id=audit.id,
        number=next_number(session, locked),
        by_account_id=actor.account_id,
        second_account_id=second_account_id,
        respondent_role=respondent_role,
        held_week=held_week,
        notes=notes,
        consent_version=consent_version,
    )
    session.add(interview)
    session.flush()
    set_answers(session, interview, answers or {})
    log_event(session, actor, "audit_interview_written", "audit_interview", interview.public_id)
    return interview


def change_interview(
    session: Session,
    actor: Actor,
    audit: Audit,
    interview: AuditInterview,
    *,
    respondent_role: str,
    held_week: str,
    notes: str,
    consent_version: str,
    answers: Mapping[int, str],
    second_account_id: int | None = None,
    was: str | None = None,
) -> None:
    """Change notes while interviews are held: the person heard them read and wanted it so.

    Everything is replaced. `was`: `mark_of_interview` of what was open when they were changed.

    Raises:
        Conflict: they are handed over.
        ChangedMeanwhile: something else stands there than what was open.
        NoConsent: as `write_interview`.
        NotFound: the person took their words back meanwhile.
    """
    locked = lock_audit(session, audit.id)
    _refresh(session, interview)
    if locked.state != AuditState.INTERVIEWING or interview.handed_over_at is not None:
        raise Conflict
    _check(held_week, consent_version)
    if was is not None and was != mark_of_interview(session, interview):
        raise ChangedMeanwhile
    interview.respondent_role = respondent_role
    interview.held_week = held_week
    interview.notes = notes
    interview.consent_version = consent_version
    interview.second_account_id = second_account_id
    set_answers(session, interview, answers)
    _outdate_device(session, interview, version=CHANGED_HERE)
    session.flush()
    log_event(session, actor, "audit_interview_changed", "audit_interview", interview.public_id)


def _check(held_week: str, consent_version: str) -> None:
    if not is_consent(consent_version):
        raise NoConsent
    if not is_week(held_week):
        raise ValueError("expected a week such as 2026-W03")


def _refresh(session: Session, interview: AuditInterview) -> None:
    """What stands on disk now. Raises NotFound when it is gone."""
    again = select(AuditInterview).where(AuditInterview.id == interview.id)
    if session.scalar(again.execution_options(populate_existing=True)) is None:
        raise NotFound


def forget_interview(session: Session, actor: Actor, interview: AuditInterview) -> None:
    """The person takes their words back: gone here and, with every excerpt, from coding."""
    lock_audit(session, interview.audit_id)
    forget_material(session, source_ref(interview))
    session.execute(
        delete(AuditPointInterview).where(AuditPointInterview.interview_id == interview.id)
    )
    _outdate_device(session, interview, state=DepositState.FORGOTTEN.value, sealed=b"")
    log_event(session, actor, "audit_interview_forgotten", "audit_interview", interview.public_id)
    set_answers(session, interview, {})
    session.delete(session.get_one(AuditInterview, interview.id))
    session.flush()


def hand_over(session: Session, actor: Actor, audit: Audit) -> None:
    """The analysis begins: the notes become material for coding, which the team works with.

    It is the county's own, not the unit's organisation's, so that nobody there reads it.
    """
    interviews = session.scalars(
        select(AuditInterview)
        .where(AuditInterview.audit_id == audit.id, AuditInterview.handed_over_at.is_(None))
        .order_by(AuditInterview.number)
    ).all()
    material = add_to_material(session, audit, interviews)
    name_coders(session, actor, material, _team(session, audit))
    log_event(session, actor, "audit_handed_over", "audit", audit.public_id, texts=len(interviews))


def _team(session: Session, audit: Audit) -> Sequence[int]:
    """The accounts of those who audit now."""
    return session.scalars(
        select(AuditTeamMember.account_id)
        .where(AuditTeamMember.audit_id == audit.id, AuditTeamMember.left_at.is_(None))
        .order_by(AuditTeamMember.id)
    ).all()


def add_to_material(
    session: Session, audit: Audit, interviews: Sequence[AuditInterview]
) -> Material:
    """Hand these interviews to coding; the material is made if there is none yet."""
    unit = session.get_one(Unit, audit.unit_id)
    with use_locale(DEFAULT_LOCALE):
        title = _("User audit: %(title)s", title=audit.title)
    material = take_material(
        session,
        title=title,
        source_kind=SourceKind.AUDIT,
        source_public_id=audit.public_id,
        question=audit.question[:300],
        wave_label=str(today().year),
        is_fictional=audit.is_fictional,
        texts=[
            MaterialTextDraft(
                text=words,
                question=question,
                part=part,
                source_ref=source_ref(interview),
                respondent_role=interview.respondent_role or None,
                municipality_code=unit.municipality_code,
                unit_id=unit.id,
                area_id=audit.area_id,
            )
            for interview, said in _words_of(session, audit, interviews)
            for part, (question, words) in enumerate(said, start=1)
        ],
    )
    for interview in interviews:
        interview.handed_over_at = now()
    session.flush()
    return material


def _words_of(
    session: Session, audit: Audit, interviews: Sequence[AuditInterview]
) -> Sequence[tuple[AuditInterview, Sequence[tuple[str, str]]]]:
    """Each interview with all that was said in it: (question, words), in order."""
    questions = {
        question.number: question.text
        for question in session.scalars(
            select(AuditQuestion).where(AuditQuestion.audit_id == audit.id)
        )
    }
    answers: dict[int, dict[int, str]] = {}
    for answer in session.scalars(
        select(AuditInterviewAnswer).where(
            AuditInterviewAnswer.interview_id.in_([interview.id for interview in interviews])
        )
    ):
        answers.setdefault(answer.interview_id, {})[answer.question_number] = answer.text
    return [
        (
            interview,
            said_pieces(questions, answers.get(interview.id, {}), interview.notes, LONGEST_TEXT),
        )
        for interview in interviews
    ]


def lock_audit(session: Session, audit_id: int) -> Audit:
    """The audit, its state as it is now; whoever writes its interviews waits for one another."""
    session.execute(select(Audit.id).where(Audit.id == audit_id).with_for_update())
    audit = session.get_one(Audit, audit_id)
    session.refresh(audit, ["state"])
    return audit


def next_number(session: Session, audit: Audit) -> int:
    last = session.scalar(
        select(func.max(AuditInterview.number)).where(AuditInterview.audit_id == audit.id)
    )
    return (last or 0) + 1


def set_answers(session: Session, interview: AuditInterview, answers: Mapping[int, str]) -> None:
    """What was noted at the questions, instead of what stood there."""
    session.execute(
        delete(AuditInterviewAnswer).where(AuditInterviewAnswer.interview_id == interview.id)
    )
    session.add_all(
        AuditInterviewAnswer(interview_id=interview.id, question_number=number, text=said)
        for number, said in sorted(answers.items())
        if said.strip()
    )
    session.flush()


def _outdate_device(session: Session, interview: AuditInterview, **values: object) -> None:
    """A device that hands in an earlier copy must not bring it back."""
    if interview.ref is not None:
        session.execute(
            update(AuditFieldDeposit).where(AuditFieldDeposit.ref == interview.ref).values(**values)
        )
