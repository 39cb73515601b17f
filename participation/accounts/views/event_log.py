"""The event log, for the data protection officer: who saw or changed what, and is it whole."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, request
from werkzeug.datastructures import MultiDict

from participation.accounts.forms import CoverNameForm, EventFileForm, EventFilter
from participation.accounts.queries import account_in_log, event_actions, logged_events
from participation.accounts.views.event_words import by_name, event_name, thing_name
from participation.accounts.views.words import role_names
from participation.foundation.clock import to_local
from participation.foundation.eventlog.queries import LinesWanted, chain_is_whole
from participation.foundation.eventlog.services import account_pseudonym
from participation.foundation.files.web import table_download
from participation.foundation.i18n import gettext as _
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    commits,
    db,
    extension,
    log_access,
    log_access_to,
    render,
    requires,
    see_other,
)

event_log = Blueprint("event_log", __name__)

PER_PAGE = 50
MOST_IN_A_FILE = 20_000


@event_log.get("/event-log")
@requires(Permission.READ_EVENT_LOG)
def entries() -> str:
    return _page(request.args, CoverNameForm(None), EventFileForm(None))


@event_log.post("/event-log/person")
@requires(Permission.READ_EVENT_LOG)
@commits
def find_person() -> Any:
    """From an address to the lines about and by its owner; the address stays out of addresses."""
    form = CoverNameForm()
    if form.validate():
        found = account_in_log(db(), actor(), form.email.data)
        if found is None:
            log_access("cover_name_sought", "account", "")
        else:
            log_access_to([found.id], "cover_name_sought", "account", found.public_id)
            return see_other("event_log.entries", person=account_pseudonym(found.id))
        form.add_error("email", _("Nobody here has that address."))
    return _page(MultiDict(), form, EventFileForm(None))


@event_log.post("/event-log/file")
@requires(Permission.READ_EVENT_LOG)
@commits
def take_out() -> Any:
    """The lines of the filter in a table. They leave the system, so somebody says why."""
    form, things = EventFileForm(), _things()
    filters = _filter(request.form, things)
    wanted = _wanted(filters)
    found = logged_events(actor(), wanted)
    lines = db().scalars(found.limit(MOST_IN_A_FILE + 1)).all()
    form.validate()
    if len(lines) > MOST_IN_A_FILE:
        form.add_error("reason", _("That is more than 20,000 lines. Narrow the list first."))
    if form.errors or filters.errors:
        return _page(request.form, CoverNameForm(None), form)
    log_access(
        "event_log_taken_out",
        "event_log",
        "",
        reason=form.reason.data,
        rows=len(lines),
        narrowed=wanted.as_codes(),
    )
    rows = [_row(line, things) for line in lines]
    return table_download(form.file_format.data, _("Event log"), _headings(), rows, _("event log"))


@event_log.get("/event-log/person", endpoint="find_person_again")
@event_log.get("/event-log/file", endpoint="take_out_again")
@requires(Permission.READ_EVENT_LOG)
def entries_again() -> Any:
    return see_other("event_log.entries")


def _page(shown: Mapping[str, str], person: CoverNameForm, file: EventFileForm) -> str:
    things = _things()
    filters = _filter(shown, things)
    wanted = _wanted(filters)
    return render(
        "accounts/event_log.html",
        filters=filters,
        kept={name: value for name, value in shown.items() if name in filters and value},
        is_narrowed=wanted != LinesWanted(),
        person=person,
        file=file,
        page=paginate(
            db(), logged_events(actor(), wanted), page_number(request.args.get("page")), PER_PAGE
        ),
        is_whole=chain_is_whole(db()) if request.args.get("check") == "1" else None,
        event_name=event_name,
        role_names=role_names,
        thing_name=thing_name,
        things=things,
    )


def _things() -> dict[str, str]:
    """What can be chosen by its name, as `kind:public id`."""
    return {
        f"{source.kind}:{public_id}": words
        for source in extension().features.collect("logged_things")
        for public_id, words in source.choices(db(), actor())
    }


def _filter(shown: Mapping[str, str], things: Mapping[str, str]) -> EventFilter:
    form = EventFilter(MultiDict(shown))
    everything = ("", _("Everything"))
    form.action.choices = [everything, *by_name(event_actions(db(), actor()))]
    form.thing.choices = [everything, *things.items(), *_chosen_in_the_list(form, things)]
    form.validate()
    return form


def _chosen_in_the_list(form: EventFilter, things: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Something else that a line was about, and that its line leads to."""
    chosen = form.thing.data or ""
    kind, colon, public_id = chosen.partition(":")
    if colon and chosen not in things:
        yield chosen, f"{thing_name(kind)} {public_id}"


def _wanted(form: EventFilter) -> LinesWanted:
    """What the filter says, without what is wrong in it."""
    said = {name: None if form[name].errors else form[name].data for name in form.data}
    kind, _colon, public_id = (said["thing"] or "").partition(":")
    return LinesWanted(
        action=said["action"] or "",
        person=(said["person"] or "").lower(),
        thing=(kind, public_id),
        first_day=said["first_day"],
        last_day=said["last_day"],
    )


def _headings() -> list[str]:
    return [
        _("When"),
        _("What happened"),
        _("Who"),
        _("Role"),
        _("Which thing"),
        _("Its name or number"),
        _("Whose data"),
        _("Why"),
    ]


def _row(line: Any, things: Mapping[str, str]) -> list[str]:
    return [
        to_local(line.at).strftime("%Y-%m-%d %H:%M:%S"),
        event_name(line.action),
        line.actor,
        role_names(line.actor_role),
        thing_name(line.object_kind),
        things.get(f"{line.object_kind}:{line.object_id}", line.object_id),
        line.subject or "",
        line.reason,
    ]
