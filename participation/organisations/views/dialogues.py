"""Dialogues between a user organisation and a group."""

from typing import Any

from flask import flash

from participation.activities.queries import activity_visible_to
from participation.county.queries import group_by_public_id, groups
from participation.foundation.clock import today
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.organisations.forms import (
    DialogueForm,
    LineForm,
    MeetingForm,
    StatementForm,
    TogetherForm,
)
from participation.organisations.models import Dialogue
from participation.organisations.queries import (
    activities_to_nominate_for,
    dialogue_visible_to,
    messages_of,
    own_organisation,
    statements_of,
)
from participation.organisations.services import (
    arrange_together,
    begin_dialogue,
    close_dialogue,
    send_statement,
    set_meeting,
    speaks_in,
    write_in_dialogue,
)
from participation.organisations.views.blueprint import organisations


@organisations.get("/user-organisations/<public_id>/dialogues/new")
@requires(Permission.OWN_PAGE)
def new_dialogue(public_id: str) -> str:
    return _new_page(public_id, DialogueForm(formdata=None))


@organisations.post("/user-organisations/<public_id>/dialogues/new")
@requires(Permission.OWN_PAGE)
@commits
def start_dialogue(public_id: str) -> Any:
    found = own_organisation(db(), actor(), public_id)
    form = DialogueForm()
    form.offer(groups(db()))
    if not form.validate():
        return _new_page(public_id, form)
    made = begin_dialogue(
        db(),
        actor(),
        found,
        group_by_public_id(db(), form.group.data),
        theme=form.theme.data,
        text=form.text.data,
    )
    flash(_("The group has got a mail."))
    return see_other(".dialogue", public_id=made.public_id)


@organisations.get("/dialogues/<public_id>")
@requires(Permission.OWN_PAGE)
def dialogue(public_id: str) -> str:
    return _page(_seen(public_id))


@organisations.post("/dialogues/<public_id>/messages")
@requires(Permission.OWN_PAGE)
@commits
def write_line(public_id: str) -> Any:
    found = _seen(public_id)
    form = LineForm()
    if not form.validate():
        return _page(found, line_form=form)
    write_in_dialogue(db(), actor(), found, form.text.data)
    flash(_("The message is sent. The other side gets a mail."))
    return see_other(".dialogue", public_id=public_id)


@organisations.post("/dialogues/<public_id>/meeting")
@requires(Permission.OWN_PAGE)
@commits
def save_meeting(public_id: str) -> Any:
    found = _seen(public_id)
    form = MeetingForm()
    if not form.validate():
        return _page(found, meeting_form=form)
    set_meeting(db(), actor(), found, meets_on=form.meets_on.data, where=form.where.data or "")
    flash(_("Saved."))
    return see_other(".dialogue", public_id=public_id)


@organisations.post("/dialogues/<public_id>/statements")
@requires(Permission.OWN_PAGE)
@commits
def make_statement(public_id: str) -> Any:
    found = _seen(public_id)
    if not speaks_in(actor(), found):
        raise NotFound
    form = StatementForm()
    if not form.validate():
        return _page(found, statement_form=form)
    send_statement(
        db(),
        actor(),
        found,
        title=form.title.data,
        text=form.details.data,
        is_public=bool(form.is_public.data),
    )
    flash(_("The group now owes you an answer within 60 days."))
    return see_other(".dialogue", public_id=public_id)


@organisations.post("/dialogues/<public_id>/together")
@requires(Permission.MANAGE_ORGANISATIONS, whole_county=True)
@commits
def arrange(public_id: str) -> Any:
    found = _seen(public_id)
    form = TogetherForm()
    form.offer(activities_to_nominate_for(db()))
    if not form.validate():
        return _page(found, together_form=form)
    activity = activity_visible_to(db(), actor(), form.activity.data, Permission.MANAGE_ACTIVITIES)
    arrange_together(db(), actor(), found, activity)
    flash(_("The activity's page says that you arrange it together."))
    return see_other(".dialogue", public_id=public_id)


@organisations.post("/dialogues/<public_id>/close")
@requires(Permission.OWN_PAGE)
@commits
def end_dialogue(public_id: str) -> Any:
    close_dialogue(db(), actor(), _seen(public_id))
    flash(_("The dialogue is over. Statements are still owed their answers."))
    return see_other(".dialogue", public_id=public_id)


def _seen(public_id: str) -> Dialogue:
    return dialogue_visible_to(db(), actor(), public_id)


def _new_page(public_id: str, form: DialogueForm) -> str:
    found = own_organisation(db(), actor(), public_id)
    form.offer(groups(db()))
    return render("organisations/dialogue_new.html", organisation=found, form=form)


def _page(
    found: Dialogue,
    *,
    line_form: LineForm | None = None,
    meeting_form: MeetingForm | None = None,
    statement_form: StatementForm | None = None,
    together_form: TogetherForm | None = None,
) -> str:
    can_manage = actor().scope(Permission.MANAGE_ORGANISATIONS).everywhere
    now_set = {"meets_on": found.meets_on, "where": found.meets_where}
    forms = {
        "line_form": line_form or LineForm(formdata=None),
        "meeting_form": meeting_form or MeetingForm(formdata=None, data=now_set),
        "statement_form": statement_form or StatementForm(formdata=None),
        "together_form": together_form or TogetherForm(formdata=None),
    }
    if can_manage:
        forms["together_form"].offer(activities_to_nominate_for(db()))
    return render(
        "organisations/dialogue.html",
        dialogue=found,
        messages=messages_of(db(), found),
        statements=statements_of(db(), found),
        is_own=speaks_in(actor(), found),
        can_manage=can_manage,
        today=today(),
        has_errors=any(form.errors for form in forms.values()),
        **forms,
    )
