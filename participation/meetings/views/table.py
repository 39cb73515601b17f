"""The table's phone: /t/<code>. No session, no cookie, no log line; language in the address.

A GET changes nothing. Somebody's place is a random code in the address of their own dots' page.
"""

import hmac
from http import HTTPStatus
from typing import Any, cast

from flask import abort, current_app, has_request_context, request, url_for

from participation.foundation.errors import Conflict, NotFound, Throttled
from participation.foundation.html import IN_ITS_TONGUE
from participation.foundation.i18n import DEFAULT_LOCALE, current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import commits, cookieless, db, render, requires, see_other
from participation.meetings import queries
from participation.meetings.forms import DotsForm, NoteForm, StatementForm
from participation.meetings.models import MeetingStatement
from participation.meetings.queries import AtTable
from participation.meetings.rules.codes import form_value, in_groups, new_place_code, read_code
from participation.meetings.rules.consent import consent_words
from participation.meetings.rules.states import MOST_NOTES, MOST_STATEMENTS, MeetingState
from participation.meetings.services import (
    TableFull,
    TooManyDots,
    agree,
    place_dots,
    remove_note,
    remove_statement,
    write_note,
    write_statement,
)
from participation.meetings.views.blueprint import CEILINGS, Ceilings, at_the_table


class CodeReplaced(NotFound):
    """The code opened this table when the page was fetched, and opens nothing any more."""


@at_the_table.url_defaults
def keep_language(_endpoint: str, values: dict[str, Any]) -> None:
    """Every address here keeps the language: no cookie is read on these pages."""
    if has_request_context() and "lang" not in values and current_locale() != DEFAULT_LOCALE:
        values["lang"] = current_locale()


@at_the_table.after_request
def keep_nothing(response: Any) -> Any:
    """A phone that goes round keeps nothing of who had it before."""
    response.headers["Cache-Control"] = "no-store"
    return response


@at_the_table.errorhandler(Throttled)
def crowded(_problem: Throttled) -> Any:
    """Too many write at once: the words are given back to keep."""
    back, typed = request.path, _own_words()
    page = render("meetings/table/message.html", what="crowded", back=back, typed=typed)
    return page, HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": "60"}


@at_the_table.errorhandler(NotFound)
def unknown(_problem: NotFound) -> Any:
    return render("meetings/table/message.html", what="unknown", back=""), HTTPStatus.NOT_FOUND


@at_the_table.errorhandler(CodeReplaced)
def replaced(_problem: CodeReplaced) -> Any:
    """The table got a new code while somebody wrote: the words are given back to keep."""
    place = read_code((request.view_args or {}).get("place", ""))
    page = render(
        "meetings/table/message.html",
        what="replaced",
        back="",
        typed=_own_words(),
        placed_dots=place is not None and queries.has_dots(db(), place),
    )
    return page, HTTPStatus.GONE


@at_the_table.errorhandler(Conflict)
def over(_problem: Conflict) -> Any:
    """The meeting closed while somebody wrote: the words are given back to keep."""
    typed = _own_words()
    page = render("meetings/table/message.html", what="over", back="", typed=typed)
    return page, HTTPStatus.CONFLICT


@at_the_table.get("/t/<code>")
@requires(Permission.PUBLIC)
@cookieless
def home(code: str) -> Any:
    """The consent words first; then the three things a table does."""
    at = _at(code)
    if at.meeting.state != MeetingState.OPEN:
        return render("meetings/table/closed.html", result=_result(at), **_facts(at, code))
    if not at.table.has_agreed:
        words = consent_words(at.meeting.dots_each)
        return render("meetings/table/consent.html", consent=words, **_facts(at, code))
    walls = queries.statements_in_room(db(), at.meeting)
    return render(
        "meetings/table/home.html",
        notes=len(queries.notes_of(db(), at.table)),
        own=sum(1 for one, _number in walls if one.table_id == at.table.id),
        all=len(walls),
        is_full=_is_full(at),
        consent=consent_words(at.meeting.dots_each),
        **_facts(at, code),
    )


@at_the_table.post("/t/<code>/agree")
@requires(Permission.PUBLIC)
@cookieless
@commits
def agree_to_it(code: str) -> Any:
    at = _writing(code)
    agree(db(), at)
    return see_other("at_the_table.home", code=code)


@at_the_table.route("/t/<code>/notes", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
@cookieless
@commits
def notes(code: str) -> Any:
    """What the table talked about; the other tables do not see it."""
    at = _writing(code) if request.method == "POST" else _ready(code)
    form = NoteForm()
    if request.method == "POST" and form.validate():
        try:
            write_note(db(), at, form.text.data, current_locale())
            return see_other("at_the_table.notes", code=code)
        except TableFull:
            form.add_error("text", _("There is room for %(most)s notes.", most=MOST_NOTES))
    written = queries.notes_of(db(), at.table)
    return render("meetings/table/notes.html", form=form, written=written, **_facts(at, code))


@at_the_table.post("/t/<code>/notes/<int:number>/remove")
@requires(Permission.PUBLIC)
@cookieless
@commits
def remove_one_note(code: str, number: int) -> Any:
    remove_note(db(), _writing(code), number)
    return see_other("at_the_table.notes", code=code)


@at_the_table.route("/t/<code>/statements", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
@cookieless
@commits
def statements(code: str) -> Any:
    """The table's own statements; every table sees them when it places its dots."""
    at = _writing(code) if request.method == "POST" else _ready(code)
    form = StatementForm()
    if request.method == "POST" and form.validate() and form.is_seen():
        try:
            write_statement(db(), at, form.text.data, current_locale())
            return see_other("at_the_table.statements", code=code)
        except TableFull:
            room = _("There is room for %(most)s statements from a table.", most=MOST_STATEMENTS)
            form.add_error("text", room)
    own = _own_statements(at)
    return render("meetings/table/statements.html", form=form, written=own, **_facts(at, code))


def _own_statements(at: AtTable) -> list[MeetingStatement]:
    walls = queries.statements_in_room(db(), at.meeting)
    return [one for one, _number in walls if one.table_id == at.table.id]


@at_the_table.get("/t/<code>/statements/<int:number>/remove")
@requires(Permission.PUBLIC)
@cookieless
def ask_remove_statement(code: str, number: int) -> str:
    """Are you sure? The dots of every table go with it."""
    at = _ready(code)
    found = next((one for one in _own_statements(at) if one.number == number), None)
    if found is None:
        raise NotFound
    return render("meetings/table/remove_statement.html", statement=found, **_facts(at, code))


@at_the_table.post("/t/<code>/statements/<int:number>/remove")
@requires(Permission.PUBLIC)
@cookieless
@commits
def remove_one_statement(code: str, number: int) -> Any:
    remove_statement(db(), _writing(code), number)
    return see_other("at_the_table.statements", code=code)


@at_the_table.post("/t/<code>/dots")
@requires(Permission.PUBLIC)
@cookieless
@commits
def begin_dots(code: str) -> Any:
    """A new place at the table. Nothing is kept of it before it has dots."""
    _ready(code)
    _check_form(code)
    return see_other("at_the_table.dots", code=code, place=in_groups(new_place_code()))


@at_the_table.get("/t/<code>/dots")
@requires(Permission.PUBLIC)
@cookieless
def begin_dots_again(code: str) -> Any:
    return see_other("at_the_table.home", code=code)


@at_the_table.route("/t/<code>/dots/<place>", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
@cookieless
@commits
def dots(code: str, place: str) -> Any:
    """One person's dots, on statements of all tables; moved freely until the meeting closes."""
    at = _writing(code) if request.method == "POST" else _ready(code)
    own = read_code(place)
    if own is None:
        raise NotFound
    walls = queries.statements_in_room(db(), at.meeting)
    form = DotsForm().offer(_choices(walls), at.meeting.dots_each)
    if request.method == "POST" and form.validate() and _placed(at, own, form):
        return see_other("at_the_table.placed", code=code, place=place)
    if request.method == "GET":
        chosen = set(queries.chosen_by(db(), at.meeting, own))
        form.chosen.data = [str(one.number) for one, _number in walls if one.id in chosen]
    is_full = request.method == "GET" and _is_full(at, own)  # what is sent stays on the page
    facts = {"place": place, "is_full": is_full, **_facts(at, code)}
    return render("meetings/table/dots.html", form=form, **facts)


def _is_full(at: AtTable, own: str = "") -> bool:
    """Whether every place has its dots; whoever comes to one's `own` dots has one already."""
    return queries.places_taken(db(), at.table, beside=own) >= at.table.places


def _choices(walls: Any) -> list[tuple[str, str]]:
    """Each in its own language, with its own direction."""
    return [(str(one.number), IN_ITS_TONGUE.format(one.language, one.text)) for one, _n in walls]


def _placed(at: AtTable, place: str, form: DotsForm) -> bool:
    """Whether the dots are on the wall; else the form says why not."""
    chosen = [int(number) for number in form.chosen.data or ()]
    try:
        place_dots(db(), at, place, chosen)
    except TooManyDots:
        form.refuse_too_many(at.meeting.dots_each, len(chosen))
        return False
    except TableFull:
        form.add_error(
            "chosen",
            _("Everybody at your table has placed dots already. Ask whoever leads the meeting."),
        )
        return False
    return True


@at_the_table.get("/t/<code>/dots/<place>/placed")
@requires(Permission.PUBLIC)
@cookieless
def placed(code: str, place: str) -> Any:
    """They are on the wall. Hand the phone over, or move them."""
    at = _ready(code)
    own = read_code(place)
    count = len(queries.chosen_by(db(), at.meeting, own)) if own is not None else 0
    return render("meetings/table/placed.html", count=count, place=place, **_facts(at, code))


def _at(code: str, *, lock: bool = False) -> AtTable:
    """What a code opens.

    Raises CodeReplaced for a form of its own page, else NotFound; Throttled when many were wrong.
    """
    at = queries.at_table(db(), code, lock=lock)
    if at is None:
        if request.method == "POST" and _is_own_form(code):
            raise CodeReplaced
        if not _ceilings().wrong_codes.take():
            raise Throttled
        raise NotFound
    return at


def _ready(code: str) -> AtTable:
    """A table that has heard the words, at an open meeting; any other begins at its first page."""
    at = _at(code)
    if at.meeting.state != MeetingState.OPEN or not at.table.has_agreed:
        abort(see_other("at_the_table.home", code=code))
    return at


def _writing(code: str) -> AtTable:
    """The table, held, with a form that came from its own page."""
    at = _at(code, lock=True)
    _check_form(code)
    if not _ceilings().writes.take():
        raise Throttled
    return at


def _check_form(code: str) -> None:
    if not _is_own_form(code):
        abort(HTTPStatus.BAD_REQUEST)


def _is_own_form(code: str) -> bool:
    given = request.form.get("csrf_token", "")
    return hmac.compare_digest(given.encode(), form_value(read_code(code) or "").encode())


def _own_words() -> str:
    """What the table had typed; nothing where the form came from elsewhere."""
    code = (request.view_args or {}).get("code", "")
    return request.form.get("text", "").strip() if _is_own_form(code) else ""


def _facts(at: AtTable, code: str) -> dict[str, Any]:
    return {
        "meeting": at.meeting,
        "table": at.table,
        "code": code,
        "csrf": form_value(read_code(code) or ""),
    }


def _result(at: AtTable) -> str:
    """Where the result stands, when there is one."""
    try:
        queries.published_meeting(db(), at.meeting.public_id)
    except NotFound:
        return ""
    return url_for("meetings.result", public_id=at.meeting.public_id)


def _ceilings() -> Ceilings:
    return cast(Ceilings, current_app.extensions[CEILINGS])
