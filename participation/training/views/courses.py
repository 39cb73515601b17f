"""The courses as coordinators keep them."""

from typing import Any

from flask import flash

from participation.foundation.errors import Conflict
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.training.forms import CourseForm, course_data
from participation.training.models import Course
from participation.training.queries import course_by_public_id, course_lines, refreshers_due
from participation.training.rules.kinds import DEMANDING_KINDS
from participation.training.services import add_course, change_course, retire_course
from participation.training.views.blueprint import training


@training.get("/training/manage")
@requires(Permission.MANAGE_TRAINING, whole_county=True)
def manage() -> str:
    return render(
        "training/manage.html",
        lines=course_lines(db()),
        due=len(refreshers_due(db())),
        kinds=DEMANDING_KINDS,
    )


@training.get("/training/new")
@requires(Permission.MANAGE_TRAINING, whole_county=True)
def new_course() -> str:
    return _form_page(CourseForm(formdata=None))


@training.post("/training/new")
@requires(Permission.MANAGE_TRAINING, whole_county=True)
@commits
def create_course() -> Any:
    form = CourseForm()
    if not form.validate():
        return _form_page(form)
    made = add_course(db(), actor(), form.details())
    flash(_("The course is saved. Plan an occasion as an activity of the kind training."))
    return see_other(".course", public_id=made.public_id)


@training.get("/training/<public_id>/edit")
@requires(Permission.MANAGE_TRAINING, whole_county=True)
def edit_course(public_id: str) -> str:
    found = _own(public_id)
    return _form_page(CourseForm(formdata=None, data=course_data(found)), found)


@training.post("/training/<public_id>/edit")
@requires(Permission.MANAGE_TRAINING, whole_county=True)
@commits
def save_course(public_id: str) -> Any:
    found = _own(public_id)
    form = CourseForm()
    if not form.validate():
        return _form_page(form, found)
    change_course(db(), actor(), found, form.details())
    flash(_("Saved."))
    return see_other(".course", public_id=public_id)


@training.post("/training/<public_id>/retire")
@requires(Permission.MANAGE_TRAINING, whole_county=True)
@commits
def retire(public_id: str) -> Any:
    retire_course(db(), actor(), _own(public_id))
    flash(_("The course is no longer offered. Who has completed it keeps that."))
    return see_other(".manage")


def _own(public_id: str) -> Course:
    """A course that is kept here; the county file's are changed there."""
    found = course_by_public_id(db(), public_id)
    if not found.is_by_hand:
        raise Conflict
    return found


def _form_page(form: CourseForm, found: Course | None = None) -> str:
    return render("training/course_form.html", form=form, course=found)
