"""A member's own page: see and change everything, rest, leave."""

from dataclasses import replace
from typing import Any

from flask import abort, flash

from participation.foundation.i18n import LOCALES, format_day, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.providers import OwnPageSection
from participation.foundation.web import actor, commits, db, extension, render, requires, see_other
from participation.interest_bank.forms import PARTS, PauseForm
from participation.interest_bank.models import Consent
from participation.interest_bank.queries import (
    all_consents,
    approvals_of,
    membership_awaiting,
    membership_to_change,
    own_membership,
)
from participation.interest_bank.rules import (
    ASSIGNMENT_LABELS,
    CONTACT_LABELS,
    GENDER_LABELS,
    LANGUAGE_LABELS,
    NEED_LABELS,
    NOTICE_LABELS,
    ROLE_LABELS,
    SHORT_ROLE_LABELS,
    TIME_LABELS,
    WAY_LABELS,
    consent_words,
)
from participation.interest_bank.services import (
    NeedsGuardian,
    change_profile,
    pause_membership,
    resume_membership,
    withdraw_membership,
)
from participation.interest_bank.views.blueprint import interest_bank
from participation.interest_bank.views.steps import places

LABELS = {
    "roles": ROLE_LABELS,
    "short_roles": SHORT_ROLE_LABELS,
    "ways": WAY_LABELS,
    "assignments": ASSIGNMENT_LABELS,
    "times": TIME_LABELS,
    "languages": LANGUAGE_LABELS,
    "needs": NEED_LABELS,
    "gender": GENDER_LABELS,
    "contact": CONTACT_LABELS,
}


@interest_bank.get("/membership")
@requires(Permission.OWN_PAGE)
def membership() -> Any:
    """The hub: what waits, what was told, what it led to, and every way to change or stop."""
    account_id = actor().account_id or 0
    member = own_membership(db(), account_id)
    if member is None:
        if membership_awaiting(db(), account_id) is not None:
            return see_other("interest_bank.guardian_of_mine")
        return render("interest_bank/not_member.html")
    providers: tuple[OwnPageSection, ...] = extension().features.collect("own_page_sections")
    return render(
        "interest_bank/membership.html",
        member=member,
        labels=LABELS,
        sections=[part for p in providers if (part := p.section(db(), account_id)) is not None],
    )


@interest_bank.get("/membership/agreed")
@requires(Permission.OWN_PAGE)
def agreed() -> Any:
    """What the person agreed to, when, in which words, and whether it still holds."""
    member = own_membership(db(), actor().account_id)
    if member is None:
        return see_other("interest_bank.membership")
    return render(
        "interest_bank/agreed.html",
        consents=[(consent, _words_of(consent)) for consent in all_consents(db(), member.id)],
        approvals=approvals_of(db(), member.id),
        languages=LOCALES,
        kinds=NOTICE_LABELS,
    )


@interest_bank.get("/membership/change/<part>")
@requires(Permission.OWN_PAGE)
def change(part: str) -> Any:
    step = PARTS.get(part) or abort(404)
    member = own_membership(db(), actor().account_id)
    if member is None:
        return see_other("interest_bank.membership")
    form = places().offer(step(formdata=None, data=step.of(member.profile())))
    return render("interest_bank/change.html", form=form, part=part)


@interest_bank.post("/membership/change/<part>")
@requires(Permission.OWN_PAGE)
@commits
def change_it(part: str) -> Any:
    step = PARTS.get(part) or abort(404)
    member = membership_to_change(db(), actor().account_id)
    form = places().offer(step())
    if not form.validate():
        return render("interest_bank/change.html", form=form, part=part)
    try:
        change_profile(db(), actor(), member, replace(member.profile(), **form.told()))
    except NeedsGuardian:
        form.add_error("birth_year", _("Call us if you are younger than what you told before."))
        return render("interest_bank/change.html", form=form, part=part)
    flash(_("Your changes are saved."))
    return see_other("interest_bank.membership")


@interest_bank.get("/membership/pause")
@requires(Permission.OWN_PAGE)
def pause() -> Any:
    member = own_membership(db(), actor().account_id)
    if member is None:
        return see_other("interest_bank.membership")
    form = PauseForm(formdata=None, data={"until": member.paused_until})
    return render("interest_bank/pause.html", form=form)


@interest_bank.post("/membership/pause")
@requires(Permission.OWN_PAGE)
@commits
def pause_it() -> Any:
    form = PauseForm()
    if not form.validate():
        return render("interest_bank/pause.html", form=form)
    member = membership_to_change(db(), actor().account_id)
    pause_membership(db(), actor(), member, form.until.data)
    until = form.until.data
    flash(
        _("You are resting through %(day)s.", day=format_day(until))
        if until
        else _("You are resting. We will not ask you anything until you say so.")
    )
    return see_other("interest_bank.membership")


@interest_bank.post("/membership/resume")
@requires(Permission.OWN_PAGE)
@commits
def resume() -> Any:
    try:
        resume_membership(db(), actor(), membership_to_change(db(), actor().account_id))
    except NeedsGuardian:
        return see_other("interest_bank.guardian_of_mine")
    flash(_("Welcome back. Now we can ask you again."))
    return see_other("interest_bank.membership")


@interest_bank.get("/membership/leave")
@requires(Permission.OWN_PAGE)
def leave() -> Any:
    if own_membership(db(), actor().account_id) is None:
        return see_other("interest_bank.membership")
    return render("interest_bank/leave.html")


@interest_bank.post("/membership/leave")
@requires(Permission.OWN_PAGE)
@commits
def leave_it() -> Any:
    withdraw_membership(db(), actor(), membership_to_change(db(), actor().account_id))
    return see_other("interest_bank.left")


def _words_of(consent: Consent) -> str:
    """The words as they stood, in the language they were read in."""
    with use_locale(consent.locale):
        return consent_words(consent.notice_version, consent.purpose, consent.notice_kind)
