"""Writing what somebody told into their row, and making them findable by name."""

from collections.abc import Sequence

from sqlalchemy import delete
from sqlalchemy.orm import Session

from participation.foundation.bulk import insert_rows
from participation.foundation.crypto import name_prefixes, phone_index
from participation.interest_bank.models import (
    BankMember,
    BankNameToken,
    MemberExperience,
    MemberRole,
)
from participation.interest_bank.rules import Gender, Profile, name_and_year_index


def tell(session: Session, member: BankMember, profile: Profile) -> None:
    """Write what somebody told over what stood there."""
    fill(member, profile)
    session.add(member)
    session.flush()
    tell_roles(member, profile)
    tell_experiences(member, profile)
    _index_name(session, member)
    session.flush()


def call_member(session: Session, member: BankMember, name: str) -> None:
    """Change what a member is called; the search for names follows."""
    member.name = name
    _index_name(session, member)
    session.flush()


def fill(member: BankMember, profile: Profile) -> None:
    """Write what stands in the member's own row."""
    member.name = profile.name
    member.phone = profile.phone
    member.phone_index = phone_index(profile.phone) if profile.phone else None
    member.name_index = name_and_year_index(profile.name, profile.birth_year)
    member.municipality_code = profile.municipality_code
    member.birth_year = profile.birth_year
    member.gender = profile.gender
    member.gender_text = profile.gender_text if profile.gender == Gender.OTHER else None
    member.experience_text = profile.experience_text
    member.ways = list(profile.ways)
    member.assignments = list(profile.assignments)
    member.times = list(profile.times)
    member.languages = list(profile.languages)
    member.needs = list(profile.needs)
    member.needs_text = profile.needs_text
    member.interpreter_language = profile.interpreter_language
    member.yearly_ceiling = profile.yearly_ceiling
    member.preferred_contact = profile.preferred_contact


def tell_roles(member: BankMember, profile: Profile) -> None:
    """Write the roles, keeping rows that are told again."""
    wanted = {str(role) for role in profile.roles}
    member.roles = [row for row in member.roles if row.role in wanted]
    known = {row.role for row in member.roles}
    member.roles.extend(MemberRole(role=role) for role in sorted(wanted - known))


def tell_experiences(member: BankMember, profile: Profile) -> None:
    """Write the areas of experience, keeping rows that are told again."""
    wanted = set(profile.area_ids)
    member.experiences = [row for row in member.experiences if row.area_id in wanted]
    known = {row.area_id for row in member.experiences}
    member.experiences.extend(
        MemberExperience(area_id=area_id) for area_id in sorted(wanted - known)
    )


def _index_name(session: Session, member: BankMember) -> None:
    session.execute(delete(BankNameToken).where(BankNameToken.member_id == member.id))
    add_name_tokens(session, [member])


def add_name_tokens(session: Session, members: Sequence[BankMember]) -> None:
    """Make people without name tokens findable by the beginnings of their names."""
    insert_rows(
        session,
        BankNameToken,
        [
            {"member_id": member.id, "token": token}
            for member in members
            for token in name_prefixes(member.name)
        ],
    )
