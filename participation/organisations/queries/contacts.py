"""Who speaks for an organisation."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account, RoleAssignment
from participation.county.models import Area, Organisation
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Role
from participation.organisations.models import ContactArea


@dataclass(frozen=True)
class ContactPerson:
    """Somebody who speaks for an organisation; no areas: for all of them."""

    account: Account
    assignment: RoleAssignment
    areas: list[Area]

    @property
    def is_ready(self) -> bool:
        """Whether they have shown that the address is theirs."""
        return self.account.confirmed_at is not None


def contact_persons(
    session: Session, organisation_id: int, role: Role = Role.CONTACT_PERSON
) -> list[ContactPerson]:
    """Everybody who holds the role for the organisation, in the order they came. One query."""
    rows = session.execute(
        select(Account, RoleAssignment, Area)
        .join(RoleAssignment, RoleAssignment.account_id == Account.id)
        .outerjoin(
            ContactArea,
            (ContactArea.account_id == Account.id)
            & (ContactArea.organisation_id == organisation_id),
        )
        .outerjoin(Area, Area.id == ContactArea.area_id)
        .where(
            RoleAssignment.role == role.value,
            RoleAssignment.organisation_id == organisation_id,
            RoleAssignment.revoked_at.is_(None),
            Account.is_active,
        )
        .order_by(RoleAssignment.granted_at, RoleAssignment.id, Area.position, Area.id)
    )
    found: dict[int, ContactPerson] = {}
    for account, assignment, area in rows:
        person = found.setdefault(account.id, ContactPerson(account, assignment, []))
        if area is not None:
            person.areas.append(area)
    return list(found.values())


def contact_person(
    session: Session,
    organisation_id: int,
    account_public_id: str,
    role: Role = Role.CONTACT_PERSON,
) -> ContactPerson:
    """One of them. Raises NotFound for anybody else."""
    for person in contact_persons(session, organisation_id, role):
        if person.account.public_id == account_public_id:
            return person
    raise NotFound


def own_contact_areas(session: Session, account_id: int) -> Sequence[tuple[str, str]]:
    """What somebody is a contact for: organisation and area, in words."""
    rows = session.execute(
        select(Organisation.name, Area.name)
        .select_from(ContactArea)
        .join(Organisation, Organisation.id == ContactArea.organisation_id)
        .join(Area, Area.id == ContactArea.area_id)
        .where(ContactArea.account_id == account_id)
        .order_by(ContactArea.organisation_id, ContactArea.area_id)
    )
    return [(organisation, area) for organisation, area in rows]
