"""Steps on the way of a voice: agreed, declared, paid."""

from collections.abc import Iterable
from datetime import datetime, time

from sqlalchemy.orm import Session

from participation.activities.rules.tokens import invitation_token
from participation.assignments.queries import OwnAssignment, own_assignments
from participation.assignments.rules.money import kronor
from participation.assignments.rules.states import ClaimState
from participation.foundation.clock import from_local
from participation.foundation.i18n import gettext as _
from participation.foundation.providers import Address, TrailStep


class AssignmentTrail:
    """What a person agreed to, and that they were paid."""

    def steps(self, session: Session, account_id: int) -> Iterable[TrailStep]:
        for one in own_assignments(session, account_id):
            if one.agreed_at is not None:
                yield TrailStep(
                    at=one.agreed_at,
                    title=_("You agreed to the assignment"),
                    text=one.activity.title,
                    address=_address(one, "agreement"),
                )
            if one.claim is not None and one.claim.state == ClaimState.PAID:
                assert one.claim.paid_on is not None
                yield TrailStep(
                    at=from_local(datetime.combine(one.claim.paid_on, time(12))),
                    title=_("You were paid for taking part"),
                    text=_(
                        "%(total)s before tax, for “%(title)s”.",
                        total=kronor(one.claim.total_ore),
                        title=one.activity.title,
                    ),
                    is_answer=True,
                    address=_address(one, "claim"),
                )


def _address(one: OwnAssignment, page: str) -> Address:
    token = invitation_token(one.invitation_public_id)
    return Address(endpoint=f"assignments.{page}", values={"token": token})
