"""Notes about a person: every opening is logged, and the person can read them."""

from typing import Any

from flask import flash

from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    commits,
    db,
    log_access,
    render,
    requires,
    see_other,
)
from participation.interest_bank.forms.rooms.notes import NoteForm
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries import member_visible_to
from participation.interest_bank.queries.notes import notes_about, own_note
from participation.interest_bank.services.notes import delete_note, write_note
from participation.interest_bank.views.blueprint import interest_bank


@interest_bank.get("/interest-bank/members/<public_id>/notes")
@requires(Permission.READ_BANK)
def notes(public_id: str) -> str:
    return _page(member_visible_to(db(), actor(), public_id), NoteForm(formdata=None))


@interest_bank.post("/interest-bank/members/<public_id>/notes")
@requires(Permission.MANAGE_BANK)
@commits
def add_note(public_id: str) -> Any:
    found = member_visible_to(db(), actor(), public_id)
    form = NoteForm()
    if not form.validate():
        return _page(found, form)
    write_note(db(), actor(), found, form.text.data)
    flash(_("The note is saved."))
    return see_other(".notes", public_id=public_id)


@interest_bank.get("/interest-bank/members/<public_id>/notes/<note_id>/delete")
@requires(Permission.MANAGE_BANK)
def ask_remove_note(public_id: str, note_id: str) -> str:
    found = member_visible_to(db(), actor(), public_id)
    note = own_note(db(), actor(), found, note_id)
    log_access("notes_read", "bank_member", found.public_id, subject_account_id=found.account_id)
    return render("interest_bank/rooms/remove_note.html", member=found, note=note)


@interest_bank.post("/interest-bank/members/<public_id>/notes/<note_id>/delete")
@requires(Permission.MANAGE_BANK)
@commits
def remove_note(public_id: str, note_id: str) -> Any:
    found = member_visible_to(db(), actor(), public_id)
    delete_note(db(), actor(), found, own_note(db(), actor(), found, note_id))
    flash(_("The note is deleted."))
    return see_other(".notes", public_id=public_id)


def _page(found: BankMember, form: NoteForm) -> str:
    log_access("notes_read", "bank_member", found.public_id, subject_account_id=found.account_id)
    return render(
        "interest_bank/rooms/notes.html",
        member=found,
        notes=notes_about(db(), found),
        form=form,
        me=actor().account_id,
    )
