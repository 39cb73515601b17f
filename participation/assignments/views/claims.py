"""Claims for those who approve: the list, one claim, approving, sending back, adjusting."""

from typing import Any

from flask import Response, flash, request

from participation.activities.queries import activity_by_public_id, attendances_of
from participation.assignments.forms import (
    AdjustForm,
    BatchForm,
    ClaimFilter,
    PaperClaimForm,
    ReturnForm,
    claim_data,
)
from participation.assignments.models import ClaimLine, CompensationClaim
from participation.assignments.queries import (
    ClaimFilters,
    claim_visible_to,
    claims_to_change,
    claims_visible_to,
)
from participation.assignments.rules.money import typed_kronor
from participation.assignments.rules.rates import lines_of, sums_of
from participation.assignments.rules.states import WITH_THE_PERSON, ClaimState
from participation.assignments.services import (
    RECEIPTS,
    AdjustedByOneself,
    OwnMatter,
    ProofMissing,
    adjust_line,
    adjusted_by,
    approve_claims,
    claimed_of,
    may_approve,
    reopen_claim,
    return_claim,
    submit_claim,
    take_back_approval,
    tariff_of_claim,
)
from participation.assignments.views.blueprint import WORDS, compensation
from participation.assignments.views.claim import paper_page
from participation.assignments.views.files import keep_files, say_proof_is_missing
from participation.county.queries import organisations
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.files.queries import file_about, files_about
from participation.foundation.files.web import file_response
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    commits,
    db,
    log_access_to,
    render,
    requires,
    see_other,
)


@compensation.get("/compensation")
@requires(Permission.APPROVE_CLAIMS)
def claim_list() -> str:
    return _list_page(BatchForm(formdata=None))


@compensation.post("/compensation")
@requires(Permission.APPROVE_CLAIMS)
@commits
def approve_several() -> Any:
    form = BatchForm()
    ticked = claims_to_change(db(), actor(), request.form.getlist("claims"))
    form.claims.choices = [(claim.public_id, claim.code) for claim in ticked]
    if not form.validate():
        return _list_page(form)
    try:
        count = approve_claims(db(), actor(), ticked)
    except OwnMatter:
        form.add_error("claims", _("One of them is yours, or filed by you. Untick it."))
        return _list_page(form)
    except AdjustedByOneself:
        form.add_error("claims", _("You have changed an amount in one of them. Untick it."))
        return _list_page(form)
    flash(ngettext("One claim is approved.", "%(num)s claims are approved.", count))
    return see_other(".claim_list", **request.args.to_dict())


@compensation.get("/compensation/<public_id>")
@requires(Permission.APPROVE_CLAIMS)
def claim(public_id: str) -> str:
    return _claim_page(_seen(public_id), ReturnForm(formdata=None))


@compensation.post("/compensation/<public_id>/approve")
@requires(Permission.APPROVE_CLAIMS)
@commits
def approve(public_id: str) -> Any:
    try:
        approve_claims(db(), actor(), [_to_change(public_id)])
    except OwnMatter:
        flash(_("Somebody else must approve what is yours or what you have filed."), "alarm")
        return see_other(".claim", public_id=public_id)
    except AdjustedByOneself:
        flash(_("Somebody else must approve a claim whose amount you have changed."), "alarm")
        return see_other(".claim", public_id=public_id)
    flash(_("The claim is approved. It goes to payroll with the next batch."))
    return see_other(".claim_list", state=ClaimState.SUBMITTED)


@compensation.post("/compensation/<public_id>/return")
@requires(Permission.APPROVE_CLAIMS)
@commits
def send_back(public_id: str) -> Any:
    form = ReturnForm()
    if not form.validate():
        return _claim_page(_seen(public_id), form)
    try:
        return_claim(db(), actor(), _to_change(public_id), form.reason.data)
    except OwnMatter:
        form.add_error("reason", _("Somebody else must handle what is yours or filed by you."))
        return _claim_page(_seen(public_id), form)
    flash(_("The claim is sent back, and the person has got a mail with a link to the reason."))
    return see_other(".claim", public_id=public_id)


@compensation.post("/compensation/<public_id>/take-back")
@requires(Permission.APPROVE_CLAIMS)
@commits
def take_back(public_id: str) -> Any:
    take_back_approval(db(), actor(), _to_change(public_id))
    flash(_("The approval is taken back."))
    return see_other(".claim", public_id=public_id)


@compensation.post("/compensation/<public_id>/reopen")
@requires(Permission.APPROVE_CLAIMS)
@commits
def reopen(public_id: str) -> Any:
    reopen_claim(db(), actor(), _to_change(public_id))
    flash(_("The person can claim again, and has got a mail."))
    return see_other(".claim", public_id=public_id)


@compensation.get("/compensation/<public_id>/lines/<int:line_id>")
@requires(Permission.APPROVE_CLAIMS)
def line(public_id: str, line_id: int) -> str:
    found = _seen(public_id)
    chosen = _line(found, line_id)
    form = AdjustForm(
        formdata=None, data={"amount": typed_kronor(chosen.amount_ore), "reason": chosen.reason}
    )
    return _line_page(found, chosen, form)


@compensation.post("/compensation/<public_id>/lines/<int:line_id>")
@requires(Permission.APPROVE_CLAIMS)
@commits
def adjust(public_id: str, line_id: int) -> Any:
    found = _to_change(public_id)
    chosen = _line(found, line_id)
    form = AdjustForm()
    if not form.validate():
        return _line_page(found, chosen, form)
    try:
        adjust_line(db(), actor(), found, line_id, amount_ore=form.ore, reason=form.reason.data)
    except OwnMatter:
        form.add_error("amount", _("Somebody else must handle what is yours or filed by you."))
        return _line_page(found, chosen, form)
    flash(_("The amount is changed. The person sees your reason."))
    return see_other(".claim", public_id=public_id)


@compensation.get("/compensation/<public_id>/file")
@requires(Permission.APPROVE_CLAIMS)
def from_paper(public_id: str) -> str:
    found = _with_person(_seen(public_id))
    form = PaperClaimForm(formdata=None, data=claim_data(found))
    form.keep_only(tariff_of_claim(db(), found))
    return _paper_form_page(found, form)


@compensation.post("/compensation/<public_id>/file")
@requires(Permission.APPROVE_CLAIMS)
@commits
def file_from_paper(public_id: str) -> Any:
    found = _to_change(public_id)
    if found.state not in WITH_THE_PERSON:
        return see_other(".claim", public_id=public_id)
    form = PaperClaimForm()
    form.keep_only(tariff_of_claim(db(), found))
    holds = form.validate()
    if not (keep_files(found, form) and holds):
        return _paper_form_page(found, form)
    try:
        submit_claim(
            db(),
            found,
            form.details(found),
            filed_by=actor(),
            has_proof_on_paper=bool(form.on_paper.data),
        )
    except ProofMissing as problem:
        say_proof_is_missing(form, problem)
        return _paper_form_page(found, form)
    flash(_("The claim is filed. Somebody else than you approves it."))
    return see_other(".claim", public_id=public_id)


@compensation.get("/compensation/<public_id>/print")
@requires(Permission.APPROVE_CLAIMS)
def on_paper(public_id: str) -> str:
    return paper_page(_seen(public_id))


@compensation.get("/compensation/<public_id>/files/<file_id>")
@requires(Permission.APPROVE_CLAIMS)
def receipt(public_id: str, file_id: str) -> Response:
    found = _seen(public_id)
    return file_response(file_about(db(), RECEIPTS, found.public_id, file_id))


def _seen(public_id: str) -> CompensationClaim:
    """The claim; that it was opened is logged."""
    found = claim_visible_to(db(), actor(), public_id)
    log_access_to([found.member.account_id], "claim_seen", "claim", public_id)
    return found


def _to_change(public_id: str) -> CompensationClaim:
    return claim_visible_to(db(), actor(), public_id, to_change=True)


def _with_person(found: CompensationClaim) -> CompensationClaim:
    if found.state not in WITH_THE_PERSON:
        raise Conflict
    return found


def _line(found: CompensationClaim, line_id: int) -> ClaimLine:
    chosen = next((line for line in found.lines if line.id == line_id), None)
    if chosen is None:
        raise NotFound
    return chosen


def _list_page(form: BatchForm) -> str:
    narrow = ClaimFilter(request.args)
    payers = organisations(db())
    narrow.organisation.choices = [("", _("All")), *((str(o.id), o.name) for o in payers)]
    narrow.validate()
    filters = _filters(narrow)
    found = claims_visible_to(actor(), filters)
    page = paginate(db(), found, page_number(request.args.get("page")))
    log_access_to([claim.member.account_id for claim in page.items], "claim_seen", "claims", "list")
    return render(
        "assignments/claims.html",
        page=page,
        form=form,
        narrow=narrow,
        filters=filters,
        activity=activity_by_public_id(db(), filters.activity) if filters.activity else None,
        may_approve=lambda claim: may_approve(actor(), claim),
        ticked=set(request.form.getlist("claims")),
        can_export=actor().can(Permission.EXPORT_PAYROLL),
        **WORDS,
    )


def _filters(narrow: ClaimFilter) -> ClaimFilters:
    right = {field.name: field.data or "" for field in narrow if not field.errors}
    organisation = right.get("organisation", "")
    return ClaimFilters(
        state=right.get("state", ""),
        organisation_id=int(organisation) if organisation else None,
        activity=request.args.get("activity", ""),
    )


def _claim_page(found: CompensationClaim, form: ReturnForm) -> str:
    lines = found.lines or lines_of(tariff_of_claim(db(), found), claimed_of(found))
    return render(
        "assignments/staff_claim.html",
        claim=found,
        activity=found.activity,
        lines=lines,
        sums=sums_of(lines),
        files=files_about(db(), RECEIPTS, found.public_id),
        form=form,
        may_approve=may_approve(actor(), found),
        has_adjusted=bool(adjusted_by(db(), actor(), [found])),
        was_there=attendances_of(db(), found.activity_id).get(found.member_id, False),
        **WORDS,
    )


def _line_page(found: CompensationClaim, chosen: ClaimLine, form: AdjustForm) -> str:
    return render("assignments/line.html", claim=found, line=chosen, form=form, **WORDS)


def _paper_form_page(found: CompensationClaim, form: PaperClaimForm) -> str:
    return render(
        "assignments/from_paper.html",
        claim=found,
        form=form,
        files=files_about(db(), RECEIPTS, found.public_id),
        **WORDS,
    )
