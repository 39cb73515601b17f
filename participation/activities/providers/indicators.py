"""What activities count for the indicators."""

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from participation.activities.models import Activity
from participation.activities.queries import completed_with_participation
from participation.activities.queries.attendance import activities_of_year
from participation.activities.rules.states import ActivityState
from participation.foundation.clock import to_local
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import to_translate
from participation.foundation.providers import Address, CountedThing


class ActivitiesWithParticipation:
    """Completed activities with participation from the interest bank, per year."""

    key = "activities_with_participation"
    label = to_translate("Completed activities with participation from the interest bank")
    rule = to_translate(
        "An activity counts in the year it begins when it is completed and at least one person "
        "from the interest bank is noted as present."
    )
    is_about_people = False

    def counts(self, session: Session, years: range) -> Mapping[int, int | None]:
        return completed_with_participation(session, years)

    def things(self, session: Session, year: int) -> Iterable[CountedThing]:
        for activity, has_come in activities_of_year(session, year):
            yield CountedThing(
                title=activity.title,
                on=to_local(activity.starts_at).date(),
                why_not=_why_not(activity, has_come=has_come),
                address=Address(
                    endpoint="activities.overview", values={"public_id": activity.public_id}
                ),
            )


def _why_not(activity: Activity, *, has_come: bool) -> str:
    if activity.state == ActivityState.CANCELLED:
        return _("It was called off.")
    if activity.state != ActivityState.COMPLETED:
        return _("It is not completed: note who was there, and close the attendance.")
    return "" if has_come else _("Nobody from the interest bank is noted as present.")
