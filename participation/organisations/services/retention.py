"""Applications that were declined, and when they may go."""

from datetime import date, datetime, time

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from participation.foundation.clock import from_local
from participation.organisations.models import OrganisationApplication
from participation.organisations.rules.states import ApplicationState


class DeclinedApplications:
    """What an organisation told when it asked for a place and got a no."""

    key = "organisation_applications"
    what = "declined applications of user organisations, counted from the answer"
    proposed_days = 2 * 365

    def due(self, session: Session, before: date) -> int:
        counted = select(func.count(OrganisationApplication.id)).where(_is_old(before))
        return session.scalar(counted) or 0

    def destroy(self, session: Session, before: date) -> int:
        count = self.due(session, before)
        session.execute(delete(OrganisationApplication).where(_is_old(before)))
        return count


def _is_old(before: date) -> ColumnElement[bool]:
    return (OrganisationApplication.state == ApplicationState.DECLINED) & (
        OrganisationApplication.answered_at < from_local(datetime.combine(before, time()))
    )
