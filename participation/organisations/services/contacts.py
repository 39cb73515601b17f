"""Contact persons of organisations: added with a mail, given areas, removed."""

from collections.abc import Collection

from sqlalchemy import delete
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.services import ensure_account, grant_role, revoke_role
from participation.accounts.services.invitations import invite_to_strong_sign_in
from participation.county.models import Organisation
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor, Role
from participation.organisations.models import ContactArea
from participation.organisations.queries import ContactPerson


def add_contact_person(
    session: Session,
    actor: Actor,
    organisation: Organisation,
    *,
    name: str,
    email: str,
    area_ids: Collection[int] = (),
) -> Account:
    """Somebody speaks for the organisation from now on.

    The role works after a strong sign-in only; who has none yet gets a mail to make one.
    """
    account = ensure_account(session, email, name)
    grant_role(session, account, Role.CONTACT_PERSON, organisation=organisation, actor=actor)
    _put_areas(session, account.id, organisation.id, area_ids)
    if account.totp_secret is None:
        invite_to_strong_sign_in(session, actor, account)
    _log(session, actor, "contact_person_added", organisation, account)
    return account


def set_contact_areas(
    session: Session,
    actor: Actor,
    organisation: Organisation,
    person: ContactPerson,
    area_ids: Collection[int],
) -> None:
    """Which areas somebody is the contact for; none means all."""
    _put_areas(session, person.account.id, organisation.id, area_ids)
    _log(session, actor, "contact_areas_changed", organisation, person.account)


def remove_contact_person(
    session: Session, actor: Actor, organisation: Organisation, person: ContactPerson
) -> None:
    """Somebody no longer speaks for the organisation; their account and other roles stay."""
    _put_areas(session, person.account.id, organisation.id, ())
    revoke_role(session, actor, person.account, person.assignment.id)
    _log(session, actor, "contact_person_removed", organisation, person.account)


def forget_contact(session: Session, account_id: int) -> None:
    """Somebody is erased: what they were contact for goes."""
    session.execute(delete(ContactArea).where(ContactArea.account_id == account_id))


def _put_areas(
    session: Session, account_id: int, organisation_id: int, area_ids: Collection[int]
) -> None:
    session.execute(
        delete(ContactArea).where(
            ContactArea.account_id == account_id, ContactArea.organisation_id == organisation_id
        )
    )
    session.add_all(
        ContactArea(account_id=account_id, organisation_id=organisation_id, area_id=area_id)
        for area_id in sorted(set(area_ids))
    )
    session.flush()


def _log(
    session: Session, actor: Actor, action: str, organisation: Organisation, account: Account
) -> None:
    log_event(
        session,
        actor,
        action,
        "organisation",
        organisation.public_id,
        subject_account_id=account.id,
    )
