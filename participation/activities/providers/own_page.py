"""A person's invitations on their own page."""

from sqlalchemy.orm import Session

from participation.activities.providers.addresses import invitation_address
from participation.activities.queries import OwnInvitation, own_invitations
from participation.activities.rules.states import (
    INVITATION_STATE_LABELS,
    STATE_SHAPES,
    InvitationState,
)
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.providers import OwnRow, OwnSection

SHOWN = 5


class InvitationsOnOwnPage:
    """The newest invitations; those that wait for an answer first."""

    def section(self, session: Session, account_id: int) -> OwnSection | None:
        found = sorted(own_invitations(session, account_id), key=lambda i: not i.can_be_answered)
        if not found:
            return None
        return OwnSection(
            key="invitations",
            title=_("Your invitations"),
            rows=tuple(_row(invitation) for invitation in found[:SHOWN]),
        )


def _row(invitation: OwnInvitation) -> OwnRow:
    return OwnRow(
        title=invitation.title,
        detail=format_day(invitation.starts_at),
        state=(
            STATE_SHAPES.get(invitation.state, "done"),
            _state_words(invitation),
        ),
        address=invitation_address(invitation),
    )


def _state_words(invitation: OwnInvitation) -> str:
    if invitation.can_be_answered:
        return _("Waits for your answer")
    if invitation.state == InvitationState.IN_DRAW and invitation.draw_on is not None:
        return _("In the draw on %(day)s", day=format_day(invitation.draw_on))
    return str(INVITATION_STATE_LABELS[invitation.state])
