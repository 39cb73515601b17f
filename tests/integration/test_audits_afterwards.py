"""After an audit: reminders that leave once, and how its auditors are."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.audits.models import AuditDebrief
from participation.audits.providers import AuditorData
from participation.audits.queries.debriefs import own_debrief, who_wants_call
from participation.audits.rules.states import AuditState
from participation.audits.services.debriefs import write_debrief
from participation.audits.services.own_data import forget_auditor
from participation.audits.services.reminders import remind_of_audits
from participation.foundation.clock import today
from participation.foundation.outbox.models import OutboxMail
from participation.foundation.permissions import SYSTEM, Actor, Role
from tests.factories.accounts import make_account
from tests.factories.audits import make_audit_at, make_auditor
from tests.support.county import SmallCounty


def _mails(session: Session) -> int:
    wanted = OutboxMail.template.in_(("audits/answers", "audits/follow_up"))
    return session.scalar(select(func.count(OutboxMail.id)).where(wanted)) or 0


def test_the_unit_is_reminded_of_its_answers_once(session: Session, county: SmallCounty) -> None:
    make_account(session, role=Role.CONTACT_PERSON, organisation=county.region)
    audit = make_audit_at(session, county.unit, AuditState.FED_BACK)
    assert remind_of_audits(session) == 0
    audit.answers_due_on = today() + timedelta(days=10)
    assert remind_of_audits(session) == 1
    assert remind_of_audits(session) == 0
    assert _mails(session) == 1


def test_what_an_auditor_writes_for_themselves_nobody_else_is_told(
    session: Session, county: SmallCounty
) -> None:
    audit = make_audit_at(session, county.unit, AuditState.AGREED)
    place = make_auditor(session, audit)
    auditor = Actor(account_id=place.account_id)
    write_debrief(session, auditor, audit, diary="Det var tungt i dag.", wants_call=True)
    session.expire_all()
    kept = own_debrief(session, audit, auditor)
    assert kept is not None
    assert kept.diary == "Det var tungt i dag."
    assert own_debrief(session, audit, SYSTEM) is None
    assert who_wants_call(session, audit.id) == {place.account_id}
    (section,) = AuditorData().sections(session, place.account_id)
    assert section.raw["diary"][0]["words"] == "Det var tungt i dag."
    forget_auditor(session, SYSTEM, place.account_id)
    assert session.scalars(select(AuditDebrief)).all() == []
