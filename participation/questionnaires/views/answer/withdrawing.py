"""Taking an answer back with the receipt code: without an account, without asking anybody."""

from contextlib import suppress
from typing import Any

from flask import request

from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import SYSTEM, Permission
from participation.foundation.web import commits, cookieless, db, requires
from participation.questionnaires.forms.answer import ReceiptForm
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries import content_of_round, round_by_id
from participation.questionnaires.rules.codes import in_groups, read_code
from participation.questionnaires.services.withdrawing import round_of_receipt, withdraw_response
from participation.questionnaires.views.answer.parts import (
    answer_page,
    answering,
    count_wrong_code,
)


@answering.route("/withdraw", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
@cookieless
@commits
def take_back() -> Any:
    """Write the receipt code, see which answers they are, take them back."""
    form = ReceiptForm()
    if not form.validate_on_submit():
        return answer_page("questionnaires/answer/withdraw.html", form=form)
    receipt = read_code(form.receipt.data or "")
    found = round_of_receipt(db(), receipt) if receipt else None
    if found is None or receipt is None:
        count_wrong_code()
        form.add_error("receipt", _unknown_receipt(receipt))
        return answer_page("questionnaires/answer/withdraw.html", form=form)
    if request.form.get("sure") != "yes":
        return _page(found, "questionnaires/answer/withdraw_confirm.html", receipt)
    return _taken_back(found, receipt)


def _taken_back(found: SurveyRound, receipt: str) -> str:
    round_id = found.id
    with suppress(NotFound):  # the other of two clicks was first, which is just as well
        withdraw_response(db(), SYSTEM, found, receipt)
    return _page(round_by_id(db(), round_id), "questionnaires/answer/withdrawn.html", receipt)


def _page(found: SurveyRound, template: str, receipt: str) -> str:
    return answer_page(
        template,
        found,
        content=content_of_round(db(), found),
        receipt=in_groups(receipt),
        is_published=found.state == "published",
    )


def _unknown_receipt(receipt: str | None) -> str:
    if receipt is None:
        return _("A receipt code has 16 letters and digits, for example K7QF-2MZD-09XA-R1T4.")
    return _(
        "No answers have that receipt code. Check each group. If you have taken them back "
        "already, they are gone."
    )
