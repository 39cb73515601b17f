"""Nominations: coordinators ask, the organisation nominates."""

from typing import Any

from flask import flash, request

from participation.foundation.errors import Conflict
from participation.foundation.i18n import gettext as _
from participation.foundation.paging import page_number, paginate
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
from participation.organisations.forms import AskForm, NominationForm
from participation.organisations.models import NominationAsk
from participation.organisations.queries import (
    activities_to_nominate_for,
    all_asks,
    ask_visible_to,
    nomination_of_ask,
    nominations_of,
    user_organisation,
    user_organisations,
)
from participation.organisations.rules.states import (
    NOMINATION_LABELS,
    NOMINATION_SHAPES,
    SUBJECT_LABELS,
    NominationSubject,
)
from participation.organisations.services import (
    NominatedAlready,
    ask_for_nominations,
    close_ask,
    is_open,
    nominate,
    withdraw_nomination,
)
from participation.organisations.views.blueprint import organisations


@organisations.get("/nominations")
@requires(Permission.MANAGE_ORGANISATIONS, whole_county=True)
def nomination_list() -> str:
    page = paginate(db(), all_asks(actor()), page_number(request.args.get("page")))
    return render(
        "organisations/nominations.html",
        page=page,
        nominations=nominations_of(db(), [ask.id for ask in page.items]),
        open_asks={ask.id for ask in page.items if is_open(ask)},
        subjects=SUBJECT_LABELS,
    )


@organisations.get("/nominations/new")
@requires(Permission.MANAGE_ORGANISATIONS, whole_county=True)
def new_ask() -> str:
    asked_for = request.args.get("activity", "")
    given = {"activity": asked_for, "subject": NominationSubject.ACTIVITY} if asked_for else {}
    return _ask_page(AskForm(formdata=None, data=given))


@organisations.post("/nominations/new")
@requires(Permission.MANAGE_ORGANISATIONS, whole_county=True)
@commits
def send_ask() -> Any:
    form = AskForm()
    activities = activities_to_nominate_for(db())
    form.offer([one for one, _about in user_organisations(db())], activities)
    if not form.validate():
        return _ask_page(form)
    subject = NominationSubject(form.subject.data)
    needs_activity = subject is not NominationSubject.COUNCIL_SEAT
    chosen = {one.public_id: one for one in activities}.get(form.activity.data or "")
    if needs_activity and chosen is None:
        form.add_error("activity", _("Choose the activity or training."))
        return _ask_page(form)
    ask = ask_for_nominations(
        db(),
        actor(),
        user_organisation(db(), form.organisation.data),
        subject=subject,
        activity=chosen if needs_activity else None,
        text=form.text.data,
        how_many=form.how_many.data,
        due_on=form.due_on.data,
    )
    flash(_("Those who speak for the organisation have got a mail."))
    return see_other(".ask", public_id=ask.public_id)


@organisations.get("/nominations/<public_id>")
@requires(Permission.OWN_PAGE)
def ask(public_id: str) -> str:
    return _page(ask_visible_to(db(), actor(), public_id), NominationForm(formdata=None))


@organisations.post("/nominations/<public_id>")
@requires(Permission.OWN_PAGE)
@commits
def nominate_somebody(public_id: str) -> Any:
    found = ask_visible_to(db(), actor(), public_id)
    form = NominationForm()
    if not form.validate():
        return _page(found, form)
    try:
        nominate(
            db(),
            actor(),
            found,
            name=form.name.data,
            email=form.email.data,
            words=form.words.data or "",
        )
    except NominatedAlready:
        form.add_error("email", _("You have nominated this person already."))
        return _page(found, form)
    except Conflict:
        form.add_error("name", _("It is too late, or as many as can be are nominated."))
        return _page(found, form)
    flash(_("%(name)s has got a mail and decides.", name=form.name.data))
    return see_other(".ask", public_id=public_id)


@organisations.post("/nominations/<public_id>/<nomination_id>/withdraw")
@requires(Permission.OWN_PAGE)
@commits
def take_back_nomination(public_id: str, nomination_id: str) -> Any:
    found = ask_visible_to(db(), actor(), public_id)
    withdraw_nomination(db(), actor(), nomination_of_ask(db(), found, nomination_id))
    flash(_("The nomination is taken back, and the address is forgotten."))
    return see_other(".ask", public_id=public_id)


@organisations.post("/nominations/<public_id>/close")
@requires(Permission.MANAGE_ORGANISATIONS)
@commits
def close_nominations(public_id: str) -> Any:
    close_ask(db(), actor(), ask_visible_to(db(), actor(), public_id))
    flash(_("No more nominations are taken."))
    return see_other(".ask", public_id=public_id)


def _ask_page(form: AskForm) -> str:
    form.offer([one for one, _about in user_organisations(db())], activities_to_nominate_for(db()))
    return render("organisations/ask_form.html", form=form)


def _page(found: NominationAsk, form: NominationForm) -> str:
    nominations = nominations_of(db(), [found.id]).get(found.id, [])
    log_access_to(
        [one.member.account_id for one in nominations if one.member is not None],
        "nominated_seen",
        "nomination_ask",
        found.public_id,
    )
    is_own = actor().scope(Permission.OWN_ORGANISATION).has_organisation(found.organisation_id)
    return render(
        "organisations/ask.html",
        ask=found,
        nominations=nominations,
        is_open=is_open(found),
        is_own=is_own,
        can_manage=actor().can(Permission.MANAGE_ORGANISATIONS),
        form=form,
        subjects=SUBJECT_LABELS,
        states=NOMINATION_LABELS,
        shapes=NOMINATION_SHAPES,
    )
