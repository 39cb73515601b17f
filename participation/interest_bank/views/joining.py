"""Welcome, the four steps of joining, and the link that confirms."""

from typing import Any

from flask import request

from participation.accounts.rules.throttling import ADDRESS_FAILURES, ADDRESS_LINKS
from participation.accounts.services import check_throttle, count_try
from participation.county.queries import areas, municipalities
from participation.foundation.clock import today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import current_locale, format_labels
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    after_response,
    commits,
    db,
    render,
    requires,
    see_other,
)
from participation.interest_bank.forms import STEPS, ConfirmForm, Joining, Places, Step
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries import member_awaiting_confirmation
from participation.interest_bank.rules import ROLE_LABELS, WAY_LABELS, MemberState, needs_guardian
from participation.interest_bank.services import confirm_membership, refuse_sign_up, sign_up
from participation.interest_bank.views.blueprint import interest_bank

GONE = 410
STEP_PAGES = ("who", "experience", "how", "reach")


@interest_bank.get("/interest-bank")
@requires(Permission.PUBLIC)
def welcome() -> str:
    return render("interest_bank/welcome.html")


@interest_bank.get("/interest-bank/join")
@requires(Permission.PUBLIC)
def join() -> str:
    return _step_page(1, Joining(request.form, _places()).form(1))


@interest_bank.post("/interest-bank/join")
@requires(Permission.PUBLIC)
@commits
def join_step() -> Any:
    joining = Joining(request.form, _places())
    if "back" in request.form:
        earlier = max(1, joining.number - 1)
        return _step_page(earlier, joining.form(earlier))
    wrong = joining.first_wrong(joining.number)
    if wrong is not None:
        return _step_page(*wrong)
    if needs_guardian(joining.birth_year(), today()):
        return render("interest_bank/guardian.html")
    return _take_step(joining)


@interest_bank.get("/interest-bank/check-your-mail")
@requires(Permission.PUBLIC)
def check_mail() -> str:
    return render("interest_bank/check_mail.html")


@interest_bank.get("/interest-bank/confirm/<token>")
@requires(Permission.PUBLIC)
def confirm(token: str) -> Any:
    """Mail programs fetch links before people do, so opening one changes nothing (TRUST 24)."""
    try:
        member = member_awaiting_confirmation(db(), token)
    except NotFound:
        return _no_such_link()
    if member.state != MemberState.UNCONFIRMED:
        return see_other("interest_bank.joined")
    return render(
        "interest_bank/confirm.html",
        token=token,
        form=ConfirmForm(formdata=None),
        told=_in_short(member),
    )


@interest_bank.post("/interest-bank/confirm/<token>")
@requires(Permission.PUBLIC)
@commits
def confirm_it(token: str) -> Any:
    try:
        confirm_membership(db(), token)
    except NotFound:
        return _no_such_link()
    except Conflict:
        return render("interest_bank/link_gone.html"), GONE
    return see_other("interest_bank.joined")


@interest_bank.post("/interest-bank/confirm/<token>/not-me")
@requires(Permission.PUBLIC)
@commits
def not_me(token: str) -> Any:
    """Somebody else wrote this address: what they wrote is forgotten at once."""
    try:
        refuse_sign_up(db(), token)
    except NotFound:
        return _no_such_link()
    except Conflict:
        return render("interest_bank/link_gone.html"), GONE
    return see_other("interest_bank.forgotten")


@interest_bank.get("/interest-bank/confirm/<token>/not-me")
@requires(Permission.PUBLIC)
def not_me_again(token: str) -> Any:
    return see_other("interest_bank.confirm", token=token)


@interest_bank.get("/interest-bank/forgotten")
@requires(Permission.PUBLIC)
def forgotten() -> str:
    return render("interest_bank/forgotten.html")


@interest_bank.get("/interest-bank/joined")
@requires(Permission.PUBLIC)
def joined() -> str:
    return render("interest_bank/joined.html")


@interest_bank.get("/interest-bank/left")
@requires(Permission.PUBLIC)
def left() -> str:
    return render("interest_bank/left.html")


def _in_short(member: BankMember) -> list[tuple[str, str]]:
    """Enough to see whether it is one's own sign-up, and nothing about illness or contacts."""
    place = member.municipality
    return [
        (_("Name"), member.name),
        (_("Municipality"), place.name_in(current_locale()) if place else ""),
        (_("Born"), str(member.birth_year or "")),
        (_("Experience"), format_labels([ROLE_LABELS[row.role] for row in member.roles])),
        (_("Ways"), format_labels([WAY_LABELS[way] for way in member.ways])),
    ]


def _take_step(joining: Joining) -> Any:
    """On to the next step, or, after the last one, into the bank's waiting room."""
    if joining.number < len(STEPS):
        return _step_page(joining.number + 1, joining.form(joining.number + 1))
    check_throttle(db(), ADDRESS_LINKS, _address())
    count_try(db(), ADDRESS_LINKS, _address())
    sign_up(db(), joining.email(), joining.profile(), current_locale())
    return see_other("interest_bank.check_mail")


def _step_page(number: int, form: Step) -> str:
    return render(
        "interest_bank/join.html",
        part=STEP_PAGES[number - 1],
        form=form,
        number=number,
        total=len(STEPS),
        # A language link is a new page: after the first step it would lose what was typed.
        **({} if number == 1 and not form.errors else {"lang_links": []}),
    )


def _places() -> Places:
    return Places(areas(db()), municipalities(db()))


def _no_such_link() -> Any:
    check_throttle(db(), ADDRESS_FAILURES, _address())
    after_response(lambda short: count_try(short, ADDRESS_FAILURES, _address()))
    return render("interest_bank/link_gone.html"), GONE


def _address() -> str:
    return request.remote_addr or ""
