"""The demo's people with a task: one for every role, all invented, all at example.org."""

import re
import unicodedata
from dataclasses import dataclass

from participation.accounts.models import Account
from participation.accounts.services import ensure_account, grant_role
from participation.accounts.services.demo import give_demo_sign_in
from participation.demo.year import Year
from participation.foundation.permissions import STRONG_ROLES, Role


@dataclass(frozen=True)
class Part:
    """Who plays a role, and for which organisation (key) or group (name)."""

    name: str
    role: Role
    organisation: str | None = None
    group: str | None = None


RESIDENT = "Tuva Exempelstrand"
COORDINATOR = "Ebba Demolund"
SECOND_COORDINATOR = "Ove Provling"
CONTACT_OF_REGION = "Kim Kontaktgren"
CONTACT_OF_MUNICIPALITY = "Vera Testmark"
MEMBER_OF_TRIAL_GROUP = "Pia Modellin"

CAST = (
    Part(COORDINATOR, Role.COORDINATOR),
    Part(COORDINATOR, Role.PROTECTION_KEEPER),
    Part(CONTACT_OF_REGION, Role.CONTACT_PERSON, organisation="exempelregionen"),
    Part("Greta Gruppberg", Role.GROUP_MEMBER, group="Psykisk hälsa"),
    Part(RESIDENT, Role.RESIDENT),
    Part(SECOND_COORDINATOR, Role.COORDINATOR),
    Part(CONTACT_OF_MUNICIPALITY, Role.CONTACT_PERSON, organisation="exempelkommunen"),
    Part(MEMBER_OF_TRIAL_GROUP, Role.GROUP_MEMBER, group="Arbetsgrupp Provmodellen"),
    Part("Ado Provgren", Role.ADMINISTRATOR),
    Part("Dag Exempelsson", Role.DATA_PROTECTION_OFFICER),
    Part("Maj Provberg", Role.COUNCIL_MEMBER),
    Part("Conny Låtsberg", Role.AUDITOR),
    Part("Britt Föreningsgren", Role.USER_ORGANISATION, organisation="foreningen-exempelstodet"),
)


def address_of(name: str) -> str:
    """ "Kim Kontaktgren" → "kim.kontaktgren@example.org"."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return f"{re.sub(r'[^a-z]+', '.', plain).strip('.')}@example.org"


def account_for(year: Year, name: str, locale: str = "sv") -> Account:
    """The person's account, made and confirmed where there is none."""
    if name not in year.accounts:
        year.accounts[name] = ensure_account(
            year.session, address_of(name), name, locale, is_confirmed=True, is_demo=True
        )
    return year.accounts[name]


def hire(year: Year) -> None:
    """Make everybody's account and give them their role."""
    for part in CAST:
        account = account_for(year, part.name)
        grant_role(
            year.session,
            account,
            part.role,
            organisation=year.organisations[part.organisation] if part.organisation else None,
            group=year.groups[part.group] if part.group else None,
        )
        if part.role in STRONG_ROLES:
            give_demo_sign_in(year.session, account)
