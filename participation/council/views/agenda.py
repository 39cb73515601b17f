"""The agenda of a meeting: points, their order, their papers."""

from typing import Any

from flask import Response, flash

from participation.council import queries
from participation.council.forms import AgendaForm, PaperForm
from participation.council.models import AgendaItem, CouncilMeeting
from participation.council.services import (
    add_agenda_item,
    attach_paper,
    change_agenda_item,
    move_agenda_item,
    remove_agenda_item,
    remove_paper,
)
from participation.council.views import words
from participation.council.views.blueprint import council
from participation.council.views.meetings import meeting_page
from participation.foundation.errors import Conflict
from participation.foundation.files import UnsafeFile
from participation.foundation.files.web import file_response
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    commits,
    db,
    log_access,
    render,
    requires,
    see_other,
)


@council.post("/council/meetings/<public_id>/agenda")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def add_point(public_id: str) -> Any:
    found = queries.meeting_visible_to(db(), actor(), public_id)
    form = AgendaForm(prefix="agenda")
    if not form.validate():
        return meeting_page(found, agenda_form=form)
    add_agenda_item(db(), actor(), found, form.point())
    flash(_("The point is on the agenda."))
    return see_other("council.meeting", public_id=public_id)


@council.get("/council/meetings/<public_id>/points/<point_id>")
@requires(Permission.COUNCIL_WORKSPACE)
def point(public_id: str, point_id: str) -> str:
    return _page(*_point(public_id, point_id))


@council.post("/council/meetings/<public_id>/points/<point_id>")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def change_point(public_id: str, point_id: str) -> Any:
    found, item = _point(public_id, point_id)
    form = AgendaForm()
    if not form.validate():
        return _page(found, item, form)
    change_agenda_item(db(), actor(), found, item, form.point())
    flash(_("The point is changed."))
    return see_other("council.meeting", public_id=public_id)


@council.post("/council/meetings/<public_id>/points/<point_id>/earlier")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def move_earlier(public_id: str, point_id: str) -> Any:
    return _move(public_id, point_id, -1)


@council.post("/council/meetings/<public_id>/points/<point_id>/later")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def move_later(public_id: str, point_id: str) -> Any:
    return _move(public_id, point_id, 1)


@council.post("/council/meetings/<public_id>/points/<point_id>/remove")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def remove_point(public_id: str, point_id: str) -> Any:
    found, item = _point(public_id, point_id)
    try:
        remove_agenda_item(db(), actor(), found, item)
    except Conflict:
        flash(_("The point stays: something is decided under it."), "wait")
        return see_other("council.meeting", public_id=public_id)
    flash(_("The point is off the agenda."))
    return see_other("council.meeting", public_id=public_id)


@council.post("/council/meetings/<public_id>/points/<point_id>/papers")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def add_paper(public_id: str, point_id: str) -> Any:
    found, item = _point(public_id, point_id)
    form = PaperForm()
    if not form.validate():
        return _page(found, item, paper_form=form)
    paper = form.paper.data
    try:
        attach_paper(
            db(), actor(), found, item, name=paper.filename or "", content=paper.stream.read()
        )
    except UnsafeFile as problem:
        form.add_error("paper", words.file_problem(problem))
        return _page(found, item, paper_form=form)
    flash(_("The paper is there. Members see it at once."))
    return see_other("council.point", public_id=public_id, point_id=point_id)


@council.get("/council/meetings/<public_id>/points/<point_id>/papers/<file_id>")
@requires(Permission.COUNCIL_WORKSPACE)
def paper(public_id: str, point_id: str, file_id: str) -> Response:
    """Only the council's members and coordinators; always as an attachment (TRUST 15, 29)."""
    _found, item = _point(public_id, point_id)
    stored = queries.paper_of_point(db(), item, file_id)
    log_access("council_paper_read", "stored_file", stored.public_id)
    return file_response(stored)


@council.post("/council/meetings/<public_id>/points/<point_id>/papers/<file_id>/remove")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def take_paper_away(public_id: str, point_id: str, file_id: str) -> Any:
    found, item = _point(public_id, point_id)
    remove_paper(db(), actor(), found, queries.paper_of_point(db(), item, file_id))
    flash(_("The paper is gone."))
    return see_other("council.point", public_id=public_id, point_id=point_id)


def _point(public_id: str, point_id: str) -> tuple[CouncilMeeting, AgendaItem]:
    found = queries.meeting_visible_to(db(), actor(), public_id)
    return found, queries.point_of(found, point_id)


def _move(public_id: str, point_id: str, steps: int) -> Any:
    found, item = _point(public_id, point_id)
    move_agenda_item(db(), actor(), found, item, steps)
    return see_other("council.meeting", public_id=public_id, _anchor=f"p-{point_id}")


def _page(
    found: CouncilMeeting,
    item: AgendaItem,
    form: AgendaForm | None = None,
    paper_form: PaperForm | None = None,
) -> str:
    told = {
        "title": item.title,
        "text": item.text,
        "owner": item.owner,
        "planned_minutes": item.planned_minutes,
    }
    return render(
        "council/point.html",
        meeting=found,
        point=item,
        form=form or AgendaForm(formdata=None, data=told),
        paper_form=paper_form or PaperForm(formdata=None),
        papers=queries.papers_of(db(), found)[item.public_id],
        has_errors=bool(form and form.errors) or bool(paper_form and paper_form.errors),
    )
