"""Mails about requests. They name neither area, title nor unit: that stands behind the link."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.queries import accounts_with_role
from participation.activities.models import ParticipationRequest
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox.services import queue_mail
from participation.foundation.permissions import Role


def mail_asker(session: Session, request: ParticipationRequest, template: str) -> None:
    """A mail to the asking side."""
    for account in who_asks(session, request):
        _mail(session, account, request, template)


def who_asks(session: Session, request: ParticipationRequest) -> Sequence[Account]:
    """Whoever wrote it, while they speak for the organisation; else all who do.

    A coordinator who wrote it for an organisation that called is only asked when nobody else is.
    """
    speaking = [
        account
        for role in (Role.CONTACT_PERSON, Role.USER_ORGANISATION)
        for account in accounts_with_role(session, role, organisation_id=request.organisation_id)
    ]
    writer = session.get_one(Account, request.created_by_account_id)
    if not speaking or any(account.id == writer.id for account in speaking):
        return [writer]
    return speaking


def mail_coordinators(session: Session, request: ParticipationRequest, template: str) -> None:
    """A mail to the coordinator who handles it; to all of them while nobody does."""
    for account in who_handles(session, request):
        _mail(session, account, request, template)


def who_handles(session: Session, request: ParticipationRequest) -> Sequence[Account]:
    """The coordinator who answered last, if still one; else every coordinator."""
    coordinators = accounts_with_role(session, Role.COORDINATOR)
    theirs = [a for a in coordinators if a.id == request.handled_by_account_id]
    return theirs or coordinators


def mail_overdue(session: Session, account: Account, late: Sequence[ParticipationRequest]) -> None:
    """One reminder about everything that is late for this person."""
    queue_mail(
        session,
        to=account.email,
        template="activities/request_overdue",
        locale=account.locale,
        context={
            "name": account.display_name,
            "requests": [
                {"due_on": request.due_on, "link": absolute_url(f"/requests/{request.public_id}")}
                for request in late
            ],
        },
    )


def _mail(session: Session, account: Account, request: ParticipationRequest, template: str) -> None:
    if not account.is_active:
        return
    queue_mail(
        session,
        to=account.email,
        template=f"activities/{template}",
        locale=account.locale,
        context={
            "name": account.display_name,
            "link": absolute_url(f"/requests/{request.public_id}"),
            "due_on": request.due_on,
        },
        about=("participation_request", request.public_id),
    )
