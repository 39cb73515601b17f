"""The rows of a list that leaves the system."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.county.queries import areas, municipalities
from participation.foundation.i18n import current_locale, format_labels, format_phone
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor
from participation.foundation.tabular.writing import Cell
from participation.interest_bank.models import BankMember, MemberExperience, MemberRole
from participation.interest_bank.queries.lists import Filters, narrowed
from participation.interest_bank.rules import (
    GENDER_LABELS,
    LANGUAGE_LABELS,
    NEED_LABELS,
    SHORT_ROLE_LABELS,
    STATE_LABELS,
    TIME_LABELS,
    WAY_LABELS,
    member_code,
)
from participation.interest_bank.rules.exporting import ExportPart

Write = Callable[[Any], Cell]  # one row of the database → one cell


@dataclass(frozen=True)
class Exported:
    """A list ready to be written, and whose details it holds."""

    headings: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    account_ids: Sequence[int]


def members_found(session: Session, actor: Actor, filters: Filters) -> int:
    """How many people a list would hold. One query."""
    found = narrowed(select(func.count()).select_from(BankMember), actor, filters)
    return session.scalar(found) or 0


def exported_members(
    session: Session, actor: Actor, filters: Filters, parts: Collection[str]
) -> Exported:
    """The list with the parts asked for, by code. Five queries at most, however long it is.

    Of people with protected identity, municipality and phone stay here.
    """
    columns = _columns(session, narrowed(select(BankMember.id), actor, filters), parts)
    found = session.execute(_rows(actor, filters)).all()
    return Exported(
        headings=tuple(heading for heading, _write in columns),
        rows=[tuple(write(row) for _heading, write in columns) for row in found],
        account_ids=[row.account_id for row in found],
    )


def _rows(actor: Actor, filters: Filters) -> Any:
    member = BankMember
    columns = (
        *(member.id, member.public_id, member.account_id, member.is_protected, member.name),
        *(Account.email, member.phone, member.municipality_code, member.birth_year),
        *(member.gender, member.ways, member.times, member.languages, member.needs, member.state),
    )
    statement = select(*columns).join(Account, Account.id == member.account_id)
    return narrowed(statement, actor, filters).order_by(member.public_id)


def _columns(session: Session, ids: Any, parts: Collection[str]) -> list[tuple[str, Write]]:
    roles = _many(session, ids, MemberRole.member_id, MemberRole.role)
    columns: list[tuple[str, Write]] = [(_("Code"), lambda row: member_code(row.public_id))]
    if ExportPart.CONTACT in parts:
        columns += _contact()
    if ExportPart.BACKGROUND in parts:
        columns += _background(session)
    columns.append(
        (_("Experience as"), lambda row: _words(roles.get(row.id, ()), SHORT_ROLE_LABELS))
    )
    if ExportPart.EXPERIENCE in parts:
        columns.append(_experience(session, ids))
    return [
        *columns,
        (_("Takes part"), lambda row: _words(row.ways, WAY_LABELS)),
        (_("Times"), lambda row: _words(row.times, TIME_LABELS)),
        (_("Languages"), lambda row: _words(row.languages, LANGUAGE_LABELS)),
        (_("Needs"), lambda row: _words(row.needs, NEED_LABELS)),
        (_("State"), lambda row: str(STATE_LABELS[row.state])),
    ]


def _contact() -> list[tuple[str, Write]]:
    return [
        (_("Name"), lambda row: row.name),
        (_("E-mail"), lambda row: row.email),
        (
            _("Phone"),
            lambda row: "" if row.is_protected or not row.phone else format_phone(row.phone),
        ),
    ]


def _background(session: Session) -> list[tuple[str, Write]]:
    places = {place.code: place.name_in(current_locale()) for place in municipalities(session)}
    return [
        (
            _("Municipality"),
            lambda row: "" if row.is_protected else places.get(row.municipality_code, ""),
        ),
        (_("Born"), lambda row: row.birth_year),
        (_("Gender"), lambda row: str(GENDER_LABELS[row.gender])),
    ]


def _experience(session: Session, ids: Any) -> tuple[str, Write]:
    names = {area.id: area.name_in(current_locale()) for area in areas(session)}
    told = _many(session, ids, MemberExperience.member_id, MemberExperience.area_id)
    return _("Areas"), lambda row: ", ".join(names.get(i, "") for i in told.get(row.id, ()))


def _many(session: Session, ids: Any, owner: Any, value: Any) -> Mapping[int, Sequence[Any]]:
    """The values that hang on each member of the list, in order. One query."""
    found: dict[int, list[Any]] = defaultdict(list)
    rows = session.execute(select(owner, value).where(owner.in_(ids)).order_by(owner, value))
    for member_id, its_value in rows:
        found[member_id].append(its_value)
    return found


def _words(values: Sequence[str], known: Mapping[str, Any]) -> str:
    return format_labels([known[value] for value in values], are_names=known is LANGUAGE_LABELS)
