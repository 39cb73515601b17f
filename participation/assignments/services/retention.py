"""What the bookkeeping no longer needs, and when it may go."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from participation.assignments.models import CompensationClaim
from participation.assignments.rules.states import ClaimState, last_year_to_destroy
from participation.assignments.services.claiming import forget_details


class BookedClaims:
    """Paid claims with their receipts, once the bookkeeping law keeps them no longer."""

    key = "compensation_claims"
    what = "paid claims with name and receipts, counted from the end of the bookkeeping years"
    proposed_days = 0

    def due(self, session: Session, before: date) -> int:
        return len(self._old(session, before))

    def destroy(self, session: Session, before: date) -> int:
        old = self._old(session, before)
        for claim in old:
            forget_details(session, claim)
            session.delete(claim)
        session.flush()
        return len(old)

    def _old(self, session: Session, before: date) -> Sequence[CompensationClaim]:
        return session.scalars(
            select(CompensationClaim)
            .where(
                CompensationClaim.state == ClaimState.PAID,
                CompensationClaim.paid_on <= date(last_year_to_destroy(before), 12, 31),
            )
            .options(selectinload(CompensationClaim.lines))
            .order_by(CompensationClaim.id)
        ).all()
