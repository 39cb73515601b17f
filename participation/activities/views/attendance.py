"""Who was there: noted one by one as people arrive, closed, corrected, printed."""

from typing import Any

from flask import flash, request

from participation.activities.forms import NoteForm, PlainForm, WalkInForm
from participation.activities.models import Activity, Invitation
from participation.activities.queries import attendances_of, invitations_of
from participation.activities.rules.states import InvitationState
from participation.activities.services import (
    close_attendance,
    may_note_attendance,
    note_attendance,
)
from participation.activities.views.activities import WORDS, activities
from participation.activities.views.managed import log_reading, managed
from participation.foundation.clock import now
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
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
from participation.interest_bank.models import BankMember
from participation.interest_bank.queries import Filters, member_visible_to, members_visible_to

MOST_FOUND = 8
BLANK_LINES = 6
PRESENT = {"yes": True, "no": False}
EXPECTED = (InvitationState.ACCEPTED, InvitationState.WALKED_IN)


@activities.get("/activities/<public_id>/attendance")
@requires(Permission.MANAGE_ACTIVITIES)
def attendance(public_id: str) -> str:
    found = managed(public_id)
    expected = _expected(found)
    walk_ins = _found_by_name(found, expected)
    log_reading(found, expected)
    return render(
        "activities/attendance.html",
        activity=found,
        expected=expected,
        present=attendances_of(db(), found.id),
        may_note=may_note_attendance(found, now()),
        may_close=found.starts_at <= now(),
        search=WalkInForm(request.args),
        walk_ins=walk_ins,
        plain=PlainForm(formdata=None),
        tab="attendance",
        can_manage=True,
        **WORDS,
    )


@activities.post("/activities/<public_id>/attendance")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def close(public_id: str) -> Any:
    came = close_attendance(db(), actor(), managed(public_id))
    flash(
        ngettext(
            "The attendance is closed. The organisation now owes one person an answer.",
            "The attendance is closed. The organisation now owes %(num)s people an answer.",
            came,
        )
        if came
        else _("The attendance is closed. Nobody was there, so no answer is owed.")
    )
    return see_other(".overview", public_id=public_id)


@activities.post("/activities/<public_id>/attendance/<member_id>")
@requires(Permission.MANAGE_ACTIVITIES)
@commits
def note(public_id: str, member_id: str) -> Any:
    found = managed(public_id)
    member = _member(found, member_id)
    present = PRESENT.get(NoteForm().present.data or "")
    note_attendance(db(), actor(), found, member, present)
    if found.attendance_closed_at:
        flash(_("The attendance is corrected. It stands in the event log."))
    return see_other(".attendance", public_id=public_id, _anchor=f"m-{member_id}")


@activities.get("/activities/<public_id>/attendance/print")
@requires(Permission.MANAGE_ACTIVITIES)
def attendance_list(public_id: str) -> str:
    """A list for the door, on paper: protected people stand there with their code only."""
    found = managed(public_id)
    expected = [i for i in _expected(found) if i.state == InvitationState.ACCEPTED]
    log_reading(found, expected)
    return render(
        "activities/attendance_list.html",
        activity=found,
        expected=expected,
        blank_lines=range(BLANK_LINES),
        kinds=WORDS["kinds"],
    )


def _expected(found: Activity) -> list[Invitation]:
    """Who said yes, who came anyway, and whoever a note tells of; by name."""
    noted = attendances_of(db(), found.id)
    rows = [
        i for i in invitations_of(db(), found.id) if i.state in EXPECTED or i.member_id in noted
    ]
    return sorted(rows, key=lambda i: ((i.member.name or i.member.code).casefold(), i.id))


def _found_by_name(found: Activity, expected: list[Invitation]) -> list[BankMember] | None:
    """Members a typed name leads to, who are not listed yet; None when nothing was typed."""
    typed = (request.args.get("q") or "").strip()
    if not typed:
        return None
    listed = [invitation.member_id for invitation in expected]
    statement = members_visible_to(actor(), Filters(text=typed))
    members = db().scalars(statement.where(BankMember.id.not_in(listed)).limit(MOST_FOUND)).unique()
    shown = list(members)
    seen = [member.account_id for member in shown]
    log_access_to(seen, "walk_in_search", "activity", found.public_id)
    return shown


def _member(found: Activity, member_id: str) -> BankMember:
    """Somebody listed, or somebody of the bank. Raises NotFound."""
    listed = [i.member for i in _expected(found) if i.member.public_id == member_id]
    return listed[0] if listed else member_visible_to(db(), actor(), member_id)
