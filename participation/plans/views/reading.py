"""A plan out of a document: paste or send it, look at each line, make a draft of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from participation.county.models import Group
from participation.county.queries import groups
from participation.foundation.clock import today
from participation.foundation.documents import UnreadableDocument
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.plans.forms import DocumentForm, ReadPlanForm
from participation.plans.queries.drafts import may_write
from participation.plans.rules.plan_facts import depth_of
from participation.plans.rules.plan_reading import (
    PlanReading,
    as_chosen,
    in_form,
    kept_as_text,
    read_again,
    years_of,
)
from participation.plans.rules.reading_words import DOUBT_WORDS, WRONG_WORDS
from participation.plans.services.reading import (
    AboutPlan,
    LinesOutOfPlace,
    draft_of_reading,
    read_file,
    read_words,
    wrong_lines,
)
from participation.plans.views.blueprint import blueprint

_UNREADABLE: Mapping[str, Any] = {
    "empty": _l("There are no words in it."),
    "too_big": _l("It holds more than we can take in at once. Divide it."),
    "too_long": _l("It has more lines than a plan. Take only the plan itself."),
    "wrong_type": _l("This is neither a Word document nor a text file. Save it as .docx."),
    "protected": _l("The file is locked with a password, or from an old Word. Save it as .docx."),
    "macros": _l("There are small programs in the document. Save it as .docx without macros."),
    "unsafe": _l("The document is built in a way no word processor does. We do not open it."),
    "broken": _l("The file is broken. Save it once more and send it again."),
}


@blueprint.get("/plans/drafts/read")
@requires(Permission.MANAGE_PLANS, whole_county=True)
def read() -> str:
    """Where a plan is pasted or a file is sent."""
    return render("plans/read.html", form=DocumentForm(formdata=None))


@blueprint.post("/plans/drafts/read")
@requires(Permission.MANAGE_PLANS)
def read_document() -> str:
    """Read it and show how it would stand; nothing is kept."""
    form = DocumentForm()
    reading = _reading_of(form) if form.validate() else None
    if reading is None:
        return render("plans/read.html", form=form)
    first, last = years_of(reading) or (today().year, today().year)
    shown = ReadPlanForm(
        formdata=None,
        data={
            "title": reading.title[:200],
            "group": _likely_group(reading),
            "period_from": first,
            "period_to": last,
        },
    )
    return _lines_page(shown, reading)


def _reading_of(form: DocumentForm) -> PlanReading | None:
    is_pasted = bool(form.text.data)
    try:
        if is_pasted:
            return read_words(form.text.data)
        content = form.content()
        return read_file(content) if content is not None else None
    except UnreadableDocument as problem:
        form.add_error("text" if is_pasted else "file", _UNREADABLE[problem.data["reason"]])
    return None


@blueprint.post("/plans/drafts/read/lines")
@requires(Permission.MANAGE_PLANS)
@commits
def read_lines() -> str | Response:
    """The lines as the person has them now: show them again, or make a draft of them."""
    form, reading = _posted()
    chosen = _changed(form, reading)
    is_ready = request.form.get("way") == "draft" and chosen.form == reading.form
    if not is_ready or not form.validate():
        return _lines_page(form, chosen)
    group = next(one for one in _groups() if one.public_id == form.group.data)
    about = AboutPlan(form.title.data, form.period_from.data, form.period_to.data)
    try:
        draft = draft_of_reading(db(), actor(), group, about, chosen)
    except LinesOutOfPlace as problem:
        return _lines_page(form, chosen, wrong_lines(problem))
    flash(_("The draft is begun. Only you who write plans see it."))
    return see_other("plans.draft", public_id=draft.public_id)


def _posted() -> tuple[ReadPlanForm, PlanReading]:
    """What came back. Raises BadRequest: the page was not ours."""
    form = ReadPlanForm()
    try:
        reading = read_again(form.carried.data or "")
        form.offer(_choices(), reading)
    except ValueError as problem:
        raise BadRequest from problem
    return form, reading


def _changed(form: ReadPlanForm, reading: PlanReading) -> PlanReading:
    """The lines as chosen, in the form that is chosen."""
    known = {value for entry in form.kinds for value, *_more in entry.iter_choices()}
    kinds = [
        entry.data if entry.data in known else line.kind.value
        for entry, line in zip(form.kinds, reading.lines, strict=True)
    ]
    lines = as_chosen(reading.lines, kinds)
    wished = form.form_of_plan.data or reading.form
    if wished != reading.form:
        lines = in_form(lines, wished)
    return PlanReading(wished, tuple(lines), reading.labels)


def _lines_page(
    form: ReadPlanForm, reading: PlanReading, wrong: Mapping[int, Any] | None = None
) -> str:
    """The lines with what each is; `wrong` by place."""
    errors = form.errors
    shown = ReadPlanForm(
        formdata=None,
        data={
            **{name: form[name].data for name in ("title", "group", "period_from", "period_to")},
            "form_of_plan": reading.form,
            "carried": kept_as_text(reading),
            "kinds": [line.kind.value for line in reading.lines],
        },
    )
    shown.offer(_choices(), reading)
    for name in set(errors) & {"title", "group", "period_from", "period_to"}:
        shown[name].errors = form[name].errors
        shown[name].raw_data = form[name].raw_data
    for place, why in (wrong or {}).items():
        shown.kinds[place].errors = [WRONG_WORDS[why]]
    if wrong:
        shown.kinds.errors = [entry.errors for entry in shown.kinds]
    return render(
        "plans/read_lines.html",
        form=shown,
        reading=reading,
        depths=[depth_of(line.kind, reading.form) for line in reading.lines],
        doubt_words=DOUBT_WORDS,
    )


def _groups() -> list[Group]:
    """The groups whose plans the person writes."""
    return [group for group in groups(db()) if may_write(actor(), group.id)]


def _choices() -> Sequence[tuple[str, str]]:
    return [(group.public_id, group.name) for group in _groups()]


def _likely_group(reading: PlanReading) -> str:
    """The group whose name stands first in the document; the longest where several fit."""
    for line in reading.lines[:30]:
        words = line.text.casefold()
        named = [group for group in _groups() if group.name.casefold() in words]
        if named:
            return max(named, key=lambda group: len(group.name)).public_id
    return ""
