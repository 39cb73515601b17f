"""Coordinators' pages: who is in the bank, one person, and whose voice is missing."""

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
from participation.interest_bank.forms import OpenMemberForm, ProtectionForm
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries import (
    member_visible_to,
    members_visible_to,
)
from participation.interest_bank.queries.loading import FOR_PAGES
from participation.interest_bank.queries.notes import note_count
from participation.interest_bank.queries.saved_searches import saved_searches
from participation.interest_bank.rules import (
    SHORT_ROLE_LABELS,
    SOURCE_LABELS,
    STATE_LABELS,
    WAY_LABELS,
)
from participation.interest_bank.services import set_protection
from participation.interest_bank.views.blueprint import interest_bank
from participation.interest_bank.views.membership import LABELS
from participation.interest_bank.views.searching import address_of, filter_form, filters_of, url_of

OPENED = "member_opened"


@interest_bank.get("/interest-bank/members")
@requires(Permission.READ_BANK)
def members() -> Any:
    form = filter_form()
    if "q" in request.args:  # typed by hand, or kept from before: not to stay in the address
        return see_other(".members", **address_of(form.right()))
    what = actor(), filters_of(form), form.right().get("sort", "")
    page = paginate(
        db(),
        members_visible_to(*what, FOR_PAGES),
        page_number(request.args.get("page")),
        ids=members_visible_to(*what, ()).with_only_columns(BankMember.id),
    )
    shown = [person.account_id for person in page.items]
    log_access_to(shown, "members_listed", "bank", "members")
    return render(
        "interest_bank/members.html",
        form=form,
        page=page,
        chosen=form.right(),
        address=address_of(form.right()),
        url_of=url_of,
        is_narrowed=bool(form.right().keys() - {"sort"}),
        searches=saved_searches(db(), actor()),
        role_labels=SHORT_ROLE_LABELS,
        way_labels=WAY_LABELS,
    )


@interest_bank.get("/interest-bank/members/<public_id>")
@requires(Permission.READ_BANK)
def member(public_id: str) -> str:
    """Nobody's page opens without a reason, which the person can read in the event log."""
    found = member_visible_to(db(), actor(), public_id)
    if has_opened(db(), actor(), OPENED, found.public_id, found.account_id):
        return _page(found, ProtectionForm(formdata=None))
    return _reason_page(found, OpenMemberForm(formdata=None))


@interest_bank.post("/interest-bank/members/<public_id>")
@requires(Permission.READ_BANK)
@commits
def open_member(public_id: str) -> Any:
    found = member_visible_to(db(), actor(), public_id)
    form = OpenMemberForm()
    if not form.validate():
        return _reason_page(found, form)
    _log_opening(found, form.words.data or form.reason.data)
    return see_other(".member", public_id=public_id)


@interest_bank.post("/interest-bank/members/<public_id>/protection")
@requires(Permission.MANAGE_BANK)
@commits
def protect(public_id: str) -> Any:
    found = member_visible_to(db(), actor(), public_id)
    form = ProtectionForm()
    if not form.validate():
        _log_opening(found, "protection")
        return _page(found, form)
    set_protection(db(), actor(), found, not found.is_protected, form.words.data or "")
    flash(
        _("Where %(code)s lives and can be called is hidden now.", code=found.code)
        if found.is_protected
        else _("%(code)s is shown like everybody else now.", code=found.code)
    )
    return see_other("interest_bank.members")


def _reason_page(found: BankMember, form: OpenMemberForm) -> str:
    return render("interest_bank/open_member.html", member=found, form=form)


def _page(found: BankMember, protection: ProtectionForm) -> str:
    return render(
        "interest_bank/member.html",
        member=found,
        labels=LABELS,
        protection=protection,
        sources=SOURCE_LABELS,
        states=STATE_LABELS,
        note_count=note_count(db(), found),
        may_open_protected=actor().can(Permission.OPEN_PROTECTED),
    )


def _log_opening(found: BankMember, reason: str) -> None:
    """The person can read who opened their page and why."""
    log_access(
        OPENED,
        "bank_member",
        found.public_id,
        subject_account_id=found.account_id,
        reason=reason,
    )
