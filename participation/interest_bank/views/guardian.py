"""The guardian's own pages: read what it is about, say yes or no, take a yes back.

The guardian sees the child's name and nothing else. Opening a link changes nothing (TRUST 24).
"""

from typing import Any

from flask import request

from participation.accounts.views.bad_links import GONE, count_bad_link
from participation.foundation.clock import now
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    commits,
    db,
    render,
    requires,
    see_other,
)
from participation.interest_bank.forms import ConfirmForm
from participation.interest_bank.queries import age_policy, approval_asked, approval_to_withdraw
from participation.interest_bank.rules import NOTICE_VERSION, ApprovalState
from participation.interest_bank.services import (
    approve_membership,
    refuse_membership,
    withdraw_approval,
)
from participation.interest_bank.views.blueprint import interest_bank

ANSWERED = {
    ApprovalState.APPROVED: "interest_bank.guardian_approved",
    ApprovalState.WITHDRAWN: "interest_bank.guardian_withdrew",
    ApprovalState.REFUSED: "interest_bank.guardian_refused",
}


@interest_bank.get("/guardian/<token>")
@requires(Permission.PUBLIC)
def guardian(token: str) -> Any:
    try:
        approval = approval_asked(db(), token)
    except NotFound:
        return _no_such_link()
    if approval.state in ANSWERED:
        return see_other(ANSWERED[ApprovalState(approval.state)])
    if approval.expires_at is None or approval.expires_at < now():
        return _gone()
    return render(
        "interest_bank/guardian/ask.html",
        approval=approval,
        token=token,
        notice_version=NOTICE_VERSION,
        policy=age_policy(db()),
        form=ConfirmForm(formdata=None),
    )


@interest_bank.post("/guardian/<token>")
@requires(Permission.PUBLIC)
@commits
def guardian_answers(token: str) -> Any:
    says_no = "no" in request.form
    try:
        if says_no:
            refuse_membership(db(), token)
        else:
            approve_membership(db(), token)
    except NotFound:
        return _no_such_link()
    except Conflict:
        return _gone()
    return see_other(f"interest_bank.guardian_{'refused' if says_no else 'approved'}")


@interest_bank.get("/guardian/approved")
@requires(Permission.PUBLIC)
def guardian_approved() -> str:
    return render("interest_bank/guardian/approved.html")


@interest_bank.get("/guardian/refused")
@requires(Permission.PUBLIC)
def guardian_refused() -> str:
    return render("interest_bank/guardian/refused.html")


@interest_bank.get("/guardian/withdraw/<token>")
@requires(Permission.PUBLIC)
def guardian_withdraws(token: str) -> Any:
    try:
        approval = approval_to_withdraw(db(), token)
    except NotFound:
        return _no_such_link()
    return render("interest_bank/guardian/withdraw.html", approval=approval, token=token)


@interest_bank.post("/guardian/withdraw/<token>")
@requires(Permission.PUBLIC)
@commits
def guardian_withdraws_it(token: str) -> Any:
    try:
        withdraw_approval(db(), token)
    except NotFound:
        return _no_such_link()
    return see_other("interest_bank.guardian_withdrew")


@interest_bank.get("/guardian/withdrawn")
@requires(Permission.PUBLIC)
def guardian_withdrew() -> str:
    return render("interest_bank/guardian/withdrawn.html")


def _gone() -> Any:
    return render("interest_bank/guardian/link_gone.html"), GONE


def _no_such_link() -> Any:
    count_bad_link()
    return _gone()
