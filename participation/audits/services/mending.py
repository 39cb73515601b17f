"""After the hand-over: a point that too few stand behind is taken out, or says what it rests on."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.audits.models import Audit, AuditFactRemark, AuditPoint
from participation.audits.queries.analysis import point_of, weak_points
from participation.audits.rules.facts import FactAnswer
from participation.audits.rules.states import REPORT_IS_OUT
from participation.audits.services.interviews import lock_audit
from participation.audits.services.points import rest_on
from participation.audits.services.publishing import ask_consents_anew
from participation.audits.services.steps import NotReady
from participation.audits.services.telling import tell_unit
from participation.foundation.clock import now, today
from participation.foundation.errors import NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor


def weak_point_of(session: Session, audit: Audit, point_id: int) -> AuditPoint:
    """A point of a report that is handed over and that may not stay so. Raises NotFound."""
    point = point_of(session, audit, point_id)
    if audit.state not in REPORT_IS_OUT or point not in list(weak_points(session, audit)):
        raise NotFound
    return point


def take_out_point(session: Session, actor: Actor, audit: Audit, point_id: int) -> None:
    """The point leaves the report; it is kept, and the unit is told.

    Who said yes to a public summary is asked again. Raises NotFound as `weak_point_of`.
    """
    lock_audit(session, audit.id)
    point = weak_point_of(session, audit, point_id)
    point.taken_out_on = today()
    _answer_what_was_said_of(session, actor, point)
    session.flush()
    log_event(session, actor, "audit_point_taken_out", "audit", audit.public_id)
    ask_consents_anew(session, actor, audit)
    tell_unit(session, audit, "audits/point_taken_out", f"/audits/{audit.public_id}/report")


def ground_point(
    session: Session,
    actor: Actor,
    audit: Audit,
    point_id: int,
    *,
    interview_ids: Collection[int],
    is_own_observation: bool,
) -> None:
    """The team says what the point rests on. Readers see the team's own observation as such, so
    who said yes to a public summary is asked again then.

    Raises NotFound as `weak_point_of`, NotReady: it still rests on too few.
    """
    lock_audit(session, audit.id)
    point = weak_point_of(session, audit, point_id)
    is_alone = point in weak_points(session, audit).alone
    if is_own_observation and (interview_ids or is_alone):
        raise NotReady(_("It rests on an interview, so it is not the team's own observation."))
    with session.begin_nested():  # what is still too weak is not kept
        point.is_own_observation = is_own_observation
        rest_on(session, audit, point, interview_ids)
        session.flush()
        if point in list(weak_points(session, audit)):
            raise NotReady(_("A point needs more than one interview. Otherwise take it out."))
    log_event(session, actor, "audit_report_written", "audit", audit.public_id)
    if is_own_observation:
        ask_consents_anew(session, actor, audit)


def _answer_what_was_said_of(session: Session, actor: Actor, point: AuditPoint) -> None:
    """A remark about its facts waits for nothing more."""
    remark = session.scalar(
        select(AuditFactRemark).where(
            AuditFactRemark.point_id == point.id, AuditFactRemark.answered_at.is_(None)
        )
    )
    if remark is None:
        return
    with use_locale(DEFAULT_LOCALE):  # stored words are Swedish
        remark.answer_text = _("The point is taken out of the report.")
    remark.answer = FactAnswer.CORRECTED.value
    remark.answered_at, remark.answered_by_account_id = now(), actor.account_id
