"""Reads of who is in a draw, who was drawn, and a person's own draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from participation.foundation.errors import NotFound
from participation.interest_bank.models import BankMember
from participation.selection.models import (
    Draw,
    DrawPerson,
    DrawPlace,
    DrawReplacement,
    Household,
    HouseholdMember,
)
from participation.selection.rules.draws import PlaceKind, ReplacementState


def people_of(session: Session, draw_id: int) -> Sequence[DrawPerson]:
    """Everybody in the pool with their membership, by number."""
    return session.scalars(
        select(DrawPerson)
        .where(DrawPerson.draw_id == draw_id)
        .options(joinedload(DrawPerson.member).joinedload(BankMember.municipality))
        .order_by(DrawPerson.number.nulls_last(), DrawPerson.id)
    ).all()


def rows_of_pool(session: Session, draw_id: int) -> Sequence[DrawPerson]:
    """The pool as it stands in the draw, without memberships."""
    return session.scalars(
        select(DrawPerson)
        .where(DrawPerson.draw_id == draw_id)
        .order_by(DrawPerson.number.nulls_last(), DrawPerson.id)
    ).all()


def places_of(session: Session, draw_id: int, *, earlier: bool = False) -> Sequence[DrawPlace]:
    """Who has a place now (or, with `earlier`, ever had), the panel first, in order."""
    statement = select(DrawPlace).where(DrawPlace.draw_id == draw_id)
    if not earlier:
        statement = statement.where(DrawPlace.left_at.is_(None))
    return session.scalars(
        statement.options(joinedload(DrawPlace.person).joinedload(DrawPerson.member)).order_by(
            DrawPlace.kind.desc(), DrawPlace.position, DrawPlace.id
        )
    ).all()


def panel_of(session: Session, draw: Draw) -> list[DrawPlace]:
    """Those who hold the seats now, in the order they were drawn; `place.person.member_id` is who.

    Empty before the draw. Somebody erased since then has no member id any more.
    """
    return [p for p in places_of(session, draw.id) if p.kind == PlaceKind.PANEL]


def alternates_of(session: Session, draw: Draw) -> list[DrawPlace]:
    """The alternates who still wait, first in line first."""
    return [p for p in places_of(session, draw.id) if p.kind == PlaceKind.ALTERNATE]


def place_of_member(session: Session, draw: Draw, member_id: int) -> DrawPlace:
    """The place a member holds now. Raises NotFound."""
    found = session.scalar(
        select(DrawPlace)
        .join(DrawPerson, DrawPerson.id == DrawPlace.person_id)
        .where(
            DrawPlace.draw_id == draw.id,
            DrawPlace.left_at.is_(None),
            DrawPerson.member_id == member_id,
        )
        .options(joinedload(DrawPlace.person))
    )
    if found is None:
        raise NotFound
    return found


def place_of_number(session: Session, draw: Draw, number: int) -> DrawPlace:
    """The place a candidate number holds now. Raises NotFound."""
    found = session.scalar(
        select(DrawPlace)
        .join(DrawPerson, DrawPerson.id == DrawPlace.person_id)
        .where(
            DrawPlace.draw_id == draw.id,
            DrawPlace.left_at.is_(None),
            DrawPerson.number == number,
        )
        .options(joinedload(DrawPlace.person).joinedload(DrawPerson.member))
    )
    if found is None:
        raise NotFound
    return found


def replacements_of(session: Session, draw_id: int) -> Sequence[DrawReplacement]:
    return session.scalars(
        select(DrawReplacement)
        .where(DrawReplacement.draw_id == draw_id)
        .order_by(DrawReplacement.id.desc())
    ).all()


def drawn_successors(session: Session, draw_id: int) -> Sequence[DrawReplacement]:
    """Successors that a lot was drawn for and decided on, oldest first: what everybody may see."""
    return session.scalars(
        select(DrawReplacement)
        .where(
            DrawReplacement.draw_id == draw_id,
            DrawReplacement.seed.is_not(None),
            DrawReplacement.decided_at.is_not(None),
        )
        .order_by(DrawReplacement.id)
    ).all()


def published_successor_file(session: Session, draw: Draw, public_id: str) -> str:
    """The file about one of them. Raises NotFound."""
    file = session.scalar(
        select(DrawReplacement.published_file).where(
            DrawReplacement.draw_id == draw.id,
            DrawReplacement.public_id == public_id,
            DrawReplacement.decided_at.is_not(None),
        )
    )
    if file is None:
        raise NotFound
    return file


def replacement_of(session: Session, draw: Draw, public_id: str) -> DrawReplacement:
    """One search for a successor in a draw the caller may see, locked. Raises NotFound."""
    found = session.scalar(
        select(DrawReplacement)
        .where(DrawReplacement.draw_id == draw.id, DrawReplacement.public_id == public_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def is_searching(session: Session, draw_id: int) -> bool:
    waiting = (ReplacementState.SEARCHING, ReplacementState.PROPOSED)
    return bool(
        session.scalar(
            select(func.count()).where(
                DrawReplacement.draw_id == draw_id, DrawReplacement.state.in_(waiting)
            )
        )
    )


def numbers_leaving(session: Session, draw_id: int) -> set[int]:
    """Candidate numbers whose place is passed on, while a successor is looked for."""
    waiting = (ReplacementState.SEARCHING, ReplacementState.PROPOSED)
    rows = select(DrawReplacement.leaving).where(
        DrawReplacement.draw_id == draw_id, DrawReplacement.state.in_(waiting)
    )
    return {leaving[0] for leaving in session.scalars(rows) if leaving}


@dataclass(frozen=True)
class OwnDraw:
    """One draw somebody was in, as only they see it."""

    public_id: str
    title: str
    state: str
    state_reason: str | None
    seats: int
    alternates: int
    seed_source: str
    seed_due_at: datetime | None
    published_at: datetime
    drawn_at: datetime | None
    owner_path: str
    is_fictional: bool
    number: int
    chance: float
    kind: str | None
    position: int | None
    candidates: int = 0


def own_draws(session: Session, account_id: int | None) -> Sequence[OwnDraw]:
    """The sealed draws a person is or was in, newest first. One query."""
    rows: Any = session.execute(
        select(
            Draw.public_id,
            Draw.title,
            Draw.state,
            Draw.state_reason,
            Draw.seats,
            Draw.alternates,
            Draw.seed_source,
            Draw.seed_due_at,
            Draw.published_at,
            Draw.drawn_at,
            Draw.owner_path,
            Draw.is_fictional,
            DrawPerson.number,
            DrawPerson.chance,
            DrawPlace.kind,
            DrawPlace.position,
        )
        .join(DrawPerson, DrawPerson.draw_id == Draw.id)
        .join(BankMember, BankMember.id == DrawPerson.member_id)
        .outerjoin(DrawPlace, (DrawPlace.person_id == DrawPerson.id) & DrawPlace.left_at.is_(None))
        .where(BankMember.account_id == account_id, Draw.published_at.is_not(None))
        .order_by(Draw.published_at.desc(), Draw.id.desc())
    )
    return [OwnDraw(*row) for row in rows]


def own_draw(session: Session, account_id: int | None, public_id: str) -> OwnDraw:
    """One draw the person is in. Raises NotFound for everybody else's."""
    for draw in own_draws(session, account_id):
        if draw.public_id == public_id:
            return draw
    raise NotFound


def households(session: Session) -> Sequence[Household]:
    """People who live together, as noted by coordinators."""
    return (
        session.scalars(
            select(Household)
            .options(joinedload(Household.members).joinedload(HouseholdMember.member))
            .order_by(Household.created_at.desc(), Household.id.desc())
        )
        .unique()
        .all()
    )


def household_numbers(session: Session, draw_id: int) -> dict[int, int]:
    """Which household each member of a pool belongs to, where two or more of it are in the pool."""
    rows = session.execute(
        select(HouseholdMember.household_id, HouseholdMember.member_id)
        .join(DrawPerson, DrawPerson.member_id == HouseholdMember.member_id)
        .where(DrawPerson.draw_id == draw_id)
        .order_by(HouseholdMember.household_id, HouseholdMember.member_id)
    ).all()
    together: dict[int, list[int]] = {}
    for household_id, member_id in rows:
        together.setdefault(household_id, []).append(member_id)
    shared = [members for members in together.values() if len(members) > 1]
    return {member: number for number, members in enumerate(shared, 1) for member in members}
