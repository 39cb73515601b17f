"""Writes of declarations: what ties a person has, and what a coordinator decides."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.activities.models import Activity, Invitation
from participation.assignments.models import ConflictDeclaration
from participation.assignments.queries import declaration_of
from participation.assignments.rules.states import DECISION_LABELS, Decision, TieKind
from participation.assignments.services.mails import mail_person
from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import NOBODY, Actor
from participation.interest_bank.models import BankMember


class OwnMatter(Conflict):
    """Nobody decides about themselves, or approves what they filed."""

    code = "own_matter"


@dataclass(frozen=True, kw_only=True)
class DeclaredTie:
    """One tie as the person states it."""

    kind: TieKind
    organisation_id: int
    unit_id: int | None
    words: str = ""


def declare_ties(
    session: Session, invitation: Invitation, ties: Sequence[DeclaredTie]
) -> ConflictDeclaration:
    """The person declares their ties, or none. A new declaration replaces the old one and is
    decided anew; without ties nothing is left to decide.

    Raises Conflict when the activity is over or called off.
    """
    if not invitation.activity.is_still_to_come:
        raise Conflict
    session.execute(select(Invitation.id).where(Invitation.id == invitation.id).with_for_update())
    row = declaration_of(session, invitation.activity_id, invitation.member_id)
    if row is None:
        row = ConflictDeclaration(
            activity_id=invitation.activity_id, member_id=invitation.member_id
        )
        session.add(row)
    row.has_ties = bool(ties)
    row.ties = json.dumps([vars(tie) for tie in ties], ensure_ascii=False)
    row.declared_at = now()
    row.decision = row.decision_reason = row.decided_at = row.decided_by_account_id = None
    session.flush()
    log_event(session, NOBODY, "ties_declared", "declaration", row.public_id)
    return row


def decide_on_ties(
    session: Session,
    actor: Actor,
    activity: Activity,
    declaration: ConflictDeclaration,
    decision: Decision,
    *,
    reason: str,
) -> None:
    """Say whether the ties stand in the way of this assignment; the person reads it by mail.

    Raises OwnMatter when the declaration is the actor's own.
    """
    member = session.get_one(BankMember, declaration.member_id)
    if member.account_id == actor.account_id:
        raise OwnMatter
    declaration.decision, declaration.decision_reason = decision, reason
    declaration.decided_at, declaration.decided_by_account_id = now(), actor.account_id
    session.flush()
    log_event(
        session,
        actor,
        "ties_decided",
        "declaration",
        declaration.public_id,
        subject_account_id=member.account_id,
        decision=decision.value,
    )

    def words() -> dict[str, str]:
        return {"decision": str(DECISION_LABELS[decision])}

    mail_person(session, "ties_decided", activity, member, "declaration", words=words)
