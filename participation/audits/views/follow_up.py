"""What became of the proposals, six to twelve months later."""

from typing import Any

from flask import flash

from participation.audits import queries
from participation.audits.forms import FollowUpForm
from participation.audits.rules.states import AuditState
from participation.audits.services import (
    NotRead,
    NotReady,
    advance_audit,
    early_until,
    write_follow_up,
)
from participation.audits.views import words
from participation.audits.views.blueprint import audit_page, audits
from participation.audits.views.reading import read_mark, reading_form
from participation.disclosure.services import DisclosureRefused
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, commits, db, requires, see_other

WORDS = ("who", "text", "remaining")


@audits.get("/audits/<public_id>/follow-up")
@requires(Permission.MANAGE_AUDITS)
def follow_up(public_id: str) -> str:
    lens = queries.audit_led_by(db(), actor(), public_id)
    told = lens.audit
    written = (told.follow_up_who, told.follow_up_text, told.remaining_text)
    form = FollowUpForm(formdata=None, data=dict(zip(WORDS, written, strict=True)))
    return _page(lens, form)


@audits.post("/audits/<public_id>/follow-up")
@requires(Permission.MANAGE_AUDITS)
@commits
def save_follow_up(public_id: str) -> Any:
    lens = queries.audit_led_by(db(), actor(), public_id)
    form = FollowUpForm()
    if not _opens(lens):
        del form.why_early
    if not form.validate():
        return _page(lens, form)
    told = {name: form[name].data or "" for name in WORDS}
    why = form.why_early.data if "why_early" in form else ""
    try:
        write_follow_up(db(), actor(), lens.audit, **told, read=read_mark(), why_early=why)
    except NotRead as problem:
        return _refused(public_id, form, problem)
    except (NotReady, DisclosureRefused) as problem:
        form.text.errors = [problem.message]
        return _refused(public_id, form)
    if lens.state is AuditState.ANSWERED:
        to = AuditState.FOLLOWED_UP
        advance_audit(db(), actor(), lens.audit, to, movers=lens.movers, note=why)
    flash(_("The follow-up is saved."))
    return see_other("audits.overview", public_id=public_id)


def _opens(lens: queries.Lens) -> Any:
    """The day a first follow-up may be held without a reason, while that is ahead."""
    return early_until(db(), lens.audit) if lens.state is AuditState.ANSWERED else None


def _refused(public_id: str, form: FollowUpForm, missed: NotRead | None = None) -> str:
    """What was typed, and why it is not saved. The audit is fetched anew: nothing was changed."""
    lens = queries.audit_led_by(db(), actor(), public_id)
    if missed is None:
        return _page(lens, form)
    read_form = reading_form(missed.doubts, missed)
    return _page(lens, form, doubts=missed.doubts, read_form=read_form, has_errors=True)


def _page(lens: queries.Lens, form: FollowUpForm, **values: Any) -> str:
    opens = _opens(lens)
    if opens is None and "why_early" in form:
        del form.why_early
    waiting = queries.waiting_count(db(), lens) if lens.state is AuditState.ANSWERED else 0
    lost = words.goes_unread(waiting)
    return audit_page("follow_up", lens, "overview", form=form, opens=opens, lost=lost, **values)
