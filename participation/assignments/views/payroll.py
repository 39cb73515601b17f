"""Payroll: batches of approved claims, their file, and that they were paid."""

from typing import Any

from flask import Response, flash, request

from participation.assignments.forms import PaidForm, PlainForm
from participation.assignments.models import PayrollBatch
from participation.assignments.queries import (
    claims_in,
    count_approved,
    payroll_batch,
    payroll_batches,
    staff_names,
)
from participation.assignments.services import export_payroll, mark_paid
from participation.assignments.views.blueprint import WORDS, compensation
from participation.foundation.clock import to_local, today
from participation.foundation.errors import NotFound
from participation.foundation.files.web import attachment
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    commits,
    db,
    log_access,
    log_access_to,
    render,
    requires,
    see_other,
)

CSV = "text/csv"


@compensation.get("/compensation/payroll")
@requires(Permission.EXPORT_PAYROLL)
def batches() -> str:
    page = paginate(db(), payroll_batches(actor()), page_number(request.args.get("page")))
    return render(
        "assignments/payroll.html",
        page=page,
        waiting=count_approved(db(), actor()),
        plain=PlainForm(formdata=None),
        **WORDS,
    )


@compensation.post("/compensation/payroll")
@requires(Permission.EXPORT_PAYROLL)
@commits
def export() -> Any:
    made = export_payroll(db(), actor())
    if made is None:
        flash(_("Nothing waits for payroll: every approved claim is in a batch already."), "wait")
        return see_other(".batches")
    flash(
        ngettext(
            "Batch %(number)s is made, with one claim.",
            "Batch %(number)s is made, with %(num)s claims.",
            made.claim_count,
            number=made.number,
        )
    )
    return see_other(".batch", public_id=made.public_id)


@compensation.get("/compensation/payroll/<public_id>")
@requires(Permission.EXPORT_PAYROLL)
def batch(public_id: str) -> str:
    found = payroll_batch(db(), actor(), public_id)
    return _batch_page(found, PaidForm(formdata=None, data={"paid_on": today()}))


@compensation.get("/compensation/payroll/<public_id>/payroll.csv")
@requires(Permission.EXPORT_PAYROLL)
def payroll_csv(public_id: str) -> Response:
    """The very file that was made with the batch; every fetching is logged."""
    found = payroll_batch(db(), actor(), public_id, with_content=True)
    if found.content is None:
        raise NotFound
    log_access("payroll_fetched", "payroll", public_id, number=found.number)
    paid = [claim.member.account_id for claim in claims_in(db(), found.id)]
    log_access_to(paid, "payroll_fetched", "payroll", public_id)
    return attachment(found.content, f"utbetalning-{found.number}.csv", CSV)


@compensation.post("/compensation/payroll/<public_id>/paid")
@requires(Permission.EXPORT_PAYROLL)
@commits
def paid(public_id: str) -> Any:
    form = PaidForm()
    found = payroll_batch(db(), actor(), public_id, to_change=True)
    if form.validate() and form.paid_on.data < to_local(found.created_at).date():
        form.add_error("paid_on", _("Choose a day after the batch was made."))
    if form.errors:
        return _batch_page(found, form)
    count = mark_paid(db(), actor(), found, form.paid_on.data)
    flash(ngettext("One person is told.", "%(num)s people are told.", count))
    return see_other(".batch", public_id=public_id)


def _batch_page(found: PayrollBatch, form: PaidForm) -> str:
    claims = claims_in(db(), found.id)
    log_access_to(
        [claim.member.account_id for claim in claims], "claim_seen", "payroll", found.public_id
    )
    made_by = [found.created_by_account_id]
    if found.paid_by_account_id is not None:
        made_by.append(found.paid_by_account_id)
    return render(
        "assignments/batch.html",
        batch=found,
        claims=claims,
        names=staff_names(db(), made_by),
        form=form,
        **WORDS,
    )
