"""A coordinator changes what somebody told, on their behalf, or notes that they have died."""

from dataclasses import replace
from typing import Any

from flask import abort, flash

from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, log_access, render, requires, see_other
from participation.interest_bank.forms import PARTS, Step
from participation.interest_bank.forms.rooms.changing import ToldForm
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries import member_visible_to, membership_to_change
from participation.interest_bank.rules import Source
from participation.interest_bank.services import NeedsGuardian
from participation.interest_bank.services.changing import change_for
from participation.interest_bank.services.leaving import note_death
from participation.interest_bank.views.blueprint import interest_bank
from participation.interest_bank.views.steps import places

REACH = "reach"  # where somebody lives and can be called


@interest_bank.get("/interest-bank/members/<public_id>/change/<part>")
@requires(Permission.MANAGE_BANK)
def change_member(public_id: str, part: str) -> str:
    """Opening it shows what the person told, so it stands in their log like every opening."""
    step = PARTS.get(part) or abort(404)
    found = _changeable(public_id, part)
    log_access(
        "member_opened",
        "bank_member",
        found.public_id,
        subject_account_id=found.account_id,
        reason=_("To change what the person told"),
    )
    form = places().offer(step(formdata=None, data=step.of(found.profile())))
    return _page(found, part, form, ToldForm(formdata=None))


@interest_bank.post("/interest-bank/members/<public_id>/change/<part>")
@requires(Permission.MANAGE_BANK)
@commits
def change_member_part(public_id: str, part: str) -> Any:
    step = PARTS.get(part) or abort(404)
    found = _changeable(public_id, part)
    form, told = places().offer(step()), ToldForm()
    if not (form.validate() & told.validate()):
        return _page(found, part, form, told)
    member = membership_to_change(db(), found.account_id)
    profile = replace(member.profile(), **form.told())
    try:
        change_for(db(), actor(), member, profile, told_how=Source(told.told_how.data))
    except NeedsGuardian:
        form.add_error("birth_year", _("So young: a guardian has to say yes. Use the web form."))
        return _page(found, part, form, told)
    flash(_("Saved. The person gets a mail or a letter about it."))
    return see_other("interest_bank.member", public_id=public_id)


@interest_bank.get("/interest-bank/members/<public_id>/death")
@requires(Permission.MANAGE_BANK)
def death(public_id: str) -> str:
    found = member_visible_to(db(), actor(), public_id)
    return render("interest_bank/rooms/death.html", code=found.code, id=public_id)


@interest_bank.post("/interest-bank/members/<public_id>/death")
@requires(Permission.MANAGE_BANK)
@commits
def note_that_died(public_id: str) -> Any:
    found = member_visible_to(db(), actor(), public_id)
    code = found.code
    note_death(db(), actor(), found)
    flash(_("Noted. Nothing more is sent to %(code)s.", code=code))
    return see_other("interest_bank.members")


def _changeable(public_id: str, part: str) -> BankMember:
    """Whom the coordinator may change. Where a protected person can be reached is their own."""
    found = member_visible_to(db(), actor(), public_id)
    if not found.is_in_bank or (found.is_protected and part == REACH):
        raise NotFound
    return found


def _page(found: BankMember, part: str, form: Step, told: ToldForm) -> str:
    return render("interest_bank/rooms/change.html", member=found, part=part, form=form, told=told)
