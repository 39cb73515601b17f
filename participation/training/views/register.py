"""Who has completed a course, whose time is running out, and who wants to be told."""

from typing import Any

from flask import flash, request

from participation.foundation.errors import Conflict
from participation.foundation.i18n import gettext as _
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    commits,
    db,
    log_access_to,
    render,
    requires,
    see_other,
)
from participation.interest_bank.queries import member_visible_to
from participation.interest_bank.views.people_found import label, people_found, typed
from participation.training.forms import CompletionForm, WithdrawCompletionForm
from participation.training.models import Course, CourseCompletion
from participation.training.queries import (
    completion_of_course,
    course_by_public_id,
    people_trained,
    refreshers_due,
    trained_of_course,
    who_wants_to_be_told,
)
from participation.training.rules.validity import VALIDITY_LABELS, VALIDITY_SHAPES
from participation.training.services import record_completion, withdraw_completion
from participation.training.views.blueprint import training

WORDS = {"validity_labels": VALIDITY_LABELS, "validity_shapes": VALIDITY_SHAPES}


@training.get("/training/refreshers")
@requires(Permission.MANAGE_TRAINING, whole_county=True)
def refreshers() -> str:
    due = refreshers_due(db())
    log_access_to((one.account.id for one in due), "refreshers_seen", "course", "all")
    return render("training/refreshers.html", due=due, **WORDS)


@training.get("/training/<public_id>/people")
@requires(Permission.MANAGE_TRAINING, whole_county=True)
def people(public_id: str) -> str:
    found = course_by_public_id(db(), public_id)
    page = paginate(db(), trained_of_course(found), page_number(request.args.get("page")))
    waiting = [account for account, _interest in who_wants_to_be_told(db(), found)]
    seen = (*(done.account_id for done in page.items), *(account.id for account in waiting))
    log_access_to(seen, "trained_people_seen", "course", found.public_id)
    return render(
        "training/people.html",
        course=found,
        page=page,
        people=people_trained(page.items),
        waiting=waiting,
        **WORDS,
    )


@training.get("/training/<public_id>/people/add")
@requires(Permission.MANAGE_TRAINING, whole_county=True)
def add_person(public_id: str) -> str:
    return _add_page(course_by_public_id(db(), public_id), CompletionForm(formdata=None))


@training.post("/training/<public_id>/people/add")
@requires(Permission.MANAGE_TRAINING, whole_county=True)
@commits
def save_person(public_id: str) -> Any:
    found = course_by_public_id(db(), public_id)
    form = CompletionForm()
    form.member.choices = [(form.member.data or "", "")]
    if not form.validate():
        return _add_page(found, form)
    member = member_visible_to(db(), actor(), form.member.data)
    try:
        record_completion(
            db(),
            actor(),
            found,
            member.account_id,
            on=form.completed_on.data,
            reason=form.reason.data,
        )
    except Conflict:
        form.add_error("completed_on", _("That is written down already."))
        return _add_page(found, form)
    flash(_("It is written down that %(name)s has completed the course.", name=member.name))
    return see_other(".people", public_id=public_id)


@training.get("/training/<public_id>/people/<completion_id>/withdraw")
@requires(Permission.MANAGE_TRAINING, whole_county=True)
def withdraw(public_id: str, completion_id: str) -> str:
    found, completion = _completion(public_id, completion_id)
    return _withdraw_page(found, completion, WithdrawCompletionForm(formdata=None))


@training.post("/training/<public_id>/people/<completion_id>/withdraw")
@requires(Permission.MANAGE_TRAINING, whole_county=True)
@commits
def withdraw_it(public_id: str, completion_id: str) -> Any:
    found, completion = _completion(public_id, completion_id)
    form = WithdrawCompletionForm()
    if not form.validate():
        return _withdraw_page(found, completion, form)
    withdraw_completion(db(), actor(), completion, form.reason.data)
    flash(_("It is no longer written down."))
    return see_other(".people", public_id=public_id)


def _completion(public_id: str, completion_id: str) -> tuple[Course, CourseCompletion]:
    found = course_by_public_id(db(), public_id)
    return found, completion_of_course(db(), found, completion_id)


def _withdraw_page(
    found: Course, completion: CourseCompletion, form: WithdrawCompletionForm
) -> str:
    log_access_to([completion.account_id], "trained_people_seen", "course", found.public_id)
    return render("training/withdraw.html", course=found, completion=completion, form=form)


def _add_page(found: Course, form: CompletionForm) -> str:
    members = people_found("training")
    form.member.choices = [(member.public_id, label(member)) for member in members]
    return render("training/add_person.html", course=found, form=form, found=members, typed=typed())
