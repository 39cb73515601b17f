"""Protected contact details: opened once, for a reason that the person and the officer read."""

from typing import Any

from flask import request

from participation.foundation.errors import NotFound
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, render, requires
from participation.interest_bank.forms.rooms.glass import GlassForm
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries import member_visible_to
from participation.interest_bank.queries.glass import openers, openings
from participation.interest_bank.services.glass import break_glass
from participation.interest_bank.views.blueprint import interest_bank


@interest_bank.get("/interest-bank/members/<public_id>/protected")
@requires(Permission.OPEN_PROTECTED)
def protected(public_id: str) -> str:
    return _page(_protected_member(public_id), GlassForm(formdata=None))


@interest_bank.post("/interest-bank/members/<public_id>/protected")
@requires(Permission.OPEN_PROTECTED)
@commits
def open_protected(public_id: str) -> Any:
    """Answers with the page itself: no address shows these details a second time."""
    found = _protected_member(public_id)
    form = GlassForm()
    if not form.validate():
        return _page(found, form)
    break_glass(db(), actor(), found, form.reason.data)
    return _page(found, GlassForm(formdata=None), is_open=True)


@interest_bank.get("/interest-bank/opened-protected")
@requires(Permission.READ_EVENT_LOG)
def opened_protected() -> str:
    page = paginate(db(), openings(actor()), page_number(request.args.get("page")))
    return render(
        "interest_bank/rooms/opened_protected.html", page=page, names=openers(db(), actor())
    )


def _protected_member(public_id: str) -> BankMember:
    found = member_visible_to(db(), actor(), public_id)
    if not found.is_protected:
        raise NotFound
    return found


def _page(found: BankMember, form: GlassForm, *, is_open: bool = False) -> str:
    return render("interest_bank/rooms/protected.html", member=found, form=form, is_open=is_open)
