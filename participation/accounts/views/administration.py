"""Administrators: who has an account, with which roles; invite, grant, take back, close."""

from typing import Any

from flask import Blueprint, flash, request
from werkzeug.wrappers import Response

from participation.accounts.forms import ROLE_NAMES, AccountFilter, GrantForm, InviteForm
from participation.accounts.queries import accounts_matching, managed_account, roles_held
from participation.accounts.services.invitations import invite_to_strong_sign_in
from participation.accounts.services.people import (
    deactivate_account,
    ensure_account,
    grant_role,
    reactivate_account,
    revoke_role,
)
from participation.county.queries import group, groups, organisation, organisations
from participation.foundation.errors import Conflict
from participation.foundation.i18n import gettext as _
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import STRONG_ROLES, Permission, Role
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

account_admin = Blueprint("account_admin", __name__)


@account_admin.get("/accounts")
@requires(Permission.MANAGE_ACCOUNTS)
def account_list() -> str:
    form = AccountFilter(request.args)
    role = Role(form.role.data) if form.role.data in set(Role) else None
    found = accounts_matching(actor(), form.q.data or "", role)
    page = paginate(db(), found, page_number(request.args.get("page")))
    shown = [account.id for account in page.items]
    held = roles_held(db(), shown)
    log_access_to(shown, "accounts_listed", "account", "list")
    return render(
        "accounts/account_list.html", filters=form, page=page, held=held, role_names=ROLE_NAMES
    )


@account_admin.get("/accounts/new")
@requires(Permission.MANAGE_ACCOUNTS)
def new() -> str:
    return render("accounts/account_new.html", form=_with_places(InviteForm()))


@account_admin.post("/accounts/new")
@requires(Permission.MANAGE_ACCOUNTS)
@commits
def create() -> Any:
    form = _with_places(InviteForm())
    if not form.validate():
        return render("accounts/account_new.html", form=form)
    account = ensure_account(db(), form.email.data, form.name.data, form.language.data)
    try:
        role = _grant(account, form)
    except Conflict:
        form.add_error("place", _place_problem(form.role.data))
        db().rollback()
        return render("accounts/account_new.html", form=form)
    if role in STRONG_ROLES and account.password_hash is None:
        invite_to_strong_sign_in(db(), actor(), account)
        flash(_("An invitation is on its way to %(email)s.", email=account.email))
    else:
        flash(_("The account is ready. They sign in by e-mail link."))
    return see_other("account_admin.one", public_id=account.public_id)


@account_admin.get("/accounts/<public_id>")
@requires(Permission.MANAGE_ACCOUNTS)
def one(public_id: str) -> str:
    account = managed_account(db(), actor(), public_id)
    log_access("account_opened", "account", public_id, subject_account_id=account.id)
    return _account_page(public_id, _with_places(GrantForm()))


@account_admin.post("/accounts/<public_id>/roles")
@requires(Permission.MANAGE_ACCOUNTS)
@commits
def grant(public_id: str) -> Any:
    form = _with_places(GrantForm())
    account = managed_account(db(), actor(), public_id)
    if not form.validate():
        return _account_page(public_id, form)
    try:
        _grant(account, form)
    except Conflict:
        form.add_error("place", _place_problem(form.role.data))
        return _account_page(public_id, form)
    flash(_("The role is given."))
    return see_other("account_admin.one", public_id=public_id)


@account_admin.post("/accounts/<public_id>/roles/<int:assignment_id>/revoke")
@requires(Permission.MANAGE_ACCOUNTS)
@commits
def revoke(public_id: str, assignment_id: int) -> Response:
    account = managed_account(db(), actor(), public_id)
    revoke_role(db(), actor(), account, assignment_id)
    flash(_("The role is taken back. It is gone at their next click."))
    return see_other("account_admin.one", public_id=public_id)


@account_admin.post("/accounts/<public_id>/invite")
@requires(Permission.MANAGE_ACCOUNTS)
@commits
def invite(public_id: str) -> Response:
    account = managed_account(db(), actor(), public_id)
    invite_to_strong_sign_in(db(), actor(), account)
    flash(_("An invitation is on its way to %(email)s.", email=account.email))
    return see_other("account_admin.one", public_id=public_id)


@account_admin.post("/accounts/<public_id>/close")
@requires(Permission.MANAGE_ACCOUNTS)
@commits
def close(public_id: str) -> Response:
    deactivate_account(db(), actor(), managed_account(db(), actor(), public_id))
    flash(_("The account is closed."))
    return see_other("account_admin.one", public_id=public_id)


@account_admin.post("/accounts/<public_id>/open")
@requires(Permission.MANAGE_ACCOUNTS)
@commits
def reopen(public_id: str) -> Response:
    reactivate_account(db(), actor(), managed_account(db(), actor(), public_id))
    flash(_("The account is open again."))
    return see_other("account_admin.one", public_id=public_id)


def _with_places(form: Any) -> Any:
    """Organisations and groups as choices of `place`."""
    form.place.choices = [
        ("", _("Everywhere")),
        *((f"organisation:{item.id}", item.name) for item in organisations(db())),
        *((f"group:{item.id}", _("Group: %(name)s", name=item.name)) for item in groups(db())),
    ]
    return form


def _grant(account: Any, form: Any) -> Role:
    """Raises Conflict when the role is not granted for such a place."""
    kind, _colon, number = (form.place.data or "").partition(":")
    role = Role(form.role.data)
    grant_role(
        db(),
        account,
        role,
        organisation=organisation(db(), int(number)) if kind == "organisation" else None,
        group=group(db(), int(number)) if kind == "group" else None,
        actor=actor(),
    )
    return role


def _place_problem(role: str) -> str:
    needs = {
        Role.GROUP_MEMBER.value: _("Choose the group."),
        Role.CONTACT_PERSON.value: _("Choose the organisation."),
        Role.USER_ORGANISATION.value: _("Choose the organisation."),
    }
    return needs.get(role, _("This role is not limited that way. Choose “Everywhere”."))


def _account_page(public_id: str, form: Any) -> str:
    account = managed_account(db(), actor(), public_id)
    held = roles_held(db(), [account.id])[account.id]
    return render(
        "accounts/account.html",
        account=account,
        held=held,
        role_names=ROLE_NAMES,
        needs_password=any(item.role in STRONG_ROLES for item in held),
        is_self=account.id == actor().account_id,
        form=form,
    )
