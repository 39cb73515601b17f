"""Coordinators' pages: who is in the bank, one person, and whose voice is missing."""

from typing import Any

from flask import flash, request

from participation.county.queries import areas, municipalities
from participation.foundation.i18n import current_locale
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
from participation.interest_bank.forms import ANY, MemberFilter, OpenMemberForm, ProtectionForm
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries import (
    Filters,
    bank_figures,
    member_visible_to,
    members_visible_to,
    spread_of_bank,
)
from participation.interest_bank.rules import SHORT_ROLE_LABELS, WAY_LABELS
from participation.interest_bank.services import set_protection
from participation.interest_bank.views.blueprint import interest_bank
from participation.interest_bank.views.membership import LABELS


@interest_bank.get("/interest-bank/members")
@requires(Permission.READ_BANK)
def members() -> str:
    form = _filter_form()
    page = paginate(
        db(), members_visible_to(actor(), _filters(form)), page_number(request.args.get("page"))
    )
    shown = [person.account_id for person in page.items]
    log_access_to(shown, "members_listed", "bank", "members")
    return render(
        "interest_bank/members.html",
        form=form,
        page=page,
        role_labels=SHORT_ROLE_LABELS,
        way_labels=WAY_LABELS,
    )


@interest_bank.get("/interest-bank/members/<public_id>")
@requires(Permission.READ_BANK)
def member(public_id: str) -> str:
    """Nobody's page opens without a reason, which the person can read in the event log."""
    found = member_visible_to(db(), actor(), public_id)
    asked = "reason" in request.args
    form = OpenMemberForm(request.args if asked else None, meta={"csrf": False})
    if not asked or not form.validate():
        return render("interest_bank/open_member.html", code=found.code, form=form, id=public_id)
    _log_opening(found, form.words.data or form.reason.data)
    return render(
        "interest_bank/member.html",
        member=found,
        labels=LABELS,
        protection=ProtectionForm(formdata=None),
    )


@interest_bank.post("/interest-bank/members/<public_id>/protection")
@requires(Permission.MANAGE_BANK)
@commits
def protect(public_id: str) -> Any:
    found = member_visible_to(db(), actor(), public_id)
    form = ProtectionForm()
    if not form.validate():
        _log_opening(found, "protection")
        return render("interest_bank/member.html", member=found, labels=LABELS, protection=form)
    set_protection(db(), actor(), found, not found.is_protected, form.words.data or "")
    flash(
        _("Where %(code)s lives and can be called is hidden now.", code=found.code)
        if found.is_protected
        else _("%(code)s is shown like everybody else now.", code=found.code)
    )
    return see_other("interest_bank.members")


@interest_bank.get("/interest-bank/spread")
@requires(Permission.READ_BANK)
def spread() -> str:
    return render(
        "interest_bank/spread.html",
        spread=spread_of_bank(db(), actor()),
        figures=bank_figures(db()),
    )


def _log_opening(found: BankMember, reason: str) -> None:
    """The person can read who opened their page and why."""
    log_access(
        "member_opened",
        "bank_member",
        found.public_id,
        subject_account_id=found.account_id,
        reason=reason,
    )


def _filter_form() -> MemberFilter:
    form = MemberFilter(request.args)
    locale = current_locale()
    form.municipality.choices = [
        *ANY,
        *sorted(((m.code, m.name) for m in municipalities(db())), key=lambda item: item[1]),
    ]
    form.area.choices = [*ANY, *((str(a.id), a.name_in(locale)) for a in areas(db()))]
    form.validate()
    return form


def _filters(form: MemberFilter) -> Filters:
    """What the list is narrowed by; a value that is no choice counts as none."""
    right = {field.name: field.data or "" for field in form if not field.errors}
    return Filters(
        text=right.get("q", ""),
        municipality_code=right.get("municipality", ""),
        area_id=int(right["area"]) if right.get("area") else None,
        role=right.get("role", ""),
        way=right.get("way", ""),
        state=right.get("state", ""),
    )
