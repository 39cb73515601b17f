"""A course as coordinators write it."""

from typing import Any

from participation.foundation.forms import Form, ManyOf, TextBlock, TextLine, WholeNumber
from participation.foundation.i18n import lazy_gettext as _l
from participation.training.models import Course
from participation.training.rules.course_file import MOST_HOURS, MOST_MONTHS
from participation.training.rules.details import CourseDetails
from participation.training.rules.kinds import DEMANDING_KINDS


class CourseForm(Form):
    """A course of one's own."""

    name = TextLine(_l("Name"), max_length=200)
    about = TextBlock(_l("What does one learn?"), max_length=2_000)
    for_whom = TextBlock(_l("For whom?"), rows=2, max_length=500)
    hours = WholeNumber(_l("How many hours?"), minimum=1, maximum=MOST_HOURS)
    valid_months = WholeNumber(
        _l("For how many months does it hold?"),
        minimum=1,
        maximum=MOST_MONTHS,
        optional=True,
        hint=_l("After that a refresher is due. Leave empty when it holds for good."),
    )
    required_for = ManyOf(
        _l("Needed before"),
        list(DEMANDING_KINDS.items()),
        optional=True,
        hint=_l("Only people who have completed it are invited to these."),
    )

    def details(self) -> CourseDetails:
        return CourseDetails(
            name=self.name.data or "",
            about=self.about.data or "",
            for_whom=self.for_whom.data or "",
            hours=self.hours.data or 1,
            valid_months=self.valid_months.data,
            required_for=tuple(self.required_for.data or ()),
        )


def course_data(course: Course) -> dict[str, Any]:
    """A course as CourseForm shows it."""
    names = ("name", "about", "for_whom", "hours", "valid_months", "required_for")
    return {name: getattr(course, name) for name in names}
