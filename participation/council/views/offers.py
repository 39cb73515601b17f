"""The personal link of somebody who is asked to take a seat. No sign-in."""

from typing import Any

from flask import request

from participation.accounts.views.bad_links import GONE, count_bad_link
from participation.council import queries
from participation.council.forms import YES, OfferForm
from participation.council.models import SeatOffer
from participation.council.rules.offers import can_answer
from participation.council.services import OfferClosed, accept_offer, decline_and_replace
from participation.council.views.blueprint import council
from participation.foundation.clock import now
from participation.foundation.errors import NotFound
from participation.foundation.i18n import current_locale
from participation.foundation.permissions import NOBODY, Permission
from participation.foundation.web import commits, db, render, requires, see_other


@council.get("/s/<token>")
@requires(Permission.PUBLIC)
def offer(token: str) -> Any:
    """Mail programs fetch links before people do, so opening one changes nothing (TRUST 24)."""
    try:
        return _page(queries.offer_by_token(db(), token), token, OfferForm(formdata=None))
    except NotFound:
        return _no_such_link()


@council.post("/s/<token>")
@requires(Permission.PUBLIC)
@commits
def answer_offer(token: str) -> Any:
    try:
        found = queries.offer_by_token(db(), token)
    except NotFound:
        return _no_such_link()
    form = OfferForm()
    if not form.validate():
        return _page(found, token, form)
    try:
        if form["answer"].data == YES:
            accept_offer(db(), NOBODY, found)
        else:
            decline_and_replace(db(), NOBODY, found, form["reason"].data or "")
    except OfferClosed:
        return _page(found, token, form)
    return see_other("council.offer", token=token)


def _page(found: SeatOffer, token: str, form: OfferForm) -> Any:
    is_open = can_answer(found.state, found.reply_by, now())
    page = render(
        "council/offer.html",
        offer=found,
        term=found.seat.term,
        token=token,
        form=form,
        is_open=is_open,
        locale_code=current_locale(),
    )
    return page, 200 if request.method == "GET" or is_open else GONE


def _no_such_link() -> Any:
    count_bad_link()
    return render("activities/invitation_gone.html"), GONE
