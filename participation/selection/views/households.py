"""Who shares a home: suggestions by phone number, and what people have said."""

from typing import Any

from flask import flash, request

from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    commits,
    db,
    log_access_to,
    render,
    requires,
    see_other,
)
from participation.selection.forms import DeclaredHouseholdForm
from participation.selection.queries import household_visible_to, households, same_phone
from participation.selection.queries.households import may_note_households, members_by_code
from participation.selection.rules.draws import LivingTogether
from participation.selection.services import forget_household, note_household
from participation.selection.views.blueprint import selection


@selection.get("/selection/households")
@requires(Permission.MANAGE_DRAWS)
def home_list() -> str:
    return _page(DeclaredHouseholdForm(formdata=None))


@selection.post("/selection/households")
@requires(Permission.MANAGE_DRAWS)
@commits
def note_declared(  # what people told, by their codes
) -> Any:
    _check_scope()
    form = DeclaredHouseholdForm()
    if not form.validate():
        return _page(form)
    members = members_by_code(db(), actor(), form.written())
    if len(members) != len(form.written()):
        form.add_error("codes", _("At least one code is nobody's, or two people's. Check them."))
        return _page(form)
    note_household(db(), actor(), [m.id for m in members], LivingTogether.DECLARED)
    flash(_("Noted. They are never drawn together."))
    return see_other(".home_list")


@selection.post("/selection/households/same-phone")
@requires(Permission.MANAGE_DRAWS)
@commits
def note_same_phone() -> Any:
    """The people of one suggestion do live together."""
    _check_scope()
    for group in same_phone(db(), actor()):
        if group[0].public_id == request.form.get("first"):
            note_household(db(), actor(), [m.id for m in group], LivingTogether.PHONE)
            flash(_("Noted. They are never drawn together."))
            return see_other(".home_list")
    raise Conflict


@selection.post("/selection/households/<public_id>/forget")
@requires(Permission.MANAGE_DRAWS)
@commits
def forget(public_id: str) -> Any:
    forget_household(db(), actor(), household_visible_to(db(), actor(), public_id))
    flash(_("Noted. They can be drawn together again."))
    return see_other(".home_list")


def _page(form: DeclaredHouseholdForm) -> str:
    _check_scope()
    suggested, known = same_phone(db(), actor()), households(db())
    people = [m for group in suggested for m in group]
    people += [row.member for home in known for row in home.members]
    log_access_to([m.account_id for m in people], "households_seen", "household", "list")
    return render("selection/households.html", form=form, suggested=suggested, known=known)


def _check_scope() -> None:
    """The bank is the whole county's: coordinators of one organisation see none of it."""
    if not may_note_households(actor()):
        raise NotFound
