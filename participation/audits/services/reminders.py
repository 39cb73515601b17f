"""Reminders about an audit before its days: to the unit, the team and those who lead."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.queries import accounts_with_role
from participation.audits.models import Audit, AuditReminder, AuditStep
from participation.audits.queries.facts import has_remarks
from participation.audits.rules.reminders import Reminder, reminders_due
from participation.audits.rules.states import AuditState
from participation.audits.services.telling import auditors_of, contacts_of
from participation.foundation.clock import today
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox import queue_mail
from participation.foundation.permissions import Role

_WAITING = (AuditState.REPORTED, AuditState.FED_BACK, AuditState.ANSWERED)

_MAILS = {
    Reminder.FACTS: ("audits/facts", "/facts"),
    Reminder.ANSWERS: ("audits/answers", "/proposals"),
}


def remind_of_audits(session: Session) -> int:
    """Send what is due today, each once; how many mails. A few queries per audit that waits."""
    waiting = session.execute(
        select(Audit, AuditStep.taken_on, has_remarks())
        .outerjoin(
            AuditStep,
            (AuditStep.audit_id == Audit.id) & (AuditStep.state == AuditState.ANSWERED),
        )
        .where(Audit.state.in_(_WAITING))
        .order_by(Audit.id)
    ).all()
    sent = set(
        session.execute(
            select(AuditReminder.audit_id, AuditReminder.reminder).where(
                AuditReminder.audit_id.in_([audit.id for audit, *_more in waiting])
            )
        )
    )
    mails = 0
    for audit, answered_on, has_said in waiting:
        for reminder in reminders_due(
            AuditState(audit.state),
            today(),
            answers_due_on=audit.answers_due_on,
            facts_until=None if has_said or audit.facts_read_on else audit.facts_until,
            answered_on=answered_on,
            is_follow_up_written=bool(audit.follow_up_text),
        ):
            if (audit.id, reminder.value) not in sent:
                mails += _send(session, audit, reminder)
    session.flush()
    return mails


def _send(session: Session, audit: Audit, reminder: Reminder) -> int:
    session.add(AuditReminder(audit_id=audit.id, reminder=reminder.value, sent_on=today()))
    accounts = {account.id: account for account in _whom(session, audit, reminder)}
    template, page = _MAILS.get(reminder, ("audits/follow_up", ""))
    for account in accounts.values():
        queue_mail(
            session,
            to=account.email,
            template=template,
            locale=account.locale,
            context={
                "name": account.display_name,
                "due_on": audit.facts_until if reminder is Reminder.FACTS else audit.answers_due_on,
                "link": absolute_url(f"/audits/{audit.public_id}{page}"),
            },
            about=("audit", audit.public_id),
        )
    return len(accounts)


def _whom(session: Session, audit: Audit, reminder: Reminder) -> Sequence[Account]:
    """The unit of its reading and its answers; of the follow-up everybody, and of a late one who
    leads."""
    leads = accounts_with_role(session, Role.COORDINATOR)
    if reminder in (Reminder.FOLLOW_UP_9, Reminder.FOLLOW_UP_12):
        return leads
    contacts = contacts_of(session, audit)
    if reminder in (Reminder.ANSWERS, Reminder.FACTS):
        return contacts
    return [*leads, *contacts, *auditors_of(session, audit)]
