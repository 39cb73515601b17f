"""A person's private calendar address, and the calendar behind it."""

import hashlib
from typing import Any

from flask import Blueprint, Response, flash, request

from participation.accounts.views.bad_links import count_bad_link
from participation.activities.forms import PlainForm
from participation.activities.queries import own_subscription
from participation.activities.rules.tokens import calendar_token
from participation.activities.services import renew_calendar, stop_calendar, subscribed_calendar
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.mail_templates import absolute_url
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    commits,
    db,
    render,
    requires,
    see_other,
)

calendars = Blueprint("calendars", __name__)


@calendars.get("/me/calendar")
@requires(Permission.OWN_PAGE)
def own() -> str:
    account_id = actor().account_id
    assert account_id is not None
    found = own_subscription(db(), account_id)
    address = _address(calendar_token(found.public_id)) if found else None
    return render(
        "activities/own_calendar.html",
        address=address,
        webcal=address and "webcal" + address.removeprefix("https").removeprefix("http"),
        since=found.created_at if found else None,
        plain=PlainForm(formdata=None),
    )


@calendars.post("/me/calendar")
@requires(Permission.OWN_PAGE)
@commits
def renew() -> Any:
    renew_calendar(db(), actor())
    flash(_("Here is your address. If you had one before, it no longer works."))
    return see_other(".own")


@calendars.post("/me/calendar/stop")
@requires(Permission.OWN_PAGE)
@commits
def stop() -> Any:
    stop_calendar(db(), actor())
    flash(_("The address no longer works."))
    return see_other(".own")


@calendars.get("/calendar/<secret>.ics")
@requires(Permission.PUBLIC)
def subscribed(secret: str) -> Response:
    """Calendars ask every few hours: without news they get 304 and no body.

    The part of the address is not called a token, so that the answer may be kept by the calendar
    that asked: "no-store" would make it forget its entries.
    """
    try:
        content = subscribed_calendar(db(), secret)
    except NotFound:
        count_bad_link()
        raise
    response = Response(content, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response.set_etag(hashlib.sha256(content).hexdigest()[:32])
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response


def _address(secret: str) -> str:
    return absolute_url(f"/calendar/{secret}.ics")
