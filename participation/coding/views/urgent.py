"""Danger in a free text: flag it, take it, say what was done; and who is responsible."""

from typing import Any

from flask import flash, request

from participation.accounts.queries import accounts_with_role
from participation.coding.forms import UrgentContactsForm, UrgentDoneForm
from participation.coding.queries.urgent import (
    UrgentLine,
    text_to_flag,
    urgent_contacts,
    urgent_line,
    urgent_lines,
)
from participation.coding.rules.drafts import ROLE_LABELS
from participation.coding.rules.urgent import (
    OUTCOME_LABELS,
    STATE_LABELS,
    STATE_SHAPES,
    Outcome,
)
from participation.coding.services.urgent import (
    finish_urgent,
    flag_text,
    name_urgent_contacts,
    take_urgent,
)
from participation.coding.views.blueprint import blueprint
from participation.county.queries import help_contacts
from participation.disclosure.outlets import outlet
from participation.foundation.errors import Conflict
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission, Role
from participation.foundation.providers import Reach
from participation.foundation.web import (
    actor,
    commits,
    db,
    extension,
    log_access,
    render,
    requires,
    see_other,
)


@blueprint.get("/urgent")
@requires(Permission.CODE_MATERIAL)
@outlet("workroom")
def urgent() -> str:
    """Everything that was flagged, without the texts, and who is responsible."""
    return _list_page(_contacts_form())


def _list_page(form: UrgentContactsForm) -> str:
    return render(
        "coding/urgent_list.html",
        lines=urgent_lines(db(), actor()),
        form=form,
        labels=STATE_LABELS,
        shapes=STATE_SHAPES,
        named=[one.display_name for one in urgent_contacts(db())],
        may_name=actor().scope(Permission.CODE_MATERIAL).everywhere,
    )


def _contacts_form() -> UrgentContactsForm:
    form = UrgentContactsForm(data={"people": [one.public_id for one in urgent_contacts(db())]})
    people = accounts_with_role(db(), Role.COORDINATOR)
    form.people.choices = [(one.public_id, one.display_name) for one in people]
    return form


@blueprint.post("/urgent")
@requires(Permission.CODE_MATERIAL, whole_county=True)
@commits
def name_responsible() -> Any:
    form = _contacts_form()
    if not form.validate_on_submit():
        return _list_page(form)
    chosen = set(form.people.data or [])
    people = accounts_with_role(db(), Role.COORDINATOR)
    name_urgent_contacts(db(), actor(), [one.id for one in people if one.public_id in chosen])
    flash(_("Saved. They get a mail when a text is flagged."))
    return see_other("coding.urgent")


@blueprint.route("/texts/<public_id>/urgent", methods=["GET", "POST"])
@requires(Permission.WORK_WITH_MATERIAL)
@outlet("workroom")
@commits
def flag(public_id: str) -> Any:
    """Somebody may be in danger: those responsible are told at once."""
    text = text_to_flag(db(), actor(), public_id)
    made = flag_text(db(), actor(), text) if request.method == "POST" else None
    if made is not None:
        flash(_("Those responsible get a mail now. Nothing of the text is in it."))
        if actor().can(Permission.CODE_MATERIAL):
            return see_other("coding.urgent_one", public_id=made.public_id)
        return see_other("coding.materials")
    log_access("read_raw", "material_text", text.public_id)
    return render("coding/urgent_flag.html", text=text, help_contacts=help_contacts(db()))


@blueprint.get("/urgent/<public_id>")
@requires(Permission.CODE_MATERIAL)
@outlet("workroom")
def urgent_one(public_id: str) -> str:
    return _one_page(urgent_line(db(), actor(), public_id), UrgentDoneForm())


def _one_page(line: UrgentLine, form: UrgentDoneForm) -> str:
    log_access("urgent_text_read", "urgent_text", line.urgent.public_id)
    role = line.text.respondent_role
    return render(
        "coding/urgent_one.html",
        line=line,
        state=line.urgent.state,
        is_mine=line.urgent.taken_by_account_id == actor().account_id,
        role=ROLE_LABELS.get(role, "") if role else "",
        reach=_reach(line),
        outcome=OUTCOME_LABELS[Outcome(line.urgent.outcome)] if line.urgent.outcome else "",
        form=form,
        labels=STATE_LABELS,
        shapes=STATE_SHAPES,
        help_contacts=help_contacts(db()),
    )


def _reach(line: UrgentLine) -> Reach | None:
    """Whether whoever collected the text can say who wrote it."""
    for source in extension().features.collect("text_origins"):
        if source.source_kind == line.material.source_kind:
            found: Reach | None = source.reach(
                db(), actor(), line.material.source_public_id, line.text.source_ref
            )
            return found
    return None


@blueprint.post("/urgent/<public_id>/take")
@requires(Permission.CODE_MATERIAL)
@commits
def take(public_id: str) -> Any:
    line = urgent_line(db(), actor(), public_id)
    try:
        take_urgent(db(), actor(), line.urgent)
        flash(_("You have taken it. Your colleagues see that."))
    except Conflict:
        flash(_("It is done already."), "error")
    return see_other("coding.urgent_one", public_id=public_id)


@blueprint.post("/urgent/<public_id>/done")
@requires(Permission.CODE_MATERIAL)
@outlet("workroom")
@commits
def urgent_done(public_id: str) -> Any:
    line = urgent_line(db(), actor(), public_id)
    form = UrgentDoneForm()
    if not form.validate_on_submit():
        return _one_page(line, form)
    finish_urgent(db(), actor(), line.urgent, Outcome(form.outcome.data), form.note.data or "")
    flash(_("Noted. The matter is done."))
    return see_other("coding.urgent_one", public_id=public_id)
