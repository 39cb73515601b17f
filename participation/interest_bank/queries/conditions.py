"""Conditions that lists and matching share: who may see the bank, who fits."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, String, and_, cast, false, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from participation.foundation.permissions import Actor, Permission
from participation.interest_bank.models import BankMember, MemberExperience, MemberRole


def may_see_bank(actor: Actor) -> ColumnElement[bool]:
    """Everybody for a coordinator of the whole county, nobody for others."""
    return true() if actor.scope(Permission.READ_BANK).everywhere else false()


def lives_in(codes: Sequence[str]) -> ColumnElement[bool]:
    """Protected people live nowhere that can be asked for."""
    return and_(BankMember.municipality_code.in_(codes), ~BankMember.is_protected)


def has_experience(area_id: int) -> ColumnElement[bool]:
    return BankMember.id.in_(
        select(MemberExperience.member_id).where(MemberExperience.area_id == area_id)
    )


def has_role(roles: Sequence[str]) -> ColumnElement[bool]:
    return BankMember.id.in_(select(MemberRole.member_id).where(MemberRole.role.in_(roles)))


def takes_part(ways: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(_holds(BankMember.ways, way) for way in ways))


def can_imagine(assignment: str) -> ColumnElement[bool]:
    return _holds(BankMember.assignments, assignment)


def needs(need: str) -> ColumnElement[bool]:
    return _holds(BankMember.needs, need)


def speaks(language: str) -> ColumnElement[bool]:
    return _holds(BankMember.languages, language)


def _holds(column: InstrumentedAttribute[list[str]], value: str) -> ColumnElement[bool]:
    # The list is stored as JSON; its values come from an enum, so their quoted form is exact.
    return cast(column, String).contains(f'"{value}"')
