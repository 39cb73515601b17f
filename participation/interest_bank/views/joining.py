"""Welcome, the four steps of joining, and the link that confirms."""

from typing import Any

from participation.accounts.views.bad_links import GONE, count_bad_link
from participation.accounts.views.sign_in import signed_in_by_mail
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import current_locale, format_labels
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    commits,
    db,
    render,
    requires,
    see_other,
)
from participation.interest_bank.forms import ConfirmForm, Joining
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries import (
    age_policy,
    member_awaiting_confirmation,
    valid_consents,
)
from participation.interest_bank.rules import (
    NOTICE_VERSION,
    ROLE_LABELS,
    WAY_LABELS,
    ConsentPurpose,
    MemberState,
    NoticeKind,
    consent_words,
)
from participation.interest_bank.services import confirm_membership, refuse_sign_up
from participation.interest_bank.views.blueprint import interest_bank
from participation.interest_bank.views.steps import Entrance, first_step, take_step

GROWN_UPS = Entrance(Joining, "interest_bank/join.html", "interest_bank.check_mail", False)


@interest_bank.get("/interest-bank")
@requires(Permission.PUBLIC)
def welcome() -> str:
    return render(
        "interest_bank/welcome.html", policy=age_policy(db()), notice_version=NOTICE_VERSION
    )


@interest_bank.get("/interest-bank/join")
@requires(Permission.PUBLIC)
def join() -> str:
    return first_step(GROWN_UPS)


@interest_bank.post("/interest-bank/join")
@requires(Permission.PUBLIC)
@commits
def join_step() -> Any:
    return take_step(GROWN_UPS)


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
        return _after_confirming(member)
    return render(
        "interest_bank/confirm.html",
        token=token,
        form=ConfirmForm(formdata=None),
        told=_in_short(member),
        words=_words_to_press(member),
    )


@interest_bank.post("/interest-bank/confirm/<token>")
@requires(Permission.PUBLIC)
@commits
def confirm_it(token: str) -> Any:
    """The press that joins also signs in: the link came from the person's own mail."""
    try:
        member, is_new = confirm_membership(db(), token)
    except NotFound:
        return _no_such_link()
    except Conflict:
        return render("interest_bank/link_gone.html"), GONE
    onward = _after_confirming(member)
    return signed_in_by_mail(member.account, onward) if is_new else onward


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
def ask_not_me(token: str) -> Any:
    """Asked once more: what somebody wrote cannot be got back."""
    try:
        member = member_awaiting_confirmation(db(), token)
    except NotFound:
        return _no_such_link()
    if member.state != MemberState.UNCONFIRMED:
        return _after_confirming(member)
    return render("interest_bank/not_me.html", token=token)


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


def _after_confirming(member: BankMember) -> Any:
    if member.state == MemberState.AWAITING:
        return see_other("interest_bank.young_waiting")
    return see_other("interest_bank.joined")


def _words_to_press(member: BankMember) -> str:
    """The words of the consent, a child's or a grown-up's, as the person's page will show them."""
    consents = valid_consents(db(), member.id)
    kind = next((consent.notice_kind for consent in consents), NoticeKind.PLAIN)
    return consent_words(NOTICE_VERSION, ConsentPurpose.MEMBERSHIP, kind)


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


def _no_such_link() -> Any:
    count_bad_link()
    return render("interest_bank/link_gone.html"), GONE
