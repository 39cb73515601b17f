"""What the data protection officer sees of opened protected details."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account, RoleAssignment
from participation.foundation.errors import NotFound
from participation.foundation.eventlog.models import EventLogEntry
from participation.foundation.eventlog.services import account_pseudonym
from participation.foundation.permissions import Actor, Permission, Role

GLASS_BROKEN = "glass_broken"


def openings(actor: Actor) -> Select[EventLogEntry]:
    """Every opening, newest first, for paging. Raises NotFound without permission."""
    if not actor.can(Permission.READ_EVENT_LOG):
        raise NotFound
    return (
        select(EventLogEntry)
        .where(EventLogEntry.action == GLASS_BROKEN)
        .order_by(EventLogEntry.id.desc())
    )


def openers(session: Session, actor: Actor) -> dict[str, str]:
    """Who holds or held the role that opens: pseudonym in the log → name. One query.

    Colleagues answer for what they open by name; whose details it was stays under a cover name.
    """
    if not actor.can(Permission.READ_EVENT_LOG):
        raise NotFound
    rows = session.execute(
        select(Account.id, Account.display_name)
        .join(RoleAssignment, RoleAssignment.account_id == Account.id)
        .where(RoleAssignment.role == Role.PROTECTION_KEEPER)
        .distinct()
    )
    return {account_pseudonym(account_id): name for account_id, name in rows}
