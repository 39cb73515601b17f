"""Public pages: the courses, their coming occasions, and "tell me when it is offered"."""

from collections.abc import Sequence
from typing import Any

from flask import flash

from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.providers import Notice
from participation.foundation.web import actor, commits, db, extension, render, requires, see_other
from participation.training.models import Course
from participation.training.queries import (
    completions_of,
    course_by_public_id,
    courses,
    is_interested,
)
from participation.training.rules.kinds import DEMANDING_KINDS
from participation.training.services import want_to_be_told, want_to_be_told_no_more
from participation.training.views.blueprint import training


@training.get("/training")
@requires(Permission.PUBLIC)
def offered() -> str:
    """The courses with their coming occasions."""
    found = courses(db())
    account_id = actor().account_id
    return render(
        "training/offered.html",
        entries=[(course, occasions_of(course)) for course in found],
        mine=completions_of(db(), account_id) if account_id is not None else [],
        locale_code=current_locale(),
    )


@training.get("/training/<public_id>")
@requires(Permission.PUBLIC)
def course(public_id: str) -> str:
    """One course: what, for whom, how long, when."""
    found = course_by_public_id(db(), public_id)
    return render(
        "training/course.html",
        course=found,
        occasions=occasions_of(found),
        is_interested=is_interested(db(), found, actor().account_id),
        kinds=DEMANDING_KINDS,
        can_manage=actor().scope(Permission.MANAGE_TRAINING).everywhere,
        locale_code=current_locale(),
    )


@training.post("/training/<public_id>/tell-me")
@requires(Permission.OWN_PAGE)
@commits
def tell_me(public_id: str) -> Any:
    want_to_be_told(db(), actor(), course_by_public_id(db(), public_id))
    flash(_("We send you a mail when it is offered."))
    return see_other(".course", public_id=public_id)


@training.post("/training/<public_id>/tell-me-no-more")
@requires(Permission.OWN_PAGE)
@commits
def tell_me_no_more(public_id: str) -> Any:
    want_to_be_told_no_more(db(), actor(), course_by_public_id(db(), public_id))
    flash(_("You get no mail about it."))
    return see_other(".course", public_id=public_id)


def occasions_of(found: Course) -> Sequence[Notice]:
    """Coming occasions of a course that are open to everybody, told by the floors above."""
    return sorted(
        (
            notice
            for source in extension().features.collect("course_offers")
            for notice in source.offers(db(), found.id)
        ),
        key=lambda notice: notice.sort_on,
    )
