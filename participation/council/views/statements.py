"""Statements: written, changed, sent."""

from datetime import timedelta
from typing import Any

from flask import flash

from participation.council import queries
from participation.council.forms import SendForm, StatementForm
from participation.council.rules.places import ANSWER_DAYS
from participation.council.services import (
    change_statement,
    draft_statement,
    send_statement,
    throw_away_statement,
)
from participation.council.views import words
from participation.council.views.blueprint import council
from participation.county.queries import group_by_public_id, groups
from participation.foundation.clock import today
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
    form = SendForm(formdata=None, data={"due_on": today() + timedelta(days=ANSWER_DAYS)})
    return _check(line, form)


@council.post("/council/statements/<public_id>/send")
@requires(Permission.COUNCIL_WORKSPACE)
@commits
def send(public_id: str) -> Any:
    line = queries.statement_visible_to(db(), actor(), public_id)
    form = SendForm()
    if not form.validate():
        return _check(line, form)
    send_statement(db(), actor(), line.statement, due_on=form["due_on"].data)
    flash(_("The statement is sent, and everybody can read it. Now the group owes an answer."))
    return see_other("council.statement", public_id=public_id)


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
        (item.public_id, item.name_in(current_locale()))
        for item in groups(db())
        if item.kind != "council"
    ]
    return form


def _check(line: queries.StatementLine, form: SendForm) -> str:
    return render(
        "council/check.html", line=line, form=form, words=words, locale_code=current_locale()
    )
