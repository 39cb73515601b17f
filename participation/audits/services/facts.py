"""The reading for facts: the unit says what is wrong, the auditors answer and correct."""

import json
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.audits.models import Audit, AuditFactRemark, AuditPoint
from participation.audits.queries.doubts import doubts_in
from participation.audits.queries.facts import has_remarks, may_remark
from participation.audits.rules.facts import FactAnswer
from participation.audits.services.interviews import lock_audit
from participation.audits.services.publishing import ask_consents_anew
from participation.audits.services.reading import check_read
from participation.audits.services.steps import NotReady
from participation.audits.services.telling import tell_team, tell_unit
from participation.foundation.clock import now, today
from participation.foundation.documents.text import one_line_ending
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor

POINT_WORDS = ("title", "text", "easy_text")


def remark_on_fact(
    session: Session,
    actor: Actor,
    audit: Audit,
    *,
    point: AuditPoint | None,
    text: str,
    is_told: bool = True,
) -> AuditFactRemark:
    """The unit says that a fact is wrong: in a point, or (None) in the report in whole.

    The team gets a mail. Raises Conflict when the reading has ended, and when it is said already.
    """
    locked = lock_audit(session, audit.id)
    point_id = point.id if point else None
    said = select(AuditFactRemark.id).where(
        AuditFactRemark.audit_id == audit.id,
        AuditFactRemark.point_id.is_not_distinct_from(point_id),
    )
    if not may_remark(locked) or session.scalar(said) is not None:
        raise Conflict
    remark = AuditFactRemark(
        audit_id=audit.id, point_id=point_id, text=text, by_account_id=actor.account_id
    )
    session.add(remark)
    session.flush()
    log_event(session, actor, "audit_fact_remarked", "audit", audit.public_id)
    if is_told:
        tell_team(session, locked, "audits/fact_remark", _page(locked))
    return remark


def note_facts_read(session: Session, actor: Actor, audit: Audit) -> None:
    """The unit has read the report and found no fact that is wrong.

    Raises Conflict when the reading has ended, and when it has said that one is.
    """
    locked = lock_audit(session, audit.id)
    has_said = session.scalar(select(has_remarks()).where(Audit.id == audit.id))
    if not may_remark(locked) or has_said:
        raise Conflict
    locked.facts_read_on = today()
    session.flush()
    log_event(session, actor, "audit_facts_read", "audit", audit.public_id)


def answer_remark(
    session: Session,
    actor: Actor,
    audit: Audit,
    remark: AuditFactRemark,
    *,
    answer: FactAnswer,
    reason: str,
    words: Mapping[str, str],
    read: str = "",
    is_told: bool = True,
) -> None:
    """Say that it is corrected, or that it stays, and why. The unit gets a mail.

    `words`: what shall stand there from now on, by field; the earlier ones are kept for the team
    and those who lead. `read`: the mark of doubtful words, in the reason too, that somebody has
    read.

    Raises:
        Conflict: it is answered already.
        NotReady: corrected, but no word differs.
        NotRead: words that may point to somebody have not been read.
    """
    lock_audit(session, audit.id)
    session.refresh(remark, ["answered_at"])
    if remark.answered_at is not None:
        raise Conflict
    changed = {}
    if answer is FactAnswer.CORRECTED:
        changed = _changed(_about(session, audit, remark), words)
    check_read(doubts_in(session, audit, [reason, *changed.values()]), read)
    if changed:
        remark.earlier_words = _correct(_about(session, audit, remark), changed)
        ask_consents_anew(session, actor, audit)
    remark.answer, remark.answer_text = answer.value, reason
    remark.answered_at, remark.answered_by_account_id = now(), actor.account_id
    session.flush()
    action = "audit_fact_corrected" if answer is FactAnswer.CORRECTED else "audit_fact_stays"
    log_event(session, actor, action, "audit", audit.public_id)
    if is_told:
        tell_unit(session, audit, "audits/fact_answered", _page(audit))


def _about(session: Session, audit: Audit, remark: AuditFactRemark) -> Audit | AuditPoint:
    return session.get_one(AuditPoint, remark.point_id) if remark.point_id else audit


def _changed(about: Audit | AuditPoint, words: Mapping[str, str]) -> dict[str, str]:
    """The fields whose words differ; a browser's line ends are no difference. Raises NotReady."""
    lines = {name: one_line_ending(text) for name, text in words.items()}
    changed = {
        name: text
        for name, text in lines.items()
        if text.strip() != one_line_ending(getattr(about, name) or "").strip()
    }
    if not changed:
        raise NotReady(_("No word is changed. Correct the words, or say that it stays."))
    return changed


def _correct(about: Audit | AuditPoint, changed: Mapping[str, str]) -> str:
    """Put the words in their place; returns the earlier ones, to be kept."""
    earlier = {name: getattr(about, name) or "" for name in changed}
    for name, text in changed.items():
        setattr(about, name, text)
    return json.dumps(earlier, ensure_ascii=False)


def _page(audit: Audit) -> str:
    return f"/audits/{audit.public_id}/facts"
