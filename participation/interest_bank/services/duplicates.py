"""Finding people who may stand in the bank twice, keeping them apart, or making them one."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import Table, func, literal, select, union_all, update
from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.db import Base
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.events import announce
from participation.foundation.outbox.services import cancel_mails_to
from participation.foundation.permissions import Actor
from participation.interest_bank.models import (
    BankMember,
    Letter,
    MemberNote,
    SuspectedPair,
)
from participation.interest_bank.queries.duplicates import known_pairs, pairs_alike
from participation.interest_bank.rules import MemberState, PairDecision, name_and_year_index
from participation.interest_bank.services.consents import withdraw_consents
from participation.interest_bank.services.leaving import blank_member


class Keep(StrEnum):
    """Which of two entries stays."""

    FIRST = "first"
    SECOND = "second"


class CannotMerge(Conflict):
    """Something above still points at the entry that would go. `data["tables"]` names it."""

    code = "cannot_merge"


def suspect(session: Session) -> int:
    """Note every pair that looks like one person and is not known yet; how many are new."""
    known = known_pairs(session)
    found = [(pair, reasons) for pair, reasons in pairs_alike(session).items() if pair not in known]
    session.add_all(
        SuspectedPair(first_id=first, second_id=second, reasons=sorted(reasons))
        for (first, second), reasons in found
    )
    session.flush()
    return len(found)


def suspect_pair(session: Session, one: BankMember, other_id: int, reasons: Sequence[str]) -> None:
    """Note one pair, found while somebody was signed up; a known pair stays as it is."""
    first, second = sorted((one.id, other_id))
    is_known = select(SuspectedPair.id).where(
        SuspectedPair.first_id == first, SuspectedPair.second_id == second
    )
    if session.scalar(is_known) is None:
        session.add(SuspectedPair(first_id=first, second_id=second, reasons=list(reasons)))
        session.flush()


def index_names(session: Session, most: int = 5_000) -> int:
    """Give members from before this index theirs; how many. Names open one by one, so in parts."""
    missing = session.execute(
        select(BankMember.id, BankMember.name, BankMember.birth_year)
        .where(
            BankMember.name_index.is_(None),
            BankMember.state != MemberState.LEFT,
            BankMember.birth_year.is_not(None),
        )
        .order_by(BankMember.id)
        .limit(most)
    ).all()
    if missing:
        session.execute(
            update(BankMember),
            [
                {"id": row.id, "name_index": name_and_year_index(row.name, row.birth_year)}
                for row in missing
            ],
        )
    return len(missing)


def keep_apart(session: Session, actor: Actor, pair: SuspectedPair, reason: str) -> None:
    """They are two people; it is remembered, and nobody has to look again."""
    _decide(pair, actor, PairDecision.NOT_SAME)
    _log_pair(session, actor, pair, "pair_kept_apart", reason)
    session.flush()


def merge(
    session: Session, actor: Actor, pair: SuspectedPair, keep: Keep, reason: str
) -> BankMember:
    """Make two entries one: the kept one stays as it is, and takes over the other's history.

    Floors above move what points at the other entry (event `members_merged`); what nobody moves
    stops the merging, so that nothing is ever lost. Notes and letters follow. The other
    entry is emptied; its account stays as it is, since it may be used for more than the bank.

    Raises:
        CannotMerge: rows above still point at the entry that would go.
    """
    kept, gone = pair.first, pair.second
    if keep is Keep.SECOND:
        kept, gone = gone, kept
    for table in (MemberNote, Letter):
        session.execute(update(table).where(table.member_id == gone.id).values(member_id=kept.id))
    if gone.last_asked_at and (not kept.last_asked_at or gone.last_asked_at > kept.last_asked_at):
        kept.last_asked_at = gone.last_asked_at
    session.flush()
    announce(session, "members_merged", kept_id=kept.id, gone_id=gone.id)
    left = rows_above(session, gone.id)[gone.id]
    if left:
        raise CannotMerge(tables=sorted(left))
    _decide(pair, actor, PairDecision.MERGED)
    _log_pair(session, actor, pair, "members_merged", reason)
    _empty(session, gone, kept.id)
    return kept


def rows_above(session: Session, *member_ids: int) -> dict[int, dict[str, int]]:
    """How many rows of the floors above point at each member, by table. One query."""
    counted: dict[int, dict[str, int]] = {member_id: {} for member_id in member_ids}
    statements = [
        select(literal(table.name), column, func.count())
        .where(column.in_(member_ids))
        .group_by(column)
        for table, column in _pointers()
    ]
    for name, member_id, count in session.execute(union_all(*statements)):
        counted[member_id][name] = counted[member_id].get(name, 0) + count
    return counted


def _pointers() -> list[tuple[Table, Any]]:
    """Every column outside the bank that points at a member."""
    members = BankMember.__table__
    return [
        (table, column)
        for table in Base.metadata.sorted_tables
        if not table.name.startswith("bank_")
        for column in table.columns
        if any(key.column.table is members for key in column.foreign_keys)
    ]


def _empty(session: Session, gone: BankMember, kept_id: int) -> None:
    cancel_mails_to(session, gone.account.email)
    withdraw_consents(session, gone)
    gone.state, gone.left_at, gone.merged_into_id = MemberState.LEFT, now(), kept_id
    blank_member(session, gone)
    session.flush()


def _decide(pair: SuspectedPair, actor: Actor, decision: PairDecision) -> None:
    pair.decision, pair.decided_at = decision, now()
    pair.decided_by_account_id = actor.account_id


def _log_pair(
    session: Session, actor: Actor, pair: SuspectedPair, action: str, reason: str
) -> None:
    """A line for each of the two, so that both can read it."""
    for member in (pair.first, pair.second):
        log_event(
            session,
            actor,
            action,
            "bank_pair",
            pair.public_id,
            subject_account_id=member.account_id,
            reason=reason,
        )
