"""Who comes into the council's workroom, and who appoints."""

from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.council.models import CouncilSeat, CouncilTerm
from participation.foundation.clock import today
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.interest_bank.models import BankMember

Row = TypeVar("Row")


def check_workspace(session: Session, actor: Actor) -> None:
    """Raises NotFound for whoever has nothing to do in the council's workroom.

    Members have, as long as they hold a seat in a term that goes on: a role that outlived its
    term opens nothing.
    """
    if not actor.scope(Permission.COUNCIL_WORKSPACE).everywhere:
        raise NotFound
    leads = actor.scope(Permission.MANAGE_COUNCIL).everywhere
    if not leads and not sits_now(session, actor.account_id):
        raise NotFound


def sits_now(session: Session, account_id: int | None) -> bool:
    """Whether somebody holds a seat in a term that goes on. A yes is asked for once a request."""
    known: set[tuple[int | None, date]] = session.info.setdefault("sits_in_council", set())
    whose = (account_id, today())
    if whose not in known and session.scalar(
        select(CouncilSeat.id)
        .join(CouncilTerm, CouncilTerm.id == CouncilSeat.term_id)
        .join(BankMember, BankMember.id == CouncilSeat.member_id)
        .where(
            BankMember.account_id == account_id,
            CouncilTerm.starts_on <= today(),
            CouncilTerm.ends_on >= today(),
        )
        .limit(1)
    ):
        known.add(whose)
    return whose in known


def note_that_sits(session: Session, account_id: int | None) -> None:
    """The person's seat was read already and its term goes on: `sits_now` need not ask."""
    session.info.setdefault("sits_in_council", set()).add((account_id, today()))


def check_manager(actor: Actor) -> None:
    """Raises NotFound for whoever may not appoint."""
    if not actor.scope(Permission.MANAGE_COUNCIL).everywhere:
        raise NotFound


def found(row: Row | None) -> Row:
    """The row, or NotFound."""
    if row is None:
        raise NotFound
    return row
