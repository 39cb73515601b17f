"""The event log, for the data protection officer: who saw or changed what, and is it whole."""

from flask import Blueprint, request

from participation.accounts.forms import EventFilter
from participation.accounts.queries import event_actions, logged_events
from participation.accounts.views.event_words import by_name, event_name, thing_name
from participation.accounts.views.words import role_names
from participation.foundation.eventlog.queries import chain_is_whole
from participation.foundation.i18n import gettext as _
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, db, render, requires

event_log = Blueprint("event_log", __name__)

PER_PAGE = 50


@event_log.get("/event-log")
@requires(Permission.READ_EVENT_LOG)
def entries() -> str:
    form = EventFilter(request.args)
    actions = event_actions(db(), actor())
    form.action.choices = [("", _("Everything")), *by_name(actions)]
    wanted = form.action.data if form.action.data in actions else ""
    found = logged_events(actor(), wanted)
    return render(
        "accounts/event_log.html",
        filters=form,
        page=paginate(db(), found, page_number(request.args.get("page")), PER_PAGE),
        is_whole=chain_is_whole(db()) if request.args.get("check") == "1" else None,
        event_name=event_name,
        role_names=role_names,
        thing_name=thing_name,
    )
