"""Reads of imports, and of what the bank holds already."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session, selectinload, undefer

from participation.accounts.models import Account
from participation.foundation.errors import NotFound
from participation.foundation.jobs.models import Job
from participation.foundation.permissions import Actor, Permission
from participation.interest_bank.models import BankImport, BankMember
from participation.interest_bank.rules import MemberState, member_code
from participation.interest_bank.rules.importing import ImportState, Problem, Remark


@dataclass(frozen=True)
class Known:
    """Who is in the bank, as indexes: e-mail addresses, and names with birth year → code."""

    emails: frozenset[str]
    names: Mapping[str, str]


def known_index(session: Session) -> Known:
    """Two queries over the whole bank, hashes only."""
    emails = session.scalars(
        select(Account.email_index)
        .join(BankMember, BankMember.account_id == Account.id)
        .where(BankMember.state != MemberState.LEFT)
    )
    names = session.execute(
        select(BankMember.name_index, BankMember.public_id).where(
            BankMember.name_index.is_not(None), BankMember.state != MemberState.LEFT
        )
    )
    return Known(
        frozenset(emails), {index: member_code(public_id) for index, public_id in names if index}
    )


def imports_visible_to(actor: Actor) -> Select[BankImport]:
    """Every import, newest first, for paging. Raises NotFound without the permission."""
    if not actor.scope(Permission.MANAGE_BANK).everywhere:
        raise NotFound
    return select(BankImport).order_by(BankImport.id.desc())


def import_visible_to(session: Session, actor: Actor, public_id: str) -> BankImport:
    """One import with its report. Raises NotFound."""
    found = session.scalar(
        imports_visible_to(actor)
        .where(BankImport.public_id == public_id)
        .options(undefer(BankImport.report))
    )
    if found is None:
        raise NotFound
    return found


def import_to_work_on(session: Session, public_id: str) -> BankImport:
    """For the job: with the file, locked. Raises NotFound."""
    found = session.scalar(
        select(BankImport)
        .where(BankImport.public_id == public_id)
        .options(undefer(BankImport.content), undefer(BankImport.report))
        .with_for_update()
    )
    if found is None:
        raise NotFound
    return found


def job_of(session: Session, found: BankImport) -> Job | None:
    """The newest job of an import; colleagues may follow it as well as who started it."""
    return session.scalar(select(Job).where(Job.public_id == found.job_public_id))


def remarks_of(found: BankImport) -> list[Remark]:
    """What the dry run said, what must be corrected first."""
    if found.state != ImportState.CHECKED or not found.report:
        return []
    return [
        Remark(item["row"], item["column"], Problem(item["problem"]), item["value"])
        for item in json.loads(found.report)
    ]


def members_of_import(session: Session, found: BankImport) -> Sequence[BankMember]:
    return session.scalars(
        select(BankMember)
        .where(BankMember.import_id == found.id, BankMember.state != MemberState.LEFT)
        .options(selectinload(BankMember.roles), selectinload(BankMember.experiences))
        .order_by(BankMember.id)
    ).all()


def may_be_undone(session: Session, found: BankImport) -> bool:
    """Whether nobody of the import has acted: confirmed it, changed anything, or been asked."""
    if found.state != ImportState.DONE:
        return False
    moved = or_(
        BankMember.last_asked_at.is_not(None),
        BankMember.state == MemberState.PAUSED,
        Account.confirmed_at.is_not(None),
    )
    return not session.scalar(
        select(
            exists()
            .where(BankMember.import_id == found.id, moved)
            .where(Account.id == BankMember.account_id)
        )
    )
