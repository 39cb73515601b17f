"""People who may stand in the bank twice: the list, two side by side, and what is decided."""

from typing import Any

from flask import flash, request

from participation.foundation.eventlog.queries import has_opened
from participation.foundation.i18n import gettext as _
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
from participation.interest_bank.forms.rooms.duplicates import DecideForm, ReasonForm
from participation.interest_bank.models import SuspectedPair
from participation.interest_bank.queries.duplicates import pair_to_decide, undecided_pairs
from participation.interest_bank.rules import LIKENESS_LABELS, PairDecision
from participation.interest_bank.services.duplicates import (
    CannotMerge,
    Keep,
    keep_apart,
    merge,
    rows_above,
)
from participation.interest_bank.views.blueprint import interest_bank
from participation.interest_bank.views.membership import LABELS

COMPARED = "pair_compared"


@interest_bank.get("/interest-bank/duplicates")
@requires(Permission.READ_BANK)
def duplicates() -> str:
    page = paginate(db(), undecided_pairs(actor()), page_number(request.args.get("page")))
    shown = [m.account_id for pair in page.items for m in (pair.first, pair.second)]
    log_access_to(shown, "members_listed", "bank", "duplicates")
    return render("interest_bank/rooms/duplicates.html", page=page, likenesses=LIKENESS_LABELS)


@interest_bank.get("/interest-bank/duplicates/<public_id>")
@requires(Permission.MANAGE_BANK)
def duplicate(public_id: str) -> str:
    pair = pair_to_decide(db(), actor(), public_id)
    if has_opened(db(), actor(), COMPARED, pair.public_id, pair.first.account_id):
        return _side_by_side(pair, DecideForm(formdata=None))
    return render("interest_bank/rooms/compare.html", pair=pair, form=ReasonForm(formdata=None))


@interest_bank.post("/interest-bank/duplicates/<public_id>/compare")
@requires(Permission.MANAGE_BANK)
@commits
def compare(public_id: str) -> Any:
    pair = pair_to_decide(db(), actor(), public_id)
    form = ReasonForm()
    if not form.validate():
        return render("interest_bank/rooms/compare.html", pair=pair, form=form)
    _log_comparing(pair, form.reason.data)
    return see_other(".duplicate", public_id=public_id)


@interest_bank.get("/interest-bank/duplicates/<public_id>/compare")
@requires(Permission.MANAGE_BANK)
def compare_again(public_id: str) -> Any:
    return see_other(".duplicate", public_id=public_id)


@interest_bank.post("/interest-bank/duplicates/<public_id>")
@requires(Permission.MANAGE_BANK)
@commits
def decide(public_id: str) -> Any:
    pair = pair_to_decide(db(), actor(), public_id)
    form = DecideForm().offer(pair.first.code, pair.second.code)
    if not form.validate():
        _log_comparing(pair, "decision")
        return _side_by_side(pair, form)
    if form.decision.data == PairDecision.NOT_SAME:
        keep_apart(db(), actor(), pair, form.reason.data)
        flash(_("Noted: they are two people."))
        return see_other(".duplicates")
    try:
        kept = merge(db(), actor(), pair, Keep(form.decision.data), form.reason.data)
    except CannotMerge:
        db().rollback()
        flash(
            _(
                "They could not be merged: the other entry takes part in something that cannot "
                "be moved. Nothing is changed."
            ),
            "alarm",
        )
        return see_other(".duplicates")
    flash(_("%(code)s is now the only entry, with the history of both.", code=kept.code))
    return see_other(".duplicates")


def _log_comparing(pair: SuspectedPair, reason: str) -> None:
    """Both can read who compared them and why."""
    for member in (pair.first, pair.second):
        log_access(
            COMPARED,
            "bank_pair",
            pair.public_id,
            subject_account_id=member.account_id,
            reason=reason,
        )


def _side_by_side(pair: SuspectedPair, form: DecideForm) -> str:
    above = rows_above(db(), pair.first_id, pair.second_id)
    return render(
        "interest_bank/rooms/duplicate.html",
        pair=pair,
        form=form.offer(pair.first.code, pair.second.code),
        labels=LABELS,
        likenesses=LIKENESS_LABELS,
        history=[sum(above[id_].values()) for id_ in (pair.first_id, pair.second_id)],
    )
