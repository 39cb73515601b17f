"""Breaking the glass: contact details of a protected person, for a written reason."""

from sqlalchemy.orm import Session

from participation.foundation.errors import NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor, Permission
from participation.interest_bank.models import BankMember

GLASS_BROKEN = "glass_broken"


def break_glass(session: Session, actor: Actor, member: BankMember, reason: str) -> None:
    """Log that the actor opens what the protection hides; the person can read it with the reason.

    Raises NotFound without the permission, or when nothing is hidden.
    Source: TRUST.md, law (break-glass by a named role with a reason).
    """
    if not actor.can(Permission.OPEN_PROTECTED) or not member.is_protected:
        raise NotFound
    log_event(
        session,
        actor,
        GLASS_BROKEN,
        "bank_member",
        member.public_id,
        subject_account_id=member.account_id,
        reason=reason,
    )
