"""People without e-mail: whom to call or write to, and the words, ready to be printed."""

from typing import Any

from flask import flash, request

from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import lazy_gettext as _l
from participation.foundation.paging import page_number, paginate
from participation.foundation.permissions import Permission
from participation.foundation.views_operations import MAIL_NAMES
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
from participation.interest_bank.forms.rooms.letters import ToldForm
from participation.interest_bank.queries.letters import letter_to_tell, letters_waiting
from participation.interest_bank.services.letters import Told, settle_letter
from participation.interest_bank.views.blueprint import interest_bank

OTHER_MATTER = _l("A message")


@interest_bank.get("/interest-bank/letters")
@requires(Permission.READ_BANK)
def letters() -> str:
    page = paginate(db(), letters_waiting(actor()), page_number(request.args.get("page")))
    shown = [letter.member.account_id for letter in page.items]
    log_access_to(shown, "letters_listed", "bank", "letters")
    return render(
        "interest_bank/rooms/letters.html", page=page, names=MAIL_NAMES, other=OTHER_MATTER
    )


@interest_bank.get("/interest-bank/letters/<public_id>")
@requires(Permission.READ_BANK)
def letter(public_id: str) -> str:
    found = letter_to_tell(db(), actor(), public_id)
    log_access("letter_read", "bank_letter", public_id, subject_account_id=found.member.account_id)
    return render("interest_bank/rooms/letter.html", letter=found)


@interest_bank.post("/interest-bank/letters/<public_id>")
@requires(Permission.MANAGE_BANK)
@commits
def tell_letter(public_id: str) -> Any:
    found = letter_to_tell(db(), actor(), public_id)
    form = ToldForm()
    if form.validate():
        settle_letter(db(), actor(), found, Told(form.how.data))
        flash(_("Done. %(name)s is told.", name=found.member.name))
    return see_other(".letters")
