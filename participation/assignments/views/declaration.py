"""The declaration of ties behind the personal link. No sign-in."""

from typing import Any

from flask import flash, request

from participation.activities.models import Invitation
from participation.assignments.forms import MOST_TIES, SOME, DeclarationForm
from participation.assignments.queries import declaration_of, terms_of, ties_in
from participation.assignments.services import declare_ties
from participation.assignments.views.blueprint import WORDS, assignments
from participation.assignments.views.links import opened
from participation.county.queries import organisations, units
from participation.foundation.errors import NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import commits, db, render, requires, see_other


@assignments.get("/i/<token>/declaration")
@requires(Permission.PUBLIC)
def declaration(token: str) -> Any:
    return _page(_asked(token), token, DeclarationForm(formdata=None))


@assignments.post("/i/<token>/declaration")
@requires(Permission.PUBLIC)
@commits
def declare(token: str) -> Any:
    found = _asked(token)
    form = DeclarationForm()
    form.offer(organisations(db()), units(db()))
    if "more" in request.form and len(form.declared) < MOST_TIES:
        form.ties.data = SOME
        form.declared.append_entry()
        return _page(found, token, form)
    if not form.validate():
        return _page(found, token, form)
    declared = declare_ties(db(), found, form.stated(units(db())))
    flash(
        _("Thank you. A coordinator reads this and tells you what it means.")
        if declared.has_ties
        else _("Thank you. You have declared that you have no ties.")
    )
    return see_other("invitations.invitation", token=token)


def _asked(token: str) -> Invitation:
    """The invitation, when its activity asks for a declaration or has got one."""
    found = opened(token)
    is_asked = terms_of(db(), found.activity).needs.declaration and found.activity.is_still_to_come
    if not is_asked and declaration_of(db(), found.activity_id, found.member_id) is None:
        raise NotFound
    return found


def _page(found: Invitation, token: str, form: DeclarationForm) -> str:
    places, parts = organisations(db()), units(db())
    form.offer(places, parts)
    kept = declaration_of(db(), found.activity_id, found.member_id)
    return render(
        "assignments/declaration.html",
        activity=found.activity,
        kept=kept,
        ties=ties_in(kept) if kept else (),
        place_names=place_names(places, parts),
        form=form,
        can_add=len(form.declared) < MOST_TIES,
        token=token,
        **WORDS,
    )


def place_names(places: Any, parts: Any) -> dict[str, str]:
    """Names of organisations ("o1") and units ("u1"), as ties point at them."""
    return {
        **{f"o{place.id}": place.name for place in places},
        **{f"u{part.id}": part.name for part in parts},
    }
