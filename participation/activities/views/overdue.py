"""Everything past its date, across all activities."""

from participation.activities.queries import (
    attendance_not_noted,
    free_seats_after_last_day,
    unanswered_questions,
)
from participation.activities.views.activities import WORDS, activities
from participation.commitments.queries import overdue as overdue_commitments
from participation.commitments.queries import reading_scope
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, db, render, requires


@activities.get("/activities/overdue")
@requires(Permission.MANAGE_ACTIVITIES)
def overdue() -> str:
    return render(
        "activities/overdue.html",
        questions=unanswered_questions(db(), actor()),
        free_seats=free_seats_after_last_day(db(), actor()),
        not_noted=attendance_not_noted(db(), actor()),
        owed=[
            one
            for one in overdue_commitments(db(), reading_scope(actor()))
            if one.subject_kind == "activity"
        ],
        **WORDS,
    )
