"""Pages of commitments: what is owed, and answering it."""

from datetime import date
from typing import Any

from flask import Blueprint, flash, request
from werkzeug.wrappers import Response

from participation.commitments.forms import (
    ANSWER_NAMES,
    FILTER_NAMES,
    STATUS_NAMES,
    AnswerForm,
    CommitmentFilter,
    MoveForm,
    StatusForm,
    TakeBackForm,
)
from participation.commitments.models import Commitment
from participation.commitments.queries import (
    commitment_for,
    commitments_visible_to,
    count_by_filter,
    history,
    managed_commitment,
    reading_scope,
)
from participation.commitments.rules import Answer, ListFilter, Status, UpdateKind
from participation.commitments.services import (
    answer_commitment,
    move_deadline,
    remind_now,
    take_back_answer,
    update_status,
)
from participation.county.queries import groups, organisations
from participation.foundation.clock import today
from participation.foundation.errors import Conflict
from participation.foundation.i18n import current_locale, format_day, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.providers import NamedLink
from participation.foundation.web import (
    actor,
    commits,
    db,
    extension,
    render,
    requires,
    see_other,
)

commitments = Blueprint("commitments", __name__)


@commitments.get("/commitments")
@requires(Permission.ANSWER_COMMITMENT)
def commitment_list() -> str:
    shown = request.args.get("show", "")
    which = ListFilter(shown) if shown in set(ListFilter) else ListFilter.OPEN
    form = _filter_form()
    found = commitments_visible_to(actor(), which, **_place(form.place.data))
    return render(
        "commitments/list.html",
        page=paginate(db(), found, page_number(request.args.get("page"))),
        which=which,
        counts=count_by_filter(db(), actor()),
        filters=form,
        filter_names=FILTER_NAMES,
        mark=_mark,
    )


@commitments.get("/commitments/<public_id>")
@requires(Permission.ANSWER_COMMITMENT)
def one(public_id: str) -> str:
    return _page(commitment_for(db(), actor(), public_id))


@commitments.post("/commitments/<public_id>/answer")
@requires(Permission.ANSWER_COMMITMENT)
@commits
def answer(public_id: str) -> Any:
    commitment = commitment_for(db(), actor(), public_id)
    form = AnswerForm()
    form.promised_on = commitment.action_due_on
    if not form.validate() or "change" in request.form:
        return _page(commitment, answer_form=form)
    if "look" in request.form:
        return _preview(commitment, form)
    try:
        answer_commitment(db(), actor(), commitment, **form.said)
    except Conflict:
        flash(_("Nobody waits for this answer any more."), "warning")
    else:
        flash(_("Thank you. Your answer has reached those who asked."))
    return see_other("commitments.one", public_id=public_id)


@commitments.post("/commitments/<public_id>/take-back")
@requires(Permission.ANSWER_COMMITMENT)
@commits
def take_back(public_id: str) -> Any:
    """An answer that was wrong: it is owed again, and its words stay in the history."""
    commitment = commitment_for(db(), actor(), public_id)
    form = TakeBackForm()
    if not form.validate():
        return _page(commitment, take_back_form=form)
    take_back_answer(db(), actor(), commitment, form.reason.data or "")
    flash(_("The answer is taken back. Write the right one."))
    return see_other("commitments.one", public_id=public_id)


@commitments.post("/commitments/<public_id>/status")
@requires(Permission.ANSWER_COMMITMENT)
@commits
def status(public_id: str) -> Any:
    commitment = commitment_for(db(), actor(), public_id)
    form = StatusForm().offer(Status(commitment.status))
    if not form.validate():
        return _page(commitment, status_form=form)
    update_status(db(), actor(), commitment, form.status.data, form.text.data or "")
    flash(_("Saved."))
    return see_other("commitments.one", public_id=public_id)


@commitments.post("/commitments/<public_id>/move")
@requires(Permission.MANAGE_COMMITMENTS)
@commits
def move(public_id: str) -> Any:
    commitment = managed_commitment(db(), actor(), public_id)
    form = MoveForm()
    if not form.validate():
        return _page(commitment, move_form=form)
    move_deadline(db(), actor(), commitment, form.day.data or today(), form.reason.data or "")
    flash(_("The date is moved."))
    return see_other("commitments.one", public_id=public_id)


@commitments.post("/commitments/<public_id>/remind")
@requires(Permission.MANAGE_COMMITMENTS)
@commits
def remind(public_id: str) -> Response:
    count = remind_now(db(), actor(), managed_commitment(db(), actor(), public_id))
    flash(
        ngettext(
            "A reminder is on its way to %(num)s person.",
            "A reminder is on its way to %(num)s people.",
            count,
        )
        if count
        else _("Nobody can be reminded: no contact person or member has an account yet."),
        "message" if count else "warning",
    )
    return see_other("commitments.one", public_id=public_id)


def _preview(commitment: Commitment, form: AnswerForm) -> str:
    """The answer as those who said it will read it; nothing is kept yet."""
    said = Answer(form.answer.data)
    return render(
        "commitments/preview.html",
        commitment=commitment,
        owed_by=commitment.owed_by_name(current_locale()),
        answer_name=ANSWER_NAMES[said],
        is_no=said is Answer.NO,
        form=form,
    )


def _page(commitment: Commitment, **forms: Any) -> str:
    """The commitment with its history; a form that was sent comes back with its errors."""
    now = Status(commitment.status)
    shown = {
        "answer_form": AnswerForm(formdata=None, obj=commitment),
        "take_back_form": TakeBackForm(formdata=None),
        "status_form": StatusForm(formdata=None).offer(now),
        "move_form": MoveForm(formdata=None),
        **forms,
    }
    return render(
        "commitments/one.html",
        commitment=commitment,
        owed_by=commitment.owed_by_name(current_locale()),
        lines=[(line, _line_title(line.update)) for line in history(db(), commitment)],
        mark=_mark(commitment),
        answer_name=ANSWER_NAMES[Answer(commitment.answer)] if commitment.answer else None,
        may_manage=actor().can(Permission.MANAGE_COMMITMENTS),
        subject=_subject(commitment),
        links_above=_links_above(commitment),
        form=next((form for form in forms.values() if form.errors), None),
        **shown,
    )


def _subject(commitment: Commitment) -> NamedLink | None:
    """What is to be answered, in the words that were put."""
    return next(
        (
            source.subject(db(), actor(), commitment.subject_public_id)
            for source in extension().features.collect("commitment_subjects")
            if source.kind == commitment.subject_kind
        ),
        None,
    )


def _links_above(commitment: Commitment) -> list[NamedLink]:
    """What features above keep about this commitment and the reader may see."""
    return [
        link
        for source in extension().features.collect("commitment_links")
        for link in source.links(db(), actor(), commitment.public_id)
    ]


def _mark(commitment: Commitment) -> tuple[str, str]:
    """The status mark: late beats everything, with the number of days."""
    this_day = today()
    if commitment.is_late(this_day):
        days = (this_day - (commitment.deadline or this_day)).days
        return "late", ngettext("%(num)s day late", "%(num)s days late", days)
    kind, label = STATUS_NAMES[Status(commitment.status)]
    return kind, str(label)


def _line_title(update: Any) -> str:
    """A line of the history in words."""
    kind = UpdateKind(update.kind)
    if kind is UpdateKind.ANSWERED and update.answer:
        return _("Answer: %(answer)s", answer=str(ANSWER_NAMES[Answer(update.answer)]))
    if kind is UpdateKind.MOVED and isinstance(update.due_on, date):
        return _("New date: %(day)s", day=format_day(update.due_on))
    if kind is UpdateKind.STATUS:
        return str(STATUS_NAMES[Status(update.status)][1])
    plain = {
        UpdateKind.REMINDED: _("Reminded"),
        UpdateKind.TAKEN_BACK: _("The answer was taken back"),
    }
    if kind in plain:
        return plain[kind]
    return _put_or_taken_back(kind, format_day(update.due_on) if update.due_on else "")


def _put_or_taken_back(kind: UpdateKind, day: str) -> str:
    """With the day of the answer, which older lines do not tell."""
    if kind is UpdateKind.CALLED_OFF:
        if day:
            return _("The question was taken back. The answer was due %(day)s.", day=day)
        return _("The question was taken back")
    if day:
        return _("The question was put. The answer is due %(day)s.", day=day)
    return _("The question was put")


def _filter_form() -> CommitmentFilter:
    """Organisations and groups within the person's reach."""
    form = CommitmentFilter(request.args)
    scope = reading_scope(actor())
    form.place.choices = [
        ("", _("All")),
        *(
            (f"organisation:{item.id}", item.name)
            for item in organisations(db())
            if scope.has_organisation(item.id)
        ),
        *(
            (f"group:{item.id}", _("Group: %(name)s", name=item.name))
            for item in groups(db())
            if scope.has_group(item.id)
        ),
    ]
    return form


def _place(typed: str | None) -> dict[str, int]:
    """ "group:7" → {"group_id": 7}; anything odd means everything."""
    kind, _colon, number = (typed or "").partition(":")
    if kind not in {"organisation", "group"} or not number.isdecimal() or len(number) > 9:
        return {}
    return {f"{kind}_id": int(number)}
