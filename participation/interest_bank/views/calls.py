"""Whoever does not want to fill in forms is called: the public form, and the coordinators' list."""

from typing import Any

from flask import flash, request

from participation.accounts.rules.throttling import CALLS_PER_ADDRESS
from participation.accounts.services import check_throttle, count_try
from participation.foundation.i18n import LOCALES, current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    commits,
    db,
    log_access,
    render,
    requires,
    see_other,
)
from participation.interest_bank.forms.calls import CallMeForm
from participation.interest_bank.forms.rooms.calls import CalledForm
from participation.interest_bank.queries.calls import call_to_settle, calls_waiting
from participation.interest_bank.rules.calls import KEPT, CallOutcome
from participation.interest_bank.services.calls import ask_for_call, settle_call
from participation.interest_bank.views.blueprint import interest_bank


@interest_bank.get("/interest-bank/call-me")
@requires(Permission.PUBLIC)
def call_me() -> str:
    return _call_me_page(CallMeForm(formdata=None))


@interest_bank.post("/interest-bank/call-me")
@requires(Permission.PUBLIC)
@commits
def call_me_please() -> Any:
    address = request.remote_addr or ""
    check_throttle(db(), CALLS_PER_ADDRESS, address)
    form = CallMeForm()
    if not form.validate():
        return _call_me_page(form)
    count_try(db(), CALLS_PER_ADDRESS, address)
    ask_for_call(db(), locale=current_locale(), **form.told())
    return see_other(".we_call")


@interest_bank.get("/interest-bank/we-call-you")
@requires(Permission.PUBLIC)
def we_call() -> str:
    return render("interest_bank/we_call.html")


def _call_me_page(form: CallMeForm) -> str:
    return render("interest_bank/call_me.html", form=form, days=KEPT.days)


@interest_bank.get("/interest-bank/calls")
@requires(Permission.READ_BANK)
def calls() -> str:
    page = paginate(db(), calls_waiting(actor()), page_number(request.args.get("page")))
    log_access("call_requests_listed", "bank", "calls")
    return render("interest_bank/rooms/calls.html", page=page, days=KEPT.days, languages=LOCALES)


@interest_bank.post("/interest-bank/calls/<public_id>")
@requires(Permission.MANAGE_BANK)
@commits
def settle(public_id: str) -> Any:
    asked = call_to_settle(db(), actor(), public_id)
    name = asked.name
    form = CalledForm()
    if form.validate():
        outcome = CallOutcome(form.outcome.data)
        settle_call(db(), actor(), asked, outcome)
        flash(
            _("Noted. %(name)s stays on the list.", name=name)
            if outcome is CallOutcome.NO_ANSWER
            else _("Done. The name and the number are erased.")
        )
    return see_other(".calls")
