"""Members of the interest bank for tests."""

from typing import Any

from sqlalchemy.orm import Session

from participation.accounts.services import ensure_account
from participation.foundation.clock import now
from participation.foundation.crypto import name_prefixes, phone_index
from participation.interest_bank.models import (
    BankMember,
    BankNameToken,
    MemberExperience,
    MemberRole,
)
from participation.interest_bank.rules import (
    ContactWay,
    ExperienceRole,
    Gender,
    Profile,
    name_and_year_index,
)


def make_profile(**overrides: Any) -> Profile:
    """What an ordinary person tells when joining."""
    told: dict[str, Any] = {
        "name": "Tuva Exempelsson",
        "phone": None,
        "municipality_code": "0880",
        "birth_year": 1980,
        "gender": Gender.WOMAN,
        "gender_text": None,
        "roles": (ExperienceRole.PATIENT,),
        "area_ids": (),
        "experience_text": None,
        "ways": ("on_site",),
        "times": ("evening",),
        "languages": ("sv",),
        "needs": (),
        "needs_text": None,
        "yearly_ceiling": None,
        "preferred_contact": ContactWay.EMAIL,
    }
    return Profile(**{**told, **overrides})


def make_member(
    session: Session,
    *,
    email: str | None = None,
    locale: str = "sv",
    roles: tuple[str, ...] = ("patient",),
    area_ids: tuple[int, ...] = (),
    phone: str | None = None,
    **overrides: Any,
) -> BankMember:
    """An active member with an account; flushed, not committed."""
    name = overrides.pop("name", "Tuva Exempelsson")
    email = email or f"{name.lower().replace(' ', '.')}@example.org"
    account = ensure_account(session, email, name, locale, is_confirmed=True)
    member = BankMember(
        **{
            "account_id": account.id,
            "name": name,
            "phone": phone,
            "phone_index": phone_index(phone) if phone else None,
            "state": "active",
            "municipality_code": "0880",
            "birth_year": 1980,
            "gender": "woman",
            "ways": ["on_site"],
            "languages": ["sv"],
            "confirmed_at": now(),
            "name_index": name_and_year_index(name, overrides.get("birth_year") or 1980),
            "roles": [MemberRole(role=role) for role in roles],
            "experiences": [MemberExperience(area_id=area_id) for area_id in area_ids],
            **overrides,
        }
    )
    session.add(member)
    session.flush()
    session.add_all(
        BankNameToken(member_id=member.id, token=token) for token in name_prefixes(name)
    )
    session.flush()
    return member
