"""Activities that a survey round can be about."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy.orm import Session

from participation.activities.models import Activity
from participation.activities.queries import activities_visible_to, activity_visible_to
from participation.foundation.clock import now, to_local
from participation.foundation.errors import NotFound
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor
from participation.foundation.providers import Address, NamedLink

MOST = 100
LOOKING_BACK = timedelta(days=180)  # those who came are asked soon, or not at all


class RoundsAboutActivities:
    """Chosen when a round is made; the round's page leads back here."""

    kind = "activity"

    def choices(self, session: Session, actor: Actor) -> Iterable[tuple[str, str]]:
        recent = activities_visible_to(actor).where(Activity.starts_at >= now() - LOOKING_BACK)
        for one in session.scalars(recent.limit(MOST)):
            day = format_day(to_local(one.starts_at), "medium")
            yield one.public_id, _("Activity: %(title)s, %(day)s", title=one.title, day=day)

    def link(self, session: Session, actor: Actor, public_id: str) -> NamedLink | None:
        try:
            found = activity_visible_to(session, actor, public_id)
        except NotFound:
            return None
        where = Address(endpoint="activities.overview", values={"public_id": public_id})
        return NamedLink(title=found.title, text=_("Activity"), address=where)
