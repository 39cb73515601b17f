"""What a person was asked, and what it led to, on the way of their voice."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy.orm import Session

from participation.activities.providers.addresses import invitation_address
from participation.activities.queries import OwnInvitation, own_invitations
from participation.activities.rules.states import KIND_LABELS, ActivityState, InvitationState
from participation.commitments.models import Commitment
from participation.commitments.queries import commitments_about_many
from participation.foundation.clock import now, to_local
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.providers import TrailStep


class InvitationTrail:
    """What a person was asked, what they said, and what it led to."""

    def steps(self, session: Session, account_id: int) -> Iterable[TrailStep]:
        found = own_invitations(session, account_id)
        came = [invitation for invitation in found if invitation.was_there]
        owed = commitments_about_many(
            session, "activity", [invitation.activity_public_id for invitation in came]
        )
        for invitation in found:
            if invitation.state in (InvitationState.ACCEPTED, InvitationState.WALKED_IN):
                yield _came_step(invitation)
        for invitation in came:
            for commitment in owed.get(invitation.activity_public_id, ()):
                yield _answer_step(invitation, commitment)


def _came_step(invitation: OwnInvitation) -> TrailStep:
    if invitation.activity_state == ActivityState.CANCELLED:
        title = _("It was called off: %(title)s", title=invitation.title)
    elif invitation.was_there:
        title = _("You took part: %(title)s", title=invitation.title)
    else:
        title = _("You said yes: %(title)s", title=invitation.title)
    return TrailStep(
        at=invitation.starts_at if invitation.was_there else invitation.sent_at,
        title=title,
        text=_(
            "%(kind)s on %(day)s.",
            kind=KIND_LABELS[invitation.kind],
            day=format_day(invitation.starts_at),
        ),
        address=invitation_address(invitation),
    )


def _answer_step(invitation: OwnInvitation, commitment: Commitment) -> TrailStep:
    is_late = commitment.answer is None and commitment.due_on < to_local(now()).date()
    promised = _("You are to get an answer by %(day)s.", day=format_day(commitment.due_on))
    late = _(
        "The answer is late. It should have come by %(day)s.", day=format_day(commitment.due_on)
    )
    return TrailStep(
        at=invitation.starts_at + timedelta(seconds=1),
        title=commitment.title,
        text=commitment.answer_text or (late if is_late else promised),
        is_answer=True,
        is_late=is_late,
        address=invitation_address(invitation),
    )
