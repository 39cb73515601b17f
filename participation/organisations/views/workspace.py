"""A user organisation's own room: who speaks for it, what it is asked, what it talks about."""

from typing import Any

from flask import flash

from participation.county.models import Organisation
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Permission, Role
from participation.foundation.web import (
    actor,
    commits,
    db,
    log_access_to,
    render,
    requires,
    see_other,
)
from participation.organisations.forms import AboutForm, SpeakerForm
from participation.organisations.queries import (
    asks_to,
    contact_person,
    contact_persons,
    dialogues_of,
    open_invitations,
    own_organisation,
    own_organisations,
    profile_of,
)
from participation.organisations.rules.states import SUBJECT_LABELS
from participation.organisations.services import (
    invite_to_speak,
    is_open,
    remove_speaker,
    take_back_invitation,
    tell_about,
)
from participation.organisations.views.blueprint import organisations


@organisations.get("/my-organisation")
@requires(Permission.OWN_ORGANISATION)
def workspaces() -> Any:
    """Straight to the room; who speaks for several chooses."""
    theirs = own_organisations(db(), actor())
    if len(theirs) == 1:
        return see_other(".workspace", public_id=theirs[0].public_id)
    return render("organisations/workspaces.html", entries=theirs)


@organisations.get("/user-organisations/<public_id>/workspace")
@requires(Permission.OWN_PAGE)
def workspace(public_id: str) -> str:
    return _page(_own(public_id), SpeakerForm(formdata=None))


@organisations.post("/user-organisations/<public_id>/speakers")
@requires(Permission.OWN_PAGE)
@commits
def invite_speaker(public_id: str) -> Any:
    found = _own(public_id)
    form = SpeakerForm()
    if not form.validate():
        return _page(found, form)
    invite_to_speak(db(), actor(), found, name=form.name.data, email=form.email.data)
    flash(_("%(name)s has got a mail with a link to confirm.", name=form.name.data))
    return see_other(".workspace", public_id=public_id)


@organisations.post("/user-organisations/<public_id>/invitations/<invitation_id>/take-back")
@requires(Permission.OWN_PAGE)
@commits
def take_back(public_id: str, invitation_id: str) -> Any:
    found = _own(public_id)
    for invitation in open_invitations(db(), found.id):
        if invitation.public_id == invitation_id:
            take_back_invitation(db(), actor(), found, invitation)
            flash(_("The link no longer works."))
            return see_other(".workspace", public_id=public_id)
    raise NotFound


@organisations.post("/user-organisations/<public_id>/speakers/<account_id>/remove")
@requires(Permission.OWN_PAGE)
@commits
def remove_speaker_of(public_id: str, account_id: str) -> Any:
    found = _own(public_id)
    person = contact_person(db(), found.id, account_id, Role.USER_ORGANISATION)
    try:
        remove_speaker(db(), actor(), found, person)
    except Conflict:
        flash(_("Somebody must be left. Add another person first."), "wait")
        return see_other(".workspace", public_id=public_id)
    name = person.account.display_name
    flash(_("%(name)s no longer speaks for the organisation.", name=name))
    is_self = person.account.id == actor().account_id
    return see_other("accounts.start") if is_self else see_other(".workspace", public_id=public_id)


@organisations.get("/user-organisations/<public_id>/about")
@requires(Permission.OWN_PAGE)
def about(public_id: str) -> str:
    found = _own(public_id)
    return _about_page(found, AboutForm(formdata=None, data={"about": profile_of(db(), found.id)}))


@organisations.post("/user-organisations/<public_id>/about")
@requires(Permission.OWN_PAGE)
@commits
def save_about(public_id: str) -> Any:
    found = _own(public_id)
    form = AboutForm()
    if not form.validate():
        return _about_page(found, form)
    tell_about(db(), actor(), found, form.about.data)
    flash(_("Saved."))
    return see_other(".workspace", public_id=public_id)


def _own(public_id: str) -> Organisation:
    return own_organisation(db(), actor(), public_id)


def _about_page(found: Organisation, form: AboutForm) -> str:
    return render("organisations/about.html", organisation=found, form=form)


def _page(found: Organisation, form: SpeakerForm) -> str:
    people = contact_persons(db(), found.id, Role.USER_ORGANISATION)
    log_access_to(
        (person.account.id for person in people),
        "contact_persons_seen",
        "organisation",
        found.public_id,
    )
    asks = asks_to(db(), found.id)
    return render(
        "organisations/workspace.html",
        organisation=found,
        people=people,
        invited=open_invitations(db(), found.id),
        asks=asks,
        open_asks={ask.id for ask, _nominated in asks if is_open(ask)},
        dialogues=dialogues_of(db(), found.id),
        subjects=SUBJECT_LABELS,
        form=form,
    )
