"""A person's own data: what they have completed, and what they want to be told about."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.providers import DataSection
from participation.training.models import CourseCompletion
from participation.training.queries import training_of
from participation.training.services import forget_training


class TrainingData:
    """Courses somebody has completed or asks about."""

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        completed, wanted = training_of(session, account_id)
        if not completed and not wanted:
            return
        yield DataSection(
            title=_("Training"),
            rows=(
                *((format_day(one.completed_on), _line(one)) for one in completed),
                *((_("Tell me when it is offered"), course.name) for course in wanted),
            ),
            raw={
                "completed": [
                    {
                        "course": one.course.name,
                        "completed_on": one.completed_on.isoformat(),
                        "valid_until": one.valid_until.isoformat() if one.valid_until else None,
                        "reason": one.reason,
                    }
                    for one in completed
                ],
                "wants_to_be_told_about": [course.name for course in wanted],
            },
        )

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        forget_training(session, account_id)
        return ()


def _line(one: CourseCompletion) -> str:
    if one.valid_until is None:
        return one.course.name
    return _(
        "%(course)s, holds until %(day)s", course=one.course.name, day=format_day(one.valid_until)
    )
