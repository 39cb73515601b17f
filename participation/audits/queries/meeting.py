"""The feedback meeting, and who is told of it."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.queries import accounts_with_role
from participation.audits.models import Audit, AuditMeeting, AuditTeamMember
from participation.audits.queries.lenses import Lens
from participation.audits.rules.guides import mark_of
from participation.audits.rules.meeting import MEETING_SHOWN, Kind
from participation.county.models import Unit
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Role


def meeting_of(session: Session, audit: Audit) -> AuditMeeting | None:
    """The meeting as it stands, called off or not; None before it is planned."""
    return session.get(AuditMeeting, audit.id)


def mark_of_plan(meeting: AuditMeeting | None) -> str:
    """Says in a form which plan was open when it was fetched; "" stands for none."""
    if meeting is None:
        return ""
    when = (meeting.starts_at.isoformat(), meeting.ends_at.isoformat())
    return mark_of("\0".join((*when, meeting.place, meeting.how, str(meeting.is_on))))


def mark_of_notes(meeting: AuditMeeting) -> str:
    """As `mark_of_plan`, of how it went."""
    came = (str(meeting.came.get(kind, "")) for kind in Kind)
    return mark_of("\0".join((*came, meeting.said, meeting.changes)))


def check_shows_meeting(lens: Lens) -> None:
    """Raises NotFound before there can be a meeting."""
    if lens.state not in MEETING_SHOWN:
        raise NotFound


def meeting_to_show(session: Session, lens: Lens) -> AuditMeeting:
    """The meeting that is to be held or was. Raises NotFound."""
    check_shows_meeting(lens)
    found = meeting_of(session, lens.audit)
    if found is None or not found.is_on:
        raise NotFound
    return found


def told_of_meeting(session: Session, audit: Audit, *, with_leads: bool) -> Sequence[Account]:
    """The team and the unit's contact persons, each once; never whoever was interviewed."""
    unit = session.get_one(Unit, audit.unit_id)
    team = session.scalars(
        select(Account)
        .join(AuditTeamMember, AuditTeamMember.account_id == Account.id)
        .where(AuditTeamMember.audit_id == audit.id, AuditTeamMember.left_at.is_(None))
        .order_by(Account.id)
    ).all()
    contacts = accounts_with_role(
        session, Role.CONTACT_PERSON, organisation_id=unit.organisation_id
    )
    leads = accounts_with_role(session, Role.COORDINATOR) if with_leads else ()
    return list({account.id: account for account in (*team, *contacts, *leads)}.values())
