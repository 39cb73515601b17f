"""Daily tidying: claims that nobody sends in are closed, numbers that nobody needs are erased."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from participation.assignments.models import CompensationClaim, PayrollBatch
from participation.assignments.rules.states import (
    WARNED_BEFORE,
    WITH_THE_PERSON,
    ClaimState,
    moved,
)
from participation.assignments.services.claiming import forget_details, forget_number
from participation.assignments.services.mails import mail_claim
from participation.foundation.clock import now, today
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import SYSTEM


def warn_before_closing(session: Session) -> int:
    """Mail everybody whose time to claim soon is over, once; how many."""
    soon = _open_claims(session, today() + WARNED_BEFORE, is_warned=False)
    for claim in soon:
        claim.warned_on = today()
        mail_claim(session, "claim_closing", claim)
    session.flush()
    return len(soon)


def close_late_claims(session: Session) -> int:
    """Close claims whose time has passed since their owner was warned; how many.

    Nobody is closed without a warning two weeks ahead, also when the worker had stood still.
    """
    late = [
        claim
        for claim in _open_claims(session, today() - timedelta(days=1), is_warned=True)
        if claim.warned_on is not None and claim.warned_on + WARNED_BEFORE <= today()
    ]
    for claim in late:
        claim.state = moved(claim.state, ClaimState.CLOSED)
        forget_details(session, claim)
        log_event(session, SYSTEM, "claim_closed", "claim", claim.public_id)
        mail_claim(session, "claim_closed", claim)
    session.flush()
    return len(late)


def erase_paid_details(session: Session) -> int:
    """Erase number and account of claims paid long enough ago, and the payroll files.

    How long is said by each claim's rate table. Name and receipts stay.
    """
    paid = session.scalars(
        select(CompensationClaim)
        .where(
            CompensationClaim.state == ClaimState.PAID,
            CompensationClaim.details_erased_at.is_(None),
        )
        .options(joinedload(CompensationClaim.rate_table), selectinload(CompensationClaim.lines))
        .order_by(CompensationClaim.id)
    ).all()
    erased = 0
    for claim in paid:
        assert claim.paid_on is not None
        if claim.paid_on + timedelta(days=claim.rate_table.number_kept_days) < today():
            erase_details(session, claim)
            erased += 1
    _erase_files(session)
    return erased


def erase_details(session: Session, claim: CompensationClaim) -> None:
    """Number and account go; what the bookkeeping rests on stays (name, amounts, receipts)."""
    forget_number(claim)
    claim.details_erased_at = now()
    log_event(session, SYSTEM, "claim_details_erased", "claim", claim.public_id)
    session.flush()


def _erase_files(session: Session) -> None:
    """A payroll file goes when the numbers of all its claims have gone."""
    still_needed = select(CompensationClaim.batch_id).where(
        CompensationClaim.batch_id.is_not(None),
        CompensationClaim.details_erased_at.is_(None),
    )
    done = session.scalars(
        select(PayrollBatch)
        .where(PayrollBatch.content_erased_at.is_(None), PayrollBatch.id.not_in(still_needed))
        .order_by(PayrollBatch.id)
    ).all()
    for batch in done:
        batch.content, batch.content_erased_at = None, now()
    session.flush()


def _open_claims(session: Session, last_day: object, *, is_warned: bool) -> list[CompensationClaim]:
    """Claims with their owner, whose last day is `last_day` or earlier."""
    warned = CompensationClaim.warned_on
    return list(
        session.scalars(
            select(CompensationClaim)
            .where(
                CompensationClaim.state.in_(WITH_THE_PERSON),
                CompensationClaim.closes_on <= last_day,
                warned.is_not(None) if is_warned else warned.is_(None),
            )
            .options(selectinload(CompensationClaim.lines))
            .order_by(CompensationClaim.id)
            .with_for_update(of=CompensationClaim)
        )
    )
