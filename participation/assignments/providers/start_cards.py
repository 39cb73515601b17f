"""What waits: for the person who said yes, for those who approve, decide and pay."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy.orm import Session

from participation.activities.rules.tokens import invitation_token
from participation.assignments.queries import (
    OwnAssignment,
    count_approved,
    matters_to_decide,
    own_assignments,
    waiting_counts,
)
from participation.assignments.rules.states import WITH_THE_PERSON, ClaimState
from participation.foundation.clock import to_local
from participation.foundation.i18n import format_day, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address, StartItem

ROOM = "compensation"
APPROVED_WITHIN = timedelta(days=14)


class OwnAssignmentCard:
    """Agree, declare, claim, mend: what waits for somebody who said yes."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if actor.account_id is None:
            return
        for one in own_assignments(session, actor.account_id):
            yield from _own_items(one)


def _own_items(one: OwnAssignment) -> Iterable[StartItem]:
    begins_on = to_local(one.activity.starts_at).date()
    title = one.activity.title
    if one.must_agree:
        yield StartItem(
            title=_("Read and accept the agreement"),
            detail=title,
            address=_own_address(one, "agreement"),
            action=_("Read"),
            due_on=begins_on - timedelta(days=1),
        )
    if one.must_declare:
        yield StartItem(
            title=_("Declare your ties"),
            detail=title,
            address=_own_address(one, "declaration"),
            action=_("Declare"),
            due_on=begins_on - timedelta(days=1),
        )
    if one.claim is not None and one.claim.state in WITH_THE_PERSON:
        is_returned = one.claim.state == ClaimState.RETURNED
        yield StartItem(
            title=_("Mend your claim") if is_returned else _("Claim your compensation"),
            detail=_("%(title)s, %(day)s.", title=title, day=format_day(one.activity.starts_at)),
            address=_own_address(one, "claim"),
            action=_("Mend it") if is_returned else _("Claim"),
            due_on=one.claim.closes_on,
        )


def _own_address(one: OwnAssignment, page: str) -> Address:
    token = invitation_token(one.invitation_public_id)
    return Address(endpoint=f"assignments.{page}", values={"token": token})


class ApproveCard:
    """Claims to approve; the approver's own wait for somebody else."""

    room = ROOM

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.can(Permission.APPROVE_CLAIMS):
            return
        waiting, oldest, own = waiting_counts(session, actor)
        address = Address(
            endpoint="compensation.claim_list", values={"state": ClaimState.SUBMITTED.value}
        )
        if waiting:
            yield StartItem(
                title=ngettext("One claim to approve", "%(num)s claims to approve", waiting),
                detail=_("The oldest came %(day)s.", day=format_day(oldest)) if oldest else "",
                address=address,
                action=_("Look at them"),
                due_on=oldest + APPROVED_WITHIN if oldest else None,
                count=waiting,
            )
        if own:
            yield StartItem(
                title=ngettext(
                    "One claim that somebody else approves",
                    "%(num)s claims that somebody else approves",
                    own,
                ),
                detail=_("They are yours, or filed by you."),
                address=address,
                action=_("See them"),
                waits_for_others=True,
            )


class PayrollCard:
    """Approved claims that wait for a batch."""

    room = "payroll"

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        if not actor.can(Permission.EXPORT_PAYROLL):
            return
        waiting = count_approved(session, actor)
        if waiting:
            yield StartItem(
                title=ngettext(
                    "Send one claim to payroll", "Send %(num)s claims to payroll", waiting
                ),
                detail=_("They are approved and in no batch yet."),
                address=Address(endpoint="compensation.batches"),
                action=_("To payroll"),
            )


class DecideCard:
    """Declared ties to decide on, questions before agreeing."""

    room = "activities"

    def items(self, session: Session, actor: Actor) -> Iterable[StartItem]:
        for activity, ties, questions in matters_to_decide(session, actor):
            words = []
            if ties:
                words.append(ngettext("One declared ties.", "%(num)s declared ties.", ties))
            if questions:
                words.append(ngettext("One asks something.", "%(num)s ask something.", questions))
            yield StartItem(
                title=_("Decide and answer before %(title)s", title=activity.title),
                detail=" ".join(words),
                address=Address(
                    endpoint="compensation.agreements", values={"public_id": activity.public_id}
                ),
                action=_("Read"),
                due_on=to_local(activity.starts_at).date() - timedelta(days=1),
                count=ties + questions,
            )
