"""A person's agreements and claims on their own page."""

from sqlalchemy.orm import Session

from participation.activities.rules.tokens import invitation_token
from participation.assignments.queries import OwnAssignment, own_assignments
from participation.assignments.rules.states import CLAIM_LABELS, CLAIM_SHAPES
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.providers import Address, OwnRow, OwnSection

SHOWN = 5
ALL = Address(endpoint="assignments.mine")


class AssignmentsOnOwnPage:
    """The newest of what the person agreed to and is paid for."""

    def section(self, session: Session, account_id: int) -> OwnSection | None:
        found = [one for one in own_assignments(session, account_id) if one.has_something]
        if not found:
            return None
        return OwnSection(
            key="assignments",
            title=_("Your assignments and compensation"),
            rows=tuple(_row(one) for one in found[:SHOWN]),
            more=ALL,
            more_label=_("All your assignments"),
        )


def _row(one: OwnAssignment) -> OwnRow:
    token = invitation_token(one.invitation_public_id)
    page = "claim" if one.claim is not None else "agreement"
    if not one.must_agree and one.must_declare:
        page = "declaration"
    return OwnRow(
        title=one.activity.title,
        detail=format_day(one.activity.starts_at),
        state=_state(one),
        address=Address(endpoint=f"assignments.{page}", values={"token": token}),
    )


def _state(one: OwnAssignment) -> tuple[str, str] | None:
    """What stands out now: what waits first, then the claim, then the agreement."""
    if one.must_agree:
        return "soon", _("Not agreed yet")
    if one.must_declare:
        return "soon", _("No declaration yet")
    if one.claim is not None:
        return CLAIM_SHAPES[one.claim.state], str(CLAIM_LABELS[one.claim.state])
    if one.agreed_at is not None:
        return "done", _("Agreed %(day)s", day=format_day(one.agreed_at))
    return None
