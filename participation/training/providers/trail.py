"""What a person's voice led to: training on the way."""

from collections.abc import Iterable
from datetime import datetime, time

from sqlalchemy.orm import Session

from participation.foundation.clock import from_local
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.providers import Address, TrailStep
from participation.training.queries import completions_of


class TrainingTrail:
    """Every course somebody has completed."""

    def steps(self, session: Session, account_id: int) -> Iterable[TrailStep]:
        for one in completions_of(session, account_id):
            yield TrailStep(
                at=from_local(datetime.combine(one.completed_on, time(17))),
                title=_("You completed a training: %(course)s", course=one.course.name),
                text=_("It holds until %(day)s.", day=format_day(one.valid_until))
                if one.valid_until
                else "",
                address=Address(
                    endpoint="training.certificate", values={"public_id": one.public_id}
                ),
            )
