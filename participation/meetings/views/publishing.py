"""The result before it is published, as the gate lets it out, and taking it back."""

from typing import Any

from flask import flash

from participation.disclosure.models import Release
from participation.disclosure.outlets import outlet
from participation.disclosure.queries import releases_of
from participation.disclosure.services import DisclosureRefused, preview_release
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.meetings import queries
from participation.meetings.forms import WithdrawForm
from participation.meetings.models import Meeting
from participation.meetings.rules.result import SOURCE_KIND, shown_statements
from participation.meetings.services import (
    NotAllRead,
    StillPublished,
    meeting_release_draft,
    publish_meeting,
    withdraw_meeting,
)
from participation.meetings.views.blueprint import meetings


@meetings.get("/meetings/<public_id>/publish")
@requires(Permission.PUBLISH_FINDINGS)
@outlet("workroom")
def ask_publish(public_id: str) -> Any:
    """What everybody would read, or reads; those who publish see no more than that."""
    found = _led(public_id)
    standing = queries.releases_standing(db(), public_id)
    if standing:
        return _stands(found, standing[0])
    _check_words(found)
    try:
        decision = preview_release(db(), meeting_release_draft(db(), found))
    except NotAllRead:
        flash(_("Read every statement first."), "warning")
        return see_other("meetings.one_meeting", public_id=public_id)
    return render(
        "meetings/publish.html",
        meeting=found,
        decision=decision,
        payload=decision.payload,
        shown=shown_statements(dict(decision.payload)),
        withdrawn=next(iter(releases_of(db(), SOURCE_KIND, public_id)), None),
    )


def _stands(found: Meeting, release: Release) -> str:
    shown = shown_statements(dict(release.payload))
    return render("meetings/stands.html", meeting=found, release=release, shown=shown)


@meetings.post("/meetings/<public_id>/publish")
@requires(Permission.PUBLISH_FINDINGS)
@commits
def publish(public_id: str) -> Any:
    found = _led(public_id, lock=True)
    _check_words(found)
    try:
        publish_meeting(db(), actor(), found)
    except StillPublished:
        flash(_("It is published already. Withdraw it before you publish it anew."), "warning")
        return see_other("meetings.ask_publish", public_id=public_id)
    except NotAllRead:
        flash(_("Read every statement first."), "warning")
        return see_other("meetings.one_meeting", public_id=public_id)
    except DisclosureRefused as problem:
        flash(problem.message, "alarm")
        return see_other("meetings.ask_publish", public_id=public_id)
    flash(_("The result is published."))
    return see_other("meetings.result", public_id=public_id)


@meetings.route("/meetings/<public_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.PUBLISH_FINDINGS)
@commits
def withdraw(public_id: str) -> Any:
    """Off every page; the history stays."""
    found = _led(public_id)
    queries.published_meeting(db(), public_id)  # a page only while one stands
    form = WithdrawForm()
    if form.validate_on_submit():
        try:
            withdraw_meeting(db(), actor(), found, form.reason.data or "")
        except Conflict:
            flash(_("Somebody has withdrawn it already."), "warning")
        else:
            flash(_("The result is withdrawn."))
        after = "one_meeting" if found.words_destroyed_on else "ask_publish"
        return see_other(f"meetings.{after}", public_id=public_id)
    return render("meetings/withdraw.html", meeting=found, form=form)


def _check_words(found: Meeting) -> None:
    """Where the words are gone there is no such page. Raises NotFound."""
    if found.words_destroyed_on is not None:
        raise NotFound


def _led(public_id: str, *, lock: bool = False) -> Meeting:
    return queries.meeting_seen_by(db(), actor(), public_id, Permission.PUBLISH_FINDINGS, lock=lock)
