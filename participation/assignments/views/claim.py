"""The claim behind the personal link: one step for most, more for those who add. No sign-in."""

from typing import Any

from flask import Response, flash, request

from participation.assignments.forms import ClaimForm, claim_data
from participation.assignments.models import CompensationClaim
from participation.assignments.queries import claim_of
from participation.assignments.rules.rates import Tariff, lines_of, sums_of
from participation.assignments.rules.states import WITH_THE_PERSON, ClaimState
from participation.assignments.services import (
    RECEIPTS,
    ProofMissing,
    claimed_of,
    claimed_with,
    decline_claim,
    remove_receipt,
    submit_claim,
    tariff_of_claim,
    withdraw_claim,
)
from participation.assignments.views.blueprint import WORDS, assignments
from participation.assignments.views.files import keep_files, say_proof_is_missing
from participation.assignments.views.links import opened
from participation.foundation.files.queries import file_about, files_about
from participation.foundation.files.web import file_response
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import commits, db, render, requires, see_other

PAYEE = ("payee_name", "personal_number", "bank_account")


@assignments.get("/i/<token>/compensation")
@requires(Permission.PUBLIC)
def claim(token: str) -> str:
    found = _own(token)
    tariff = tariff_of_claim(db(), found)
    form = _form(found, tariff, is_fresh=True)
    return _page(found, token, form, _lines(found, tariff))


@assignments.post("/i/<token>/compensation")
@requires(Permission.PUBLIC)
@commits
def send(token: str) -> Any:
    found = _own(token, to_change=True)
    if found.state not in WITH_THE_PERSON:
        return see_other(".claim", token=token)  # sent a moment ago: show what became of it
    if "decline" in request.form:
        return _decline(found, token)
    tariff = tariff_of_claim(db(), found)
    form = _form(found, tariff)
    holds = form.validate()
    holds = keep_files(found, form) and holds
    if "count" in request.form:
        return _counted_page(found, token, form, tariff)
    if not holds or not _sent(found, form):
        return _page(found, token, form, _lines(found, tariff))
    flash(_("Thank you. Your claim is sent. You get a mail when it is approved."))
    return see_other(".claim", token=token)


@assignments.post("/i/<token>/compensation/withdraw")
@requires(Permission.PUBLIC)
@commits
def withdraw(token: str) -> Any:
    found = _own(token, to_change=True)
    was_declined = found.state == ClaimState.DECLINED
    withdraw_claim(db(), found)
    flash(
        _("You can claim compensation again.")
        if was_declined
        else _("The claim is taken back. You can change it and send it again.")
    )
    return see_other(".claim", token=token)


@assignments.get("/i/<token>/compensation/files/<file_id>")
@requires(Permission.PUBLIC)
def receipt(token: str, file_id: str) -> Response:
    found = _own(token)
    return file_response(file_about(db(), RECEIPTS, found.public_id, file_id))


@assignments.post("/i/<token>/compensation/files/<file_id>/remove")
@requires(Permission.PUBLIC)
@commits
def remove(token: str, file_id: str) -> Any:
    found = _own(token, to_change=True)
    remove_receipt(db(), found, file_id)
    flash(_("The file is removed."))
    return see_other(".claim", token=token)


@assignments.get("/i/<token>/compensation/print")
@requires(Permission.PUBLIC)
def on_paper(token: str) -> str:
    """The claim as a page to print, and to fill in by hand where nothing is known yet."""
    found = _own(token)
    return paper_page(found)


def paper_page(found: CompensationClaim) -> str:
    """The printable claim, for the person and for staff alike; never the whole number."""
    lines = _lines(found, tariff_of_claim(db(), found))
    return render(
        "assignments/claim_paper.html",
        claim=found,
        lines=lines,
        sums=sums_of(lines),
        files=files_about(db(), RECEIPTS, found.public_id),
        **WORDS,
    )


def _own(token: str, *, to_change: bool = False) -> CompensationClaim:
    invitation = opened(token)
    return claim_of(db(), invitation.activity_id, invitation.member_id, to_change=to_change)


def _form(found: CompensationClaim, tariff: Tariff, *, is_fresh: bool = False) -> ClaimForm:
    form = ClaimForm(formdata=None, data=claim_data(found)) if is_fresh else ClaimForm()
    form.keep_only(tariff)
    if found.personal_number:
        form.keep_number()
    return form


def _sent(found: CompensationClaim, form: ClaimForm) -> bool:
    try:
        submit_claim(db(), found, form.details(found))
    except ProofMissing as problem:
        say_proof_is_missing(form, problem)
        return False
    return True


def _decline(found: CompensationClaim, token: str) -> Any:
    decline_claim(db(), found)
    flash(_("You have said that you want no compensation. You may change your mind."))
    return see_other(".claim", token=token)


def _counted_page(found: CompensationClaim, token: str, form: ClaimForm, tariff: Tariff) -> str:
    """What it comes to with what is typed so far; the payment's fields may still be empty."""
    for name in PAYEE:
        if not form[name].data:
            form[name].errors = ()
    if form.errors:
        return _page(found, token, form, _lines(found, tariff))
    lines = lines_of(tariff, claimed_with(found, form.details(found)))
    return _page(found, token, form, lines, is_counted=True)


def _lines(found: CompensationClaim, tariff: Tariff) -> Any:
    """The lines as sent in, or as they would be."""
    return found.lines or lines_of(tariff, claimed_of(found))


def _page(
    found: CompensationClaim,
    token: str,
    form: ClaimForm,
    lines: Any,
    *,
    is_counted: bool = False,
) -> str:
    return render(
        "assignments/claim.html",
        activity=found.activity,
        claim=found,
        form=form,
        lines=lines,
        sums=sums_of(lines),
        is_counted=is_counted,
        files=files_about(db(), RECEIPTS, found.public_id),
        token=token,
        **WORDS,
    )
