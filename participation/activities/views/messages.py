"""Own words in mails: in the invitation, and reminders at their time; always with a preview."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import flash, request

from participation.activities.forms import ReminderForm, WordsForm, reminder_data
from participation.activities.models import Activity, Reminder
from participation.activities.queries import (
    reached_by,
    reminder_of,
    reminders_of,
    rounds_of,
)
from participation.activities.rules.placeholders import PLACEHOLDERS
from participation.activities.rules.reminders import AUDIENCE_LABELS, Audience, goes_at
from participation.activities.rules.rounds import end_of_day
from participation.activities.rules.states import DEFAULT_REPLY_DAYS
from participation.activities.services import (
    TooManyReminders,
    set_invitation_words,
    set_reminder,
    set_usual_reminders,
    take_away_reminder,
)
from participation.activities.services.mails import preview
from participation.activities.services.reminders import TEMPLATES
from participation.activities.views.activities import WORDS, activities, to_change
from participation.activities.views.managed import managed
from participation.county.queries import areas
from participation.foundation.clock import today
from participation.foundation.i18n import DEFAULT_LOCALE
from participation.foundation.i18n import gettext as _
from participation.foundation.mail_templates import RenderedMail
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other


@activities.get("/activities/<public_id>/messages")
@requires(Permission.MANAGE_ACTIVITIES)
def messages(public_id: str) -> str:
    found = managed(public_id)
    reminders = reminders_of(db(), found.id)
    return render(
        "activities/messages.html",
        activity=found,
        reminders=[(one, _next_time(found, one)) for one in reminders],
        reached=reached_by(db(), reminders),
        audiences=AUDIENCE_LABELS,
        tab="messages",
        can_manage=True,
        **WORDS,
    )


@activities.get("/activities/<public_id>/invitation-words")
@requires(Permission.MANAGE_ACTIVITIES)
def invitation_words(public_id: str) -> str:
    found = to_change(public_id)
    data = {"words": found.invitation_words}
    return _words_page(found, WordsForm(_never_named(found), formdata=None, data=data))


@activities.post("/activities/<public_id>/invitation-words")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def write_invitation_words(public_id: str) -> Any:
    found = to_change(public_id)
    form = WordsForm(_never_named(found))
    if not form.validate():
        return _words_page(found, form)
    if "save" not in request.form or not form.was_seen:
        return _words_page(found, form, _shown(found, "invitation", form))
    set_invitation_words(db(), actor(), found, form.words.data or "")
    flash(_("Saved. Invitations from now on carry your words."))
    return see_other(".messages", public_id=public_id)


@activities.get("/activities/<public_id>/reminders/new")
@requires(Permission.MANAGE_ACTIVITIES)
def new_reminder(public_id: str) -> str:
    found = to_change(public_id)
    return _reminder_page(found, ReminderForm(_never_named(found), formdata=None), None)


@activities.post("/activities/<public_id>/reminders/new")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def make_reminder(public_id: str) -> Any:
    return _take_reminder(to_change(public_id), None)


@activities.post("/activities/<public_id>/reminders/usual")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def usual_reminders(public_id: str) -> Any:
    found = to_change(public_id)
    set_usual_reminders(db(), actor(), found)
    flash(_("Two reminders are set. You can change their words and time."))
    return see_other(".messages", public_id=public_id)


@activities.get("/activities/<public_id>/reminders/<reminder_id>")
@requires(Permission.MANAGE_ACTIVITIES)
def reminder(public_id: str, reminder_id: str) -> str:
    found = to_change(public_id)
    one = reminder_of(db(), found, reminder_id)
    form = ReminderForm(_never_named(found), formdata=None, data=reminder_data(one))
    return _reminder_page(found, form, one)


@activities.post("/activities/<public_id>/reminders/<reminder_id>")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def change_reminder(public_id: str, reminder_id: str) -> Any:
    found = to_change(public_id)
    return _take_reminder(found, reminder_of(db(), found, reminder_id))


@activities.post("/activities/<public_id>/reminders/<reminder_id>/remove")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def remove_reminder(public_id: str, reminder_id: str) -> Any:
    found = to_change(public_id)
    take_away_reminder(db(), actor(), found, reminder_of(db(), found, reminder_id))
    flash(_("The reminder is taken away."))
    return see_other(".messages", public_id=public_id)


def _take_reminder(found: Activity, one: Reminder | None) -> Any:
    """Saved when its words were shown as they will be read; shown first otherwise."""
    form = ReminderForm(_never_named(found))
    if not form.validate():
        return _reminder_page(found, form, one)
    audience = Audience(form.audience.data)
    if "save" not in request.form or not form.was_seen:
        return _reminder_page(found, form, one, _shown(found, TEMPLATES[audience], form))
    try:
        set_reminder(
            db(),
            actor(),
            found,
            audience=audience,
            days_before=form.days_before.data or 0,
            hour=int(form.hour.data),
            words=form.words.data or "",
            reminder=one,
        )
    except TooManyReminders:
        form.add_error("words", _("Six reminders are enough. Take one away first."))
        return _reminder_page(found, form, one)
    flash(_("The reminder is saved."))
    return see_other(".messages", public_id=found.public_id)


def _reminder_page(
    found: Activity, form: ReminderForm, one: Reminder | None, shown: RenderedMail | None = None
) -> str:
    if shown is not None:
        form.seen.data = form.fingerprint
    return render(
        "activities/reminder.html",
        activity=found,
        form=form,
        reminder=one,
        shown=shown,
        placeholders=PLACEHOLDERS,
    )


def _words_page(found: Activity, form: WordsForm, shown: RenderedMail | None = None) -> str:
    if shown is not None:
        form.seen.data = form.fingerprint
    return render(
        "activities/invitation_words.html",
        activity=found,
        form=form,
        shown=shown,
        placeholders=PLACEHOLDERS,
    )


def _shown(found: Activity, template: str, form: ReminderForm | WordsForm) -> RenderedMail:
    """The mail as the person writing would get it: a real example with nobody else's name."""
    return preview(
        template,
        found,
        reply_by=_last_reply_by(found),
        words=form.words.data or "",
        name=actor().display_name,
        locale=DEFAULT_LOCALE,
    )


def _next_time(found: Activity, one: Reminder) -> datetime:
    is_before_answer = one.audience == Audience.UNANSWERED
    anchor = _last_reply_by(found) if is_before_answer else found.starts_at
    return goes_at(one.days_before, one.hour, anchor)


def _last_reply_by(found: Activity) -> datetime:
    """The newest round's last moment; before the first, what the first will suggest."""
    sent = [one.reply_by for one in rounds_of(db(), found.id) if one.number]
    return max(sent) if sent else end_of_day(today() + timedelta(days=DEFAULT_REPLY_DAYS))


def _never_named(found: Activity) -> Sequence[str]:
    """What mails never tell: areas, the unit, and what it is about."""
    unit = [found.unit.name] if found.unit else []
    return [*(area.name for area in areas(db())), *unit, found.title]
