"""Writes of agreements: what an activity asks, accepting, asking, answering, reminding."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.activities.models import Activity, Invitation
from participation.activities.rules.states import KIND_LABELS
from participation.assignments.models import (
    AgreementTemplate,
    AssignmentAgreement,
    AssignmentTerms,
)
from participation.assignments.queries import (
    Terms,
    agreement_of,
    progress_of,
    template_for,
    terms_of,
)
from participation.assignments.rules.agreements import (
    AgreementText,
    agreement_text,
    packed,
    text_digest,
)
from participation.assignments.rules.states import Needs
from participation.assignments.services.mails import mail_person
from participation.foundation.clock import now, today
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import format_clock, format_day, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import NOBODY, Actor
from participation.interest_bank.models import BankMember


class TextChanged(Conflict):
    """The agreement was changed while it was being read: it must be read again."""

    code = "text_changed"


class RemindedToday(Conflict):
    """A reminder went out today already."""

    code = "reminded_today"


def set_terms(
    session: Session, actor: Actor, activity: Activity, needs: Needs, extra_text: str
) -> None:
    """Say what the activity asks of those who said yes."""
    row = _terms_row(session, activity)
    row.needs_agreement = needs.agreement
    row.needs_declaration = needs.declaration
    row.gives_compensation = needs.compensation
    row.extra_text = extra_text
    log_event(session, actor, "terms_set", "activity", activity.public_id, **vars(needs))
    session.flush()


def current_text(
    session: Session, activity: Activity, terms: Terms, locale: str
) -> tuple[AgreementText, AgreementTemplate | None]:
    """What somebody would agree to today: the assignment's facts, then the template."""
    template = template_for(session, activity.kind, today())
    with use_locale(locale):
        facts = [
            (_("The assignment"), f"{KIND_LABELS[activity.kind]}: {activity.title}"),
            (_("Who asks"), activity.sender),
            (_("What you do"), activity.description),
            (_("When"), _when(activity)),
            (_("Where"), activity.place),
            (_("Compensation"), activity.compensation_text),
            (_("What is special this time"), terms.extra_text),
            (_("Whom to ask"), activity.contact_text),
        ]
    return agreement_text(facts, template.sections if template else (), locale), template


def accept_agreement(
    session: Session, invitation: Invitation, locale: str, digest: str
) -> AssignmentAgreement:
    """The person agrees to the words with that digest; agreeing twice changes nothing.

    Raises:
        Conflict: the activity is over or called off.
        TextChanged: the words are others by now.
    """
    activity = invitation.activity
    row = _row_for(session, invitation)
    if row.accepted_at is not None:
        return row
    if not activity.is_still_to_come:
        raise Conflict
    text, template = current_text(session, activity, terms_of(session, activity), locale)
    if text_digest(text.plain) != digest:
        raise TextChanged
    row.text, row.text_digest, row.locale = packed(text), digest, locale
    if template is not None:
        row.template_id, row.template_version = template.id, template.version
    row.accepted_at = now()
    session.flush()
    log_event(session, NOBODY, "agreement_accepted", "agreement", row.public_id)
    mail_person(session, "agreement_accepted", activity, invitation.member, "agreement")
    return row


def ask_about_agreement(
    session: Session, invitation: Invitation, question: str
) -> AssignmentAgreement:
    """The person wants to know more before they agree. A new question waits for a new answer."""
    if not invitation.activity.is_still_to_come:
        raise Conflict
    row = _row_for(session, invitation)
    row.question, row.asked_at = question, now()
    row.answer = row.answered_at = None
    session.flush()
    return row


def answer_question(
    session: Session, actor: Actor, activity: Activity, agreement: AssignmentAgreement, answer: str
) -> None:
    """A coordinator answers; the person gets a mail with a link to the answer."""
    if agreement.asked_at is None:
        raise Conflict
    agreement.answer, agreement.answered_at = answer, now()
    session.flush()
    member = session.get_one(BankMember, agreement.member_id)
    log_event(
        session,
        actor,
        "agreement_answered",
        "agreement",
        agreement.public_id,
        subject_account_id=member.account_id,
    )
    mail_person(session, "agreement_answered", activity, member, "agreement")


def remind(session: Session, actor: Actor, activity: Activity) -> int:
    """Mail everybody who said yes and has something left to agree to or declare; how many.

    Raises RemindedToday when that was done today.
    """
    if not activity.is_still_to_come:
        raise Conflict
    row = _terms_row(session, activity)
    if row.reminded_on == today():
        raise RemindedToday
    row.reminded_on = today()
    told = 0
    for progress in progress_of(session, activity.id):
        member = progress.invitation.member
        if row.needs_agreement and not progress.has_agreed:
            mail_person(session, "reminder", activity, member, "agreement")
        elif row.needs_declaration and progress.declaration is None:
            mail_person(session, "reminder", activity, member, "declaration")
        else:
            continue
        told += 1
    log_event(session, actor, "assignment_reminder", "activity", activity.public_id, told=told)
    session.flush()
    return told


def _terms_row(session: Session, activity: Activity) -> AssignmentTerms:
    """The activity's own row, made from what is usual; the activity's row is locked meanwhile."""
    session.execute(select(Activity.id).where(Activity.id == activity.id).with_for_update())
    row = session.get(AssignmentTerms, activity.id, populate_existing=True)
    if row is None:
        needs = terms_of(session, activity).needs
        row = AssignmentTerms(
            activity_id=activity.id,
            needs_agreement=needs.agreement,
            needs_declaration=needs.declaration,
            gives_compensation=needs.compensation,
        )
        session.add(row)
        session.flush()
    return row


def _row_for(session: Session, invitation: Invitation) -> AssignmentAgreement:
    """The person's row, made where there is none; the invitation is locked meanwhile."""
    session.execute(select(Invitation.id).where(Invitation.id == invitation.id).with_for_update())
    row = agreement_of(session, invitation.activity_id, invitation.member_id)
    if row is None:
        row = AssignmentAgreement(
            activity_id=invitation.activity_id, member_id=invitation.member_id
        )
        session.add(row)
        session.flush()
    return row


def _when(activity: Activity) -> str:
    day = format_day(activity.starts_at)
    return f"{day}, {format_clock(activity.starts_at)}–{format_clock(activity.ends_at)}"
