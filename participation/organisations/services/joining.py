"""User organisations get a place, and people who speak for them."""

import re
import unicodedata

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.queries import accounts_with_role
from participation.accounts.services import ensure_account, grant_role, revoke_role
from participation.county.models import KEY_LENGTH, Organisation
from participation.foundation.clock import now
from participation.foundation.crypto import new_token, token_hash
from participation.foundation.db import new_public_id
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox.services import queue_mail
from participation.foundation.permissions import Actor, Role
from participation.organisations.models import (
    OrganisationApplication,
    OrganisationInvitation,
    OrganisationProfile,
)
from participation.organisations.queries import ContactPerson, invitation_by_token
from participation.organisations.rules.states import (
    INVITATION_LASTS,
    INVITATION_PURPOSE,
    ApplicationState,
)

REGISTERED = "registered"  # the layer of organisations that asked for their place themselves


def apply_for_place(
    session: Session,
    *,
    name: str,
    about: str,
    contact_name: str,
    contact_email: str,
    contact_phone: str,
    locale: str,
) -> OrganisationApplication:
    """A user organisation asks to be registered; a coordinator answers."""
    application = OrganisationApplication(
        name=name,
        about=about,
        contact_name=contact_name,
        contact_email=contact_email,
        contact_phone=contact_phone or None,
        locale=locale,
    )
    session.add(application)
    session.flush()
    return application


def accept_application(
    session: Session, actor: Actor, application: OrganisationApplication
) -> Organisation:
    """The organisation exists from now on, and its contact is invited to speak for it.

    Raises Conflict when it has been answered.
    """
    _check_new(application)
    organisation = Organisation(
        layer=REGISTERED,
        key=_key(application.name),
        name=application.name,
        kind="user_organisation",
    )
    session.add(organisation)
    session.flush()
    session.add(OrganisationProfile(organisation_id=organisation.id, about=application.about))
    application.organisation_id = organisation.id
    invite_to_speak(
        session,
        actor,
        organisation,
        name=application.contact_name or "",
        email=application.contact_email or "",
        locale=application.locale,
    )
    _close(application, ApplicationState.ACCEPTED)
    session.flush()
    log_event(session, actor, "organisation_registered", "organisation", organisation.public_id)
    return organisation


def decline_application(
    session: Session, actor: Actor, application: OrganisationApplication, reason: str
) -> None:
    """No, and why: the contact gets it by mail, and their details go.

    Raises Conflict when it has been answered.
    """
    _check_new(application)
    application.answer_text = reason
    if application.contact_email:
        queue_mail(
            session,
            to=application.contact_email,
            template="organisations/declined",
            locale=application.locale,
            context={"name": application.contact_name, "reason": reason},
            about=("organisation_application", application.public_id),
        )
    _close(application, ApplicationState.DECLINED)
    session.flush()
    log_event(
        session,
        actor,
        "organisation_declined",
        "organisation_application",
        application.public_id,
    )


def invite_to_speak(
    session: Session,
    actor: Actor,
    organisation: Organisation,
    *,
    name: str,
    email: str,
    locale: str = "sv",
) -> OrganisationInvitation:
    """Mail somebody a link; when they press the button there they speak for the organisation."""
    token = new_token()
    invitation = OrganisationInvitation(
        organisation_id=organisation.id,
        name=name,
        email=email,
        token_hash=token_hash(INVITATION_PURPOSE, token),
        invited_by_account_id=actor.account_id,
        expires_at=now() + INVITATION_LASTS,
    )
    session.add(invitation)
    session.flush()
    queue_mail(
        session,
        to=email,
        template="organisations/invitation",
        locale=locale,
        context={"name": name, "link": absolute_url(f"/speak-for/{token}")},
        about=("organisation_invitation", invitation.public_id),
    )
    log_event(session, actor, "speaker_invited", "organisation", organisation.public_id)
    return invitation


def accept_to_speak(session: Session, token: str) -> Account:
    """Whoever followed the link speaks for the organisation from now on. Raises NotFound."""
    invitation = invitation_by_token(session, token, to_change=True)
    account = ensure_account(
        session, invitation.email or "", invitation.name or "", is_confirmed=True
    )
    organisation = invitation.organisation
    grant_role(
        session,
        account,
        Role.USER_ORGANISATION,
        organisation=organisation,
        actor=Actor(account_id=invitation.invited_by_account_id),
    )
    _answered(invitation)
    session.flush()
    return account


def take_back_invitation(
    session: Session, actor: Actor, organisation: Organisation, invitation: OrganisationInvitation
) -> None:
    """The link stops working, and the address is forgotten."""
    _answered(invitation)
    session.flush()
    log_event(session, actor, "speaker_invitation_ended", "organisation", organisation.public_id)


def remove_speaker(
    session: Session, actor: Actor, organisation: Organisation, person: ContactPerson
) -> None:
    """Somebody no longer speaks for the organisation.

    Raises Conflict for the last one: then nobody could let another in.
    """
    speakers = accounts_with_role(session, Role.USER_ORGANISATION, organisation_id=organisation.id)
    if len(speakers) == 1:
        raise Conflict
    revoke_role(session, actor, person.account, person.assignment.id)
    log_event(
        session,
        actor,
        "speaker_removed",
        "organisation",
        organisation.public_id,
        subject_account_id=person.account.id,
    )


def tell_about(session: Session, actor: Actor, organisation: Organisation, about: str) -> None:
    """Change what the organisation tells about itself."""
    profile = session.get(OrganisationProfile, organisation.id)
    if profile is None:
        profile = OrganisationProfile(organisation_id=organisation.id, about=about)
        session.add(profile)
    profile.about = about
    session.flush()
    log_event(session, actor, "organisation_told", "organisation", organisation.public_id)


def forget_old_invitations(session: Session) -> int:
    """Addresses of invitations that ran out are blanked; how many."""
    old = session.scalars(
        select(OrganisationInvitation.id).where(
            OrganisationInvitation.answered_at.is_(None),
            OrganisationInvitation.expires_at <= now(),
        )
    ).all()
    session.execute(
        update(OrganisationInvitation)
        .where(OrganisationInvitation.id.in_(old))
        .values(name=None, email=None, answered_at=now())
    )
    return len(old)


def _answered(invitation: OrganisationInvitation) -> None:
    invitation.name = invitation.email = None
    invitation.answered_at = now()


def _check_new(application: OrganisationApplication) -> None:
    if application.state != ApplicationState.NEW:
        raise Conflict


def _close(application: OrganisationApplication, state: ApplicationState) -> None:
    application.state = state
    application.answered_at = now()
    application.contact_name = application.contact_email = application.contact_phone = None


def _key(name: str) -> str:
    """A readable key that no county file will use: it ends in random signs."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "organisation"
    return f"{words[: KEY_LENGTH - 13]}-{new_public_id()}"
