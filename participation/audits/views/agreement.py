"""The agreement between those who lead an audit and the unit."""

from typing import Any

from flask import flash

from participation.audits import queries
from participation.audits.forms.agreement import AcceptForm, AgreementForm
from participation.audits.models import Audit
from participation.audits.queries.agreements import agreement_of, plan_of
from participation.audits.rules.agreement import MILESTONE_LABELS, REACHED_WITH, Milestone
from participation.audits.rules.states import AGREEMENT_OPEN
from participation.audits.services.agreements import (
    AgreementDraft,
    accept_agreement,
    write_agreement,
)
from participation.audits.views.blueprint import audit_page, audits
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, requires, see_other


@audits.get("/audits/<public_id>/agreement")
@requires(Permission.READ_AUDITS)
def agreement(public_id: str) -> str:
    """What is agreed, for the unit, the team and those who lead."""
    lens = queries.audit_seen_by(db(), actor(), public_id)
    found = agreement_of(db(), lens.audit)
    steps = queries.steps_of(db(), lens.audit.id)
    waits = found is not None and found.accepted_at is None
    return audit_page(
        "agreement",
        lens,
        "agreement",
        agreement=found,
        plan=plan_of(db(), lens.audit),
        milestones=MILESTONE_LABELS,
        reached={one: steps.get(REACHED_WITH.get(one, "")) for one in Milestone},
        may_write=lens.is_lead and lens.state in AGREEMENT_OPEN,
        may_accept=waits and lens.is_unit,
        accept=AcceptForm(None, data={"written": found.written_at.isoformat() if found else ""}),
    )


@audits.route("/audits/<public_id>/agreement/write", methods=["GET", "POST"])
@requires(Permission.MANAGE_AUDITS)
@commits
def write_it_down(public_id: str) -> Any:
    """Those who lead write or change the agreement."""
    lens = queries.audit_led_by(db(), actor(), public_id)
    if lens.state not in AGREEMENT_OPEN:
        raise NotFound
    form = AgreementForm(obj=agreement_of(db(), lens.audit), data=_days(lens.audit))
    if form.validate_on_submit():
        words = {one: form[one].data for one in ("scope", "access", "secrecy", "report_reading")}
        write_agreement(db(), actor(), lens.audit, AgreementDraft(plan=form.plan, **words))
        flash(_("The agreement is saved. The unit reads it and says yes."))
        return see_other("audits.agreement", public_id=public_id)
    return audit_page("write_agreement", lens, "agreement", form=form, milestones=list(Milestone))


@audits.post("/audits/<public_id>/agreement/accept")
@requires(Permission.ORDER_AUDIT)
@commits
def accept(public_id: str) -> Any:
    """The unit says yes."""
    lens = queries.audit_seen_by(db(), actor(), public_id)
    if not lens.is_unit:
        raise NotFound
    form = AcceptForm()
    try:
        accept_agreement(db(), actor(), lens.audit, form["written"].data or "")
        flash(_("Thank you. The agreement holds from now on."))
    except Conflict:
        flash(_("The agreement was changed meanwhile. Read it again."), "error")
    return see_other("audits.agreement", public_id=public_id)


def _days(audit: Audit) -> dict[str, Any]:
    return {milestone.value: day for milestone, day in plan_of(db(), audit).items()}
