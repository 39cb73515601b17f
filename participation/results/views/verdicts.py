"""Does it ring true? Asked by an address that anybody may use, answered without a name."""

import secrets
from typing import Any

from flask import flash
from flask import session as browser

from participation.disclosure.services import DisclosureRefused
from participation.foundation.ceilings import TokenBucket
from participation.foundation.crypto import LINK_TOKEN_BYTES
from participation.foundation.errors import Conflict
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.results import queries
from participation.results.forms import VerdictForm
from participation.results.queries.verdicts import asked_finding
from participation.results.rules.verdicts import Verdict
from participation.results.services.findings import close_ask
from participation.results.services.verdicts import ask_verdict, give_verdict
from participation.results.views.blueprint import blueprint

ANSWERS = TokenBucket(burst=60, per_second=5)
KEPT_IN_BROWSER = "verdicts"  # by ask: the token that lets a voice change its mind


@blueprint.post("/results/findings/<public_id>/verdict")
@requires(Permission.PUBLISH_FINDINGS)
@commits
def ask(public_id: str) -> Any:
    """Ask those whom the draft is about, for two weeks."""
    found = queries.finding(db(), actor(), public_id)
    try:
        ask_verdict(db(), actor(), found)
    except DisclosureRefused as refused:
        flash(refused.message, "alarm")
        return see_other("results.finding", public_id=public_id, _anchor="gate")
    flash(_("Now they can answer. Give them the address or the code."))
    return see_other("results.finding", public_id=public_id, _anchor="verdict")


@blueprint.post("/results/findings/<public_id>/verdict/end")
@requires(Permission.PUBLISH_FINDINGS)
@commits
def end_ask(public_id: str) -> Any:
    """Nobody answers any more, and what was answered can be seen."""
    close_ask(db(), queries.finding(db(), actor(), public_id))
    return see_other("results.finding", public_id=public_id, _anchor="verdict")


@blueprint.get("/true/<public_id>")
@requires(Permission.PUBLIC)
def verdict(public_id: str) -> str:
    """The claim, and whether it rings true."""
    return _page(public_id, VerdictForm(formdata=None))


@blueprint.post("/true/<public_id>")
@requires(Permission.PUBLIC)
@commits
def say_verdict(public_id: str) -> Any:
    """One voice's verdict; sent again from the same browser it replaces the first."""
    asked, _finding = asked_finding(db(), public_id)
    form = VerdictForm()
    if not asked.is_open or not form.validate_on_submit():
        return _page(public_id, form)
    if not ANSWERS.take():
        form.add_error("answer", _("Many are answering right now. Try again in a minute."))
        return _page(public_id, form)
    try:
        give_verdict(
            db(), asked, _token(public_id), Verdict(form.answer.data), form.words.data or ""
        )
    except Conflict:
        return _page(public_id, form)
    return see_other("results.verdict_given", public_id=public_id)


@blueprint.get("/true/<public_id>/thanks")
@requires(Permission.PUBLIC)
def verdict_given(public_id: str) -> str:
    """What happens now."""
    asked, finding = asked_finding(db(), public_id)
    return render("results/verdict_given.html", ask=asked, finding=finding)


def _token(public_id: str) -> str:
    """What this browser answers with: kept in its form cookie until it is closed."""
    kept = dict(browser.get(KEPT_IN_BROWSER, {}))
    token = str(kept.setdefault(public_id, secrets.token_urlsafe(LINK_TOKEN_BYTES)))
    browser[KEPT_IN_BROWSER] = kept
    return token


def _page(public_id: str, form: VerdictForm) -> str:
    asked, finding = asked_finding(db(), public_id)
    return render("results/verdict.html", ask=asked, finding=finding, form=form)
