"""Statements: written, changed, sent."""

from datetime import timedelta
from typing import Any

from flask import flash

from participation.commitments.rules import may_be_reminded
from participation.commitments.services import remind_now
from participation.council import queries
from participation.council.forms import AgreeForm, FollowUpForm, SendForm, StatementForm
from participation.council.rules.places import ANSWER_DAYS
from participation.council.services import (
    agree_statement,
    change_statement,
    draft_statement,
    follow_up_statement,
    send_statement,
    throw_away_statement,
)
from participation.council.views import words
from participation.council.views.blueprint import council
from participation.county.queries import group_by_public_id, groups
from participation.foundation.clock import now, today
from participation.foundation.errors import Conflict
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other


@council.get("/council/statements")
@requires(Permission.COUNCIL_WORKSPACE)
def statements() -> Any:
    queries.check_workspace(db(), actor())
    term = queries.current_term(db())
    if term is None:
        return see_other("council.workspace")
    return render(
        "council/statements.html",
        term=term,
        lines=queries.all_statements(db(), actor(), term.id),
        words=words,
        may_appoint=words.may_appoint(actor()),
        locale_code=current_locale(),
    )


@council.get("/council/statements/new")
@requires(Permission.COUNCIL_WORKSPACE)
def new_statement() -> str:
    queries.check_workspace(db(), actor())
    return render("council/write.html", form=_form(formdata=None), line=None)


@council.post("/council/statements/new")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def save_new_statement() -> Any:
    queries.check_workspace(db(), actor())
    form = _form()
    term = queries.current_term(db())
    if not form.validate() or term is None:
        return render("council/write.html", form=form, line=None)
    group = group_by_public_id(db(), form["group"].data)
    made = draft_statement(
        db(), actor(), term, group=group, title=form["title"].data, text=form["text"].data
    )
    return see_other("council.check_statement", public_id=made.public_id)


@council.get("/council/statements/<public_id>/change")
@requires(Permission.COUNCIL_WORKSPACE)
def change(public_id: str) -> Any:
    line = queries.statement_visible_to(db(), actor(), public_id)
    if line.statement.is_sent:
        return see_other("council.statement", public_id=public_id)
    told = line.statement
    form = _form(
        formdata=None,
        data={"group": told.group.public_id, "title": told.title, "text": told.text},
    )
    return render("council/write.html", form=form, line=line)


@council.post("/council/statements/<public_id>/change")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def save_statement(public_id: str) -> Any:
    line = queries.statement_visible_to(db(), actor(), public_id)
    form = _form()
    if not form.validate():
        return render("council/write.html", form=form, line=line)
    group = group_by_public_id(db(), form["group"].data)
    change_statement(
        db(), actor(), line.statement, group=group, title=form["title"].data, text=form["text"].data
    )
    return see_other("council.check_statement", public_id=public_id)


@council.get("/council/statements/<public_id>/check")
@requires(Permission.COUNCIL_WORKSPACE)
def check_statement(public_id: str) -> Any:
    """Read it once more, choose the day, send."""
    line = queries.statement_visible_to(db(), actor(), public_id)
    if line.statement.is_sent:
        return see_other("council.statement", public_id=public_id)
    return _check(line)


@council.post("/council/statements/<public_id>/send")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def send(public_id: str) -> Any:
    line = queries.statement_visible_to(db(), actor(), public_id)
    form = SendForm()
    if not form.validate():
        return _check(line, send_form=form)
    send_statement(db(), actor(), line.statement, due_on=form["due_on"].data)
    flash(_("The statement is sent, and everybody can read it. Now the group owes an answer."))
    return see_other("council.statement", public_id=public_id)


@council.post("/council/statements/<public_id>/agree")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def agree(public_id: str) -> Any:
    """The council agreed on the words in a meeting; now they can be sent."""
    line = queries.statement_visible_to(db(), actor(), public_id)
    form = _offer_meetings(AgreeForm(), line)
    if not form.validate():
        return _check(line, agree_form=form)
    meeting = queries.meeting_visible_to(db(), actor(), form["meeting"].data)
    agree_statement(db(), actor(), line.statement, meeting)
    flash(_("It is noted that the council agrees. Now it can be sent."))
    return see_other("council.check_statement", public_id=public_id)


@council.post("/council/statements/<public_id>/remind")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def remind(public_id: str) -> Any:
    """Remind a group that is late; at most once a week."""
    line = queries.statement_visible_to(db(), actor(), public_id)
    if line.commitment is None or not line.days_late:
        raise Conflict
    if not may_be_reminded(line.commitment.reminded_at, now()):
        flash(_("The group was reminded less than a week ago."), "wait")
        return see_other("council.statements")
    remind_now(db(), actor(), line.commitment)
    flash(_("A reminder is on its way to the group."))
    return see_other("council.statements")


@council.get("/council/statements/<public_id>/follow-up")
@requires(Permission.COUNCIL_WORKSPACE)
def follow_up(public_id: str) -> Any:
    line = queries.statement_visible_to(db(), actor(), public_id)
    if not line.is_answered:
        return see_other("council.statements")
    told = {"text": line.statement.follow_up_text}
    return _follow_up(line, FollowUpForm(formdata=None, data=told))


@council.post("/council/statements/<public_id>/follow-up")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def save_follow_up(public_id: str) -> Any:
    line = queries.statement_visible_to(db(), actor(), public_id)
    form = FollowUpForm()
    if line.commitment is None:
        raise Conflict
    if not form.validate():
        return _follow_up(line, form)
    follow_up_statement(db(), actor(), line.statement, line.commitment, form["text"].data)
    flash(_("Everybody can read what became of it."))
    return see_other("council.statement", public_id=public_id)


@council.get("/council/statements/<public_id>/throw-away")
@requires(Permission.COUNCIL_WORKSPACE)
def ask_throw_away(public_id: str) -> Any:
    line = queries.statement_visible_to(db(), actor(), public_id)
    if line.statement.is_sent:
        return see_other("council.statement", public_id=public_id)
    return render("council/throw_away.html", item=line.statement)


@council.post("/council/statements/<public_id>/throw-away")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def throw_away(public_id: str) -> Any:
    line = queries.statement_visible_to(db(), actor(), public_id)
    throw_away_statement(db(), actor(), line.statement)
    flash(_("The draft is gone."))
    return see_other("council.statements")


def _form(**values: Any) -> StatementForm:
    form = StatementForm(**values)
    form.group.choices = [
        ("", _("Choose")),
        *(
            (item.public_id, item.name_in(current_locale()))
            for item in groups(db())
            if item.kind != "council"
        ),
    ]
    return form


def _check(
    line: queries.StatementLine,
    *,
    send_form: SendForm | None = None,
    agree_form: AgreeForm | None = None,
) -> str:
    proposed = {"due_on": today() + timedelta(days=ANSWER_DAYS)}
    return render(
        "council/check.html",
        line=line,
        send_form=send_form or SendForm(formdata=None, data=proposed),
        agree_form=agree_form or _offer_meetings(AgreeForm(formdata=None), line),
        has_errors=bool(send_form or agree_form),
        words=words,
        locale_code=current_locale(),
    )


def _follow_up(line: queries.StatementLine, form: FollowUpForm) -> str:
    return render(
        "council/follow_up.html", line=line, form=form, words=words, locale_code=current_locale()
    )


def _offer_meetings(form: AgreeForm, line: queries.StatementLine) -> AgreeForm:
    """Meetings that have begun: only there can the council have agreed."""
    held = queries.meetings_to_agree_in(db(), actor(), line.statement.term_id)
    form.meeting.choices = [(item.public_id, words.meeting_label(item)) for item in held]
    return form
