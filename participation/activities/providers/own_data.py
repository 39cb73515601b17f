"""A person's own data: seen, taken along, erased."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from participation.activities.queries import OwnInvitation, own_invitations
from participation.activities.rules.states import INVITATION_STATE_LABELS
from participation.activities.services import forget_member
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.providers import DataSection
from participation.interest_bank.queries import own_membership


class InvitationData:
    """A person's invitations and what they said."""

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        found = own_invitations(session, account_id)
        if not found:
            return
        yield DataSection(
            title=_("Invitations"),
            rows=tuple(
                (
                    format_day(invitation.sent_at),
                    f"{invitation.title}: {INVITATION_STATE_LABELS[invitation.state]}",
                )
                for invitation in found
            ),
            raw={"invitations": [_raw(invitation) for invitation in found]},
        )

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        member = own_membership(session, account_id)
        if member is not None:
            forget_member(session, member.id)
        if any(invitation.was_there for invitation in own_invitations(session, account_id)):
            yield _(
                "That somebody took part in an activity stays, without your name, because the "
                "county counts its activities."
            )


def _raw(invitation: OwnInvitation) -> dict[str, Any]:
    return {
        "sent_at": invitation.sent_at.isoformat(),
        "activity": invitation.title,
        "starts_at": invitation.starts_at.isoformat(),
        "state": invitation.state,
        "answered_at": invitation.answered_at.isoformat() if invitation.answered_at else None,
        "reason": invitation.reason,
        "question": invitation.question,
        "was_there": invitation.was_there,
    }
