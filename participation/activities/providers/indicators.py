"""What activities count for the indicators."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from participation.activities.queries import completed_with_participation
from participation.foundation.i18n import to_translate


class ActivitiesWithParticipation:
    """Completed activities with participation from the interest bank, per year."""

    key = "activities_with_participation"
    label = to_translate("Completed activities with participation from the interest bank")
    is_about_people = False

    def counts(self, session: Session, years: range) -> Mapping[int, int | None]:
        return completed_with_participation(session, years)
