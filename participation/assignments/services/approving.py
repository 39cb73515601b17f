"""Approving claims: always somebody else than whom it is about and than who filed it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from participation.assignments.models import ClaimLine, CompensationClaim
from participation.assignments.rules.rates import sums_of
from participation.assignments.rules.states import ClaimState, moved
from participation.assignments.services.declarations import OwnMatter
from participation.assignments.services.mails import mail_claim
from participation.foundation.clock import now, today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.queries import objects_acted_on
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor

ADJUSTED = "claim_adjusted"


def may_approve(actor: Actor, claim: CompensationClaim) -> bool:
    """Whether the person is neither who gets the money nor who filed the claim."""
    return actor.account_id not in (claim.member.account_id, claim.filed_by_account_id)


class AdjustedByOneself(Conflict):
    """Two people stand behind every amount that was changed: one changes it, another approves."""

    code = "adjusted_by_oneself"


def adjusted_by(
    session: Session, actor: Actor, claims: Sequence[CompensationClaim]
) -> Sequence[CompensationClaim]:
    """Those among the claims that hold an adjusted amount and were adjusted by this person."""
    changed = [claim for claim in claims if any(line.is_adjusted for line in claim.lines)]
    if not changed:
        return []
    people = {claim.member.account_id for claim in changed}
    own = objects_acted_on(session, actor, ADJUSTED, people)
    return [claim for claim in changed if claim.public_id in own]


def approve_claims(session: Session, actor: Actor, claims: Sequence[CompensationClaim]) -> int:
    """Approve claims, locked by the caller; those approved already stay as they are.

    All of them or none. Returns how many were approved now.

    Raises:
        OwnMatter: one is the actor's own, or filed by them.
        AdjustedByOneself: the actor changed an amount of one.
        Conflict: one does not wait for approval.
    """
    for claim in claims:
        _not_own(actor, claim)
    if adjusted_by(session, actor, [c for c in claims if c.state != ClaimState.APPROVED]):
        raise AdjustedByOneself
    approved = 0
    for claim in claims:
        if claim.state == ClaimState.APPROVED:
            continue
        claim.state = moved(claim.state, ClaimState.APPROVED)
        claim.approved_at, claim.approved_by_account_id = now(), actor.account_id
        session.flush()
        _log(session, actor, "claim_approved", claim, ore=claim.total_ore)
        mail_claim(session, "claim_approved", claim)
        approved += 1
    return approved


def return_claim(session: Session, actor: Actor, claim: CompensationClaim, reason: str) -> None:
    """Send a claim back with the reason; the person mends it and sends it again."""
    _not_own(actor, claim)
    claim.state = moved(claim.state, ClaimState.RETURNED)
    claim.return_reason, claim.returned_at = reason, now()
    session.flush()
    _log(session, actor, "claim_returned", claim)
    mail_claim(session, "claim_returned", claim)


def adjust_line(
    session: Session,
    actor: Actor,
    claim: CompensationClaim,
    line_id: int,
    *,
    amount_ore: int,
    reason: str,
) -> ClaimLine:
    """Change what a line is worth, with a reason that the person reads.

    Raises:
        OwnMatter: as for approving.
        NotFound: the claim has no such line.
        Conflict: the claim does not wait for approval.
    """
    _not_own(actor, claim)
    if claim.state != ClaimState.SUBMITTED:
        raise Conflict
    line = next((line for line in claim.lines if line.id == line_id), None)
    if line is None:
        raise NotFound
    line.amount_ore = amount_ore
    line.reason = reason if line.is_adjusted else None
    sums = sums_of(claim.lines)
    claim.taxed_ore, claim.untaxed_ore = sums.taxed_ore, sums.untaxed_ore
    session.flush()
    _log(session, actor, ADJUSTED, claim, kind=line.kind, ore=amount_ore)
    return line


def take_back_approval(session: Session, actor: Actor, claim: CompensationClaim) -> None:
    """Undo an approval while the claim has not gone to payroll."""
    claim.state = moved(claim.state, ClaimState.SUBMITTED)
    claim.approved_at = claim.approved_by_account_id = None
    session.flush()
    _log(session, actor, "claim_approval_taken_back", claim)


def reopen_claim(session: Session, actor: Actor, claim: CompensationClaim) -> None:
    """Open a claim whose time had passed; as long as the first time to send it in."""
    if claim.state != ClaimState.CLOSED:
        raise Conflict
    claim.state = moved(claim.state, ClaimState.OFFERED)
    claim.closes_on, claim.warned_on = today() + _time_to_claim(claim), None
    session.flush()
    _log(session, actor, "claim_reopened", claim)
    mail_claim(session, "claim_offered", claim)


def _time_to_claim(claim: CompensationClaim) -> timedelta:
    return timedelta(days=claim.rate_table.claim_days)


def _not_own(actor: Actor, claim: CompensationClaim) -> None:
    if not may_approve(actor, claim):
        raise OwnMatter


def _log(
    session: Session, actor: Actor, action: str, claim: CompensationClaim, **data: Any
) -> None:
    log_event(
        session,
        actor,
        action,
        "claim",
        claim.public_id,
        subject_account_id=claim.member.account_id,
        **data,
    )
