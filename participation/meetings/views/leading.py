"""Those who lead: the list, a meeting with its tables, opening and closing."""

from typing import Any

from flask import flash, request

from participation.activities.queries import activities_visible_to
from participation.coding.queries import materials_of_source
from participation.coding.rules.drafts import SourceKind
from participation.county.queries import organisations
from participation.disclosure.outlets import outlet
from participation.disclosure.queries import releases_of
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import current_locale, format_day, ngettext
from participation.foundation.i18n import gettext as _
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.meetings import queries
from participation.meetings.forms import CloseForm, MeetingForm, NewCodeForm, NewMeetingForm
from participation.meetings.models import Meeting
from participation.meetings.rules.result import SOURCE_KIND
from participation.meetings.rules.states import (
    KIND_LABELS,
    MOST_TABLES,
    STATE_LABELS,
    STATE_SHAPES,
    MeetingState,
)
from participation.meetings.services import (
    FewerThanDots,
    add_table,
    change_meeting,
    close_meeting,
    forget_table,
    open_meeting,
    plan_meeting,
    renew_code,
)
from participation.meetings.views.blueprint import meetings

MOST_ACTIVITIES = 100


@meetings.get("/meetings")
@requires(Permission.MANAGE_ACTIVITIES)
def overview() -> str:
    """Every meeting the person leads, the latest first."""
    page = paginate(
        db(), queries.meetings_visible_to(actor()), page_number(request.args.get("page"))
    )
    return render("meetings/overview.html", page=page, **_words())


@meetings.route("/meetings/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def new_meeting() -> Any:
    form = NewMeetingForm().offer(_holders(), _activities())
    if form.validate_on_submit():
        meeting = plan_meeting(db(), actor(), form.draft())
        flash(_("The meeting is planned. Print a sheet for each table, and open it on the day."))
        return see_other("meetings.one_meeting", public_id=meeting.public_id)
    return render("meetings/edit.html", form=form, meeting=None)


@meetings.route("/meetings/<public_id>/change", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def change(public_id: str) -> Any:
    found = _found(public_id, MeetingState.PLANNED)
    form = MeetingForm().offer(_holders(), _activities(found))
    if form.validate_on_submit():
        change_meeting(db(), actor(), found, form.draft())
        flash(_("The meeting is changed."))
        return see_other("meetings.one_meeting", public_id=public_id)
    if request.method == "GET":
        form.show(found)
    return render("meetings/edit.html", form=form, meeting=found)


@meetings.get("/meetings/<public_id>")
@requires(Permission.MANAGE_ACTIVITIES)
@outlet("workroom")
def one_meeting(public_id: str) -> str:
    """One meeting: how far it is, its tables, and where what was said has gone."""
    found = queries.meeting_seen_by(db(), actor(), public_id)
    is_closed = found.state == MeetingState.CLOSED
    return render(
        "meetings/meeting.html",
        meeting=found,
        lines=queries.tables_of(db(), found),
        statements=queries.own_words(db(), found) if is_closed else [],
        materials=_materials(found) if is_closed else [],
        releases=releases_of(db(), SOURCE_KIND, public_id) if is_closed else [],
        most_tables=MOST_TABLES,
        locale_code=current_locale(),
        **_words(),
    )


def _materials(found: Meeting) -> Any:
    return materials_of_source(db(), actor(), SourceKind.DIALOGUE, found.public_id)


@meetings.post("/meetings/<public_id>/tables")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def one_more_table(public_id: str) -> Any:
    found = queries.meeting_seen_by(db(), actor(), public_id, lock=True)
    table = add_table(db(), actor(), found)
    flash(_("Table %(number)s is there. Print its sheet.", number=table.number))
    return see_other("meetings.one_meeting", public_id=public_id)


@meetings.get("/meetings/<public_id>/tables/<int:number>/new-code")
@requires(Permission.MANAGE_ACTIVITIES)
@outlet("workroom")
def ask_new_code(public_id: str, number: int) -> str:
    """Are you sure? What stops, what stays."""
    found = _not_closed(public_id)
    table = _table(found, number).table
    form = NewCodeForm(formdata=None, data={"edition": table.edition})
    return render("meetings/new_code.html", meeting=found, table=table, form=form)


@meetings.post("/meetings/<public_id>/tables/<int:number>/new-code")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def new_code(public_id: str, number: int) -> Any:
    """The old code opens nothing from now on; the new sheet is shown to print."""
    found = _not_closed(public_id)
    table, form = _table(found, number).table, NewCodeForm()
    clears = bool(form.clears_dots.data)
    try:
        renew_code(db(), actor(), found, table, form.seen, clears_dots=clears)
    except Conflict:
        flash(_("Table %(number)s has a new code already. Print its sheet.", number=number))
        return see_other("meetings.one_meeting", public_id=public_id)
    return see_other("meetings.sheets", public_id=public_id, table=number)


def _not_closed(public_id: str) -> Meeting:
    """A meeting that can still be led; of a closed one the page does not exist."""
    found = queries.meeting_seen_by(db(), actor(), public_id)
    if found.state == MeetingState.CLOSED:
        raise NotFound
    return found


@meetings.get("/meetings/<public_id>/open")
@requires(Permission.MANAGE_ACTIVITIES)
def ask_open(public_id: str) -> str:
    """Are you sure? What the tables will be told first."""
    return render("meetings/open.html", meeting=_found(public_id, MeetingState.PLANNED))


@meetings.post("/meetings/<public_id>/open")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def open_it(public_id: str) -> Any:
    found = queries.meeting_seen_by(db(), actor(), public_id, lock=True)
    try:
        open_meeting(db(), actor(), found)
        flash(_("The meeting is open. The tables can write now."))
    except Conflict:
        flash(_("Somebody has opened it already."), "warning")
    return see_other("meetings.one_meeting", public_id=public_id)


@meetings.route("/meetings/<public_id>/close", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACTIVITIES)
@outlet("workroom")
@commits
def close(public_id: str) -> Any:
    """Count those who came, and end it for good."""
    found = queries.meeting_seen_by(db(), actor(), public_id)
    form = CloseForm()
    if found.state != MeetingState.OPEN:
        return _not_open(found)
    if form.validate_on_submit():
        try:
            close_meeting(db(), actor(), found, form.participants.data or 0)
        except FewerThanDots:
            form.participants.errors = [_("More people than that have placed dots. Count again.")]
        except Conflict:
            return _not_open(found)
        else:
            flash(_("The meeting is closed. What was written waits for its review in the coding."))
            return see_other("meetings.one_meeting", public_id=public_id)
    return render(
        "meetings/close.html", meeting=found, form=form, lines=queries.tables_of(db(), found)
    )


def _not_open(found: Meeting) -> Any:
    flash(_("The meeting is not open."), "warning")
    return see_other("meetings.one_meeting", public_id=found.public_id)


@meetings.get("/meetings/<public_id>/tables/<int:number>/forget")
@requires(Permission.MANAGE_ACTIVITIES)
@outlet("workroom")
def ask_forget(public_id: str, number: int) -> str:
    """A table calls and takes its words back: are you sure?"""
    found = _found(public_id, MeetingState.CLOSED)
    _table(found, number)
    return render("meetings/forget.html", meeting=found, number=number)


@meetings.post("/meetings/<public_id>/tables/<int:number>/forget")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def forget(public_id: str, number: int) -> Any:
    found = _found(public_id, MeetingState.CLOSED)
    stood = queries.releases_standing(db(), public_id)
    count = forget_table(db(), actor(), found, _table(found, number).table)
    flash(ngettext("%(num)s text is erased.", "%(num)s texts are erased.", count))
    if stood:
        flash(_("The result is withdrawn."))
    return see_other("meetings.one_meeting", public_id=public_id)


def _table(found: Meeting, number: int) -> queries.MeetingLine:
    for line in queries.tables_of(db(), found):
        if line.table.number == number:
            return line
    raise NotFound


def _found(public_id: str, state: MeetingState) -> Meeting:
    """The meeting in a state; in another the page does not exist."""
    found = queries.meeting_seen_by(db(), actor(), public_id)
    if found.state != state:
        raise NotFound
    return found


def _words() -> dict[str, Any]:
    return {"kinds": KIND_LABELS, "labels": STATE_LABELS, "shapes": STATE_SHAPES}


def _holders() -> list[tuple[str, str]]:
    """Organisations the person may hold a meeting for; the whole county for who leads it all."""
    scope = actor().scope(Permission.MANAGE_ACTIVITIES)
    own = [
        (str(one.id), one.name_in(current_locale()))
        for one in organisations(db())
        if scope.has_organisation(one.id)
    ]
    return [("", _("The whole county together")), *own] if scope.everywhere else own


def _activities(found: Meeting | None = None) -> list[tuple[str, str]]:
    """The newest activities, and the one that is chosen already."""
    rows = list(db().scalars(activities_visible_to(actor()).limit(MOST_ACTIVITIES)))
    chosen = found.activity if found is not None else None
    if chosen is not None and chosen.id not in {one.id for one in rows}:
        rows.append(chosen)
    named = [(str(one.id), f"{one.title}, {format_day(one.starts_at)}") for one in rows]
    return [("", _("No activity")), *named]
