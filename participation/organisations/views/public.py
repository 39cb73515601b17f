"""Public pages: who has adopted the model, the user organisations, and what mailed links open."""

from typing import Any

from flask import flash, request

from participation.accounts.rules.throttling import ADDRESS_LINKS
from participation.accounts.services import check_throttle, count_try
from participation.accounts.views.bad_links import GONE, count_bad_link
from participation.foundation.clock import today
from participation.foundation.errors import NotFound
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission
from participation.foundation.web import (
    actor,
    commits,
    db,
    render,
    requires,
    see_other,
)
from participation.organisations.forms import ApplicationForm
from participation.organisations.queries import (
    adopter_lines,
    invitation_by_token,
    nomination_by_token,
    profile_of,
    public_statements,
    speaks_for,
    user_organisation,
    user_organisations,
)
from participation.organisations.rules.states import SUBJECT_LABELS
from participation.organisations.services import (
    accept_nomination,
    accept_to_speak,
    apply_for_place,
    decline_nomination,
)
from participation.organisations.views.blueprint import adoptions, organisations

TOLD = ("name", "about", "contact_name", "contact_email", "contact_phone")


@adoptions.get("/adoption")
@requires(Permission.PUBLIC)
def adopted() -> str:
    """Who may invite, and since when."""
    lines = adopter_lines(db())
    return render(
        "organisations/adopted.html",
        lines=[line for line in lines if not line.organisation.is_fictional],
        invented=[line for line in lines if line.organisation.is_fictional],
        locale_code=current_locale(),
    )


@adoptions.get("/adoption/how")
@requires(Permission.PUBLIC)
def how_to_adopt() -> str:
    """What the model asks of an organisation, and the steps to adopt it."""
    return render("organisations/how_to_adopt.html")


@adoptions.get("/adoption/decision")
@requires(Permission.PUBLIC)
def decision_text() -> str:
    """A proposal for the decision, to copy or print."""
    return render("organisations/decision_text.html")


@organisations.get("/user-organisations")
@requires(Permission.PUBLIC)
def user_organisation_list() -> str:
    """Every user organisation, and how one asks for a place."""
    return render(
        "organisations/user_organisations.html",
        entries=user_organisations(db()),
        locale_code=current_locale(),
    )


@organisations.get("/user-organisations/<public_id>")
@requires(Permission.PUBLIC)
def user_organisation_page(public_id: str) -> str:
    """One of them: what it does, what it has said in public, and what it was answered."""
    found = user_organisation(db(), public_id)
    return render(
        "organisations/user_organisation.html",
        organisation=found,
        about=profile_of(db(), found.id),
        statements=public_statements(db(), found.id),
        may_work=speaks_for(actor(), found.id),
        locale_code=current_locale(),
        today=today(),
    )


@organisations.get("/user-organisations/register")
@requires(Permission.PUBLIC)
def register() -> str:
    return render("organisations/register.html", form=ApplicationForm(formdata=None))


@organisations.post("/user-organisations/register")
@requires(Permission.PUBLIC)
@commits
def ask_for_place() -> Any:
    check_throttle(db(), ADDRESS_LINKS, request.remote_addr or "")
    form = ApplicationForm()
    if not form.validate():
        return render("organisations/register.html", form=form)
    count_try(db(), ADDRESS_LINKS, request.remote_addr or "")
    told = {name: form[name].data or "" for name in TOLD}
    apply_for_place(db(), locale=current_locale(), **told)
    return see_other(".registered")


@organisations.get("/user-organisations/registered")
@requires(Permission.PUBLIC)
def registered() -> str:
    return render("organisations/registered.html")


@organisations.get("/speak-for/<token>")
@requires(Permission.PUBLIC)
def speak_for(token: str) -> Any:
    """Behind the mailed link: a press on the button, so that no mail scanner accepts."""
    try:
        invitation = invitation_by_token(db(), token)
    except NotFound:
        return _gone()
    return render("organisations/speak_for.html", invitation=invitation, token=token)


@organisations.post("/speak-for/<token>")
@requires(Permission.PUBLIC)
@commits
def speak_for_it(token: str) -> Any:
    try:
        accept_to_speak(db(), token)
    except NotFound:
        return _gone()
    flash(_("Welcome. Now sign in with your e-mail address."))
    return see_other("accounts.sign_in")


@organisations.get("/nominated/<token>")
@requires(Permission.PUBLIC)
def nominated(token: str) -> Any:
    """Behind the nominated person's link: what for, by whom, and yes or no."""
    try:
        nomination = nomination_by_token(db(), token)
    except NotFound:
        return _gone()
    return render(
        "organisations/nominated.html",
        nomination=nomination,
        ask=nomination.ask,
        token=token,
        subjects=SUBJECT_LABELS,
        locale_code=current_locale(),
    )


@organisations.post("/nominated/<token>")
@requires(Permission.PUBLIC)
@commits
def answer_nomination(token: str) -> Any:
    try:
        if request.form.get("answer") == "yes":
            nomination = accept_nomination(db(), token)
            is_member = nomination.member_id is not None
            return see_other(".nomination_answered", answer="yes" if is_member else "join")
        decline_nomination(db(), token)
    except NotFound:
        return _gone()
    return see_other(".nomination_answered", answer="no")


@organisations.get("/nominated/answered")
@requires(Permission.PUBLIC)
def nomination_answered() -> str:
    return render("organisations/nomination_answered.html", answer=request.args.get("answer", ""))


def _gone() -> tuple[str, int]:
    """A link that is unknown, answered or too old: friendly words, and no hint which."""
    count_bad_link()
    return render("organisations/link_gone.html"), GONE
