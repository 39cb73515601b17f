"""The young people's entrance: its own words, the same steps, and a grown-up who says yes."""

from typing import Any

from flask import flash

from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires, see_other
from participation.interest_bank.forms import AskGuardianForm, YoungJoining
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries import (
    age_policy,
    lacks_approval,
    membership_awaiting,
    newest_approval,
    own_membership,
)
from participation.interest_bank.rules import NOTICE_VERSION
from participation.interest_bank.services import (
    ask_another_guardian,
    withdraw_membership,
)
from participation.interest_bank.views.blueprint import interest_bank
from participation.interest_bank.views.steps import Entrance, first_step, take_step

YOUNG = Entrance(
    YoungJoining, "interest_bank/young/join.html", "interest_bank.young_check_mail", True
)


@interest_bank.get("/young")
@requires(Permission.PUBLIC)
def young() -> str:
    return render(
        "interest_bank/young/welcome.html", policy=age_policy(db()), notice_version=NOTICE_VERSION
    )


@interest_bank.get("/young/join")
@requires(Permission.PUBLIC)
def young_join() -> str:
    return first_step(YOUNG)


@interest_bank.post("/young/join")
@requires(Permission.PUBLIC)
@commits
def young_join_step() -> Any:
    return take_step(YOUNG)


@interest_bank.get("/young/check-your-mail")
@requires(Permission.PUBLIC)
def young_check_mail() -> str:
    return render("interest_bank/young/check_mail.html")


@interest_bank.get("/young/waiting")
@requires(Permission.PUBLIC)
def young_waiting() -> str:
    """Where the child's own link ends: the grown-up is asked now."""
    return render("interest_bank/young/waiting.html")


@interest_bank.get("/membership/guardian")
@requires(Permission.OWN_PAGE)
def guardian_of_mine() -> Any:
    """Whom the child asked, what they said, and how to ask somebody else."""
    member = _child()
    if member is None:
        return see_other("interest_bank.membership")
    return _guardian_page(member, AskGuardianForm(member.account.email, formdata=None))


@interest_bank.post("/membership/guardian")
@requires(Permission.OWN_PAGE)
@commits
def ask_guardian_again() -> Any:
    member = _child()
    if member is None:
        raise NotFound
    form = AskGuardianForm(member.account.email)
    if not form.validate():
        return _guardian_page(member, form)
    try:
        ask_another_guardian(db(), actor(), member, form.guardian_email.data, current_locale())
    except Conflict:
        return see_other("interest_bank.membership")
    flash(_("We have written to the grown-up."))
    return see_other("interest_bank.guardian_of_mine")


@interest_bank.post("/membership/guardian/stop")
@requires(Permission.OWN_PAGE)
@commits
def stop_waiting() -> Any:
    """The child changes their mind before anybody has said yes."""
    member = membership_awaiting(db(), actor().account_id)
    if member is None:
        raise NotFound
    withdraw_membership(db(), actor(), member)
    return see_other("interest_bank.left")


def _child() -> BankMember | None:
    """The person's own sign-up that waits, or membership that rests for want of an approval."""
    waiting = membership_awaiting(db(), actor().account_id)
    if waiting is not None:
        return waiting
    member = own_membership(db(), actor().account_id)
    return member if member is not None and lacks_approval(db(), member) else None


def _guardian_page(member: BankMember, form: AskGuardianForm) -> str:
    return render(
        "interest_bank/young/guardian.html",
        member=member,
        approval=newest_approval(db(), member.id),
        form=form,
    )
