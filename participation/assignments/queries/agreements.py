"""Reads of what an activity asks, of agreements and of declared ties."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from participation.activities.models import Activity, Invitation
from participation.activities.rules.states import STILL_TO_COME, InvitationState
from participation.assignments.models import (
    AgreementTemplate,
    AssignmentAgreement,
    AssignmentTerms,
    ConflictDeclaration,
)
from participation.assignments.rules.agreement_file import ANY_KIND
from participation.assignments.rules.states import Needs, usual_needs
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.interest_bank.models import BankMember


@dataclass(frozen=True)
class Terms:
    """What one activity asks, with what its coordinator added to the agreement."""

    needs: Needs
    extra_text: str = ""
    is_usual: bool = True


@dataclass(frozen=True)
class Tie:
    """One declared tie, as audits and coordinators need it."""

    kind: str
    words: str
    organisation_id: int
    unit_id: int | None
    declared_at: datetime
    activity_id: int


@dataclass(frozen=True)
class Progress:
    """One person who said yes: what they have agreed to and declared."""

    invitation: Invitation
    agreement: AssignmentAgreement | None
    declaration: ConflictDeclaration | None

    @property
    def has_agreed(self) -> bool:
        return self.agreement is not None and self.agreement.accepted_at is not None


def terms_of(session: Session, activity: Activity) -> Terms:
    """What the activity asks of those who said yes."""
    return terms_from(session.get(AssignmentTerms, activity.id), activity)


def terms_from(row: AssignmentTerms | None, activity: Activity) -> Terms:
    """As `terms_of`, from what is loaded already."""
    if row is None:
        return Terms(usual_needs(activity.kind, is_open_to_all=activity.is_open_to_all))
    needs = Needs(row.needs_agreement, row.needs_declaration, row.gives_compensation)
    return Terms(needs, row.extra_text, is_usual=False)


def template_for(session: Session, kind: str, day: date) -> AgreementTemplate | None:
    """The newest version in force for the kind of activity; the one for any kind if it has none."""
    return session.scalar(
        select(AgreementTemplate)
        .where(
            AgreementTemplate.is_current,
            AgreementTemplate.valid_from <= day,
            AgreementTemplate.kind.in_((kind, ANY_KIND)),
        )
        .order_by(
            (AgreementTemplate.kind == ANY_KIND),
            AgreementTemplate.valid_from.desc(),
            AgreementTemplate.version.desc(),
            AgreementTemplate.id.desc(),
        )
        .limit(1)
    )


def agreement_of(session: Session, activity_id: int, member_id: int) -> AssignmentAgreement | None:
    return session.scalar(
        select(AssignmentAgreement).where(
            AssignmentAgreement.activity_id == activity_id,
            AssignmentAgreement.member_id == member_id,
        )
    )


def declaration_of(
    session: Session, activity_id: int, member_id: int
) -> ConflictDeclaration | None:
    return session.scalar(
        select(ConflictDeclaration).where(
            ConflictDeclaration.activity_id == activity_id,
            ConflictDeclaration.member_id == member_id,
        )
    )


def progress_of(session: Session, activity_id: int) -> Sequence[Progress]:
    """Everybody who said yes to the activity, by when they answered. One query."""
    rows = session.execute(
        select(Invitation, AssignmentAgreement, ConflictDeclaration)
        .outerjoin(
            AssignmentAgreement,
            (AssignmentAgreement.activity_id == Invitation.activity_id)
            & (AssignmentAgreement.member_id == Invitation.member_id),
        )
        .outerjoin(
            ConflictDeclaration,
            (ConflictDeclaration.activity_id == Invitation.activity_id)
            & (ConflictDeclaration.member_id == Invitation.member_id),
        )
        .where(
            Invitation.activity_id == activity_id,
            Invitation.state == InvitationState.ACCEPTED,
        )
        .options(joinedload(Invitation.member))
        .order_by(Invitation.answered_at, Invitation.id)
    )
    return [Progress(*row) for row in rows]


def agreement_in(session: Session, activity_id: int, public_id: str) -> AssignmentAgreement:
    """One agreement of an activity the caller may manage. Raises NotFound."""
    found = session.scalar(
        select(AssignmentAgreement)
        .where(
            AssignmentAgreement.activity_id == activity_id,
            AssignmentAgreement.public_id == public_id,
        )
        .options(joinedload(AssignmentAgreement.member))
    )
    if found is None:
        raise NotFound
    return found


def declaration_in(
    session: Session, activity_id: int, public_id: str, *, to_change: bool = False
) -> ConflictDeclaration:
    """One declaration of an activity the caller may manage. Raises NotFound."""
    statement = (
        select(ConflictDeclaration)
        .where(
            ConflictDeclaration.activity_id == activity_id,
            ConflictDeclaration.public_id == public_id,
        )
        .options(joinedload(ConflictDeclaration.member))
    )
    if to_change:
        statement = statement.with_for_update(of=ConflictDeclaration)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def ties_in(declaration: ConflictDeclaration) -> tuple[Tie, ...]:
    """What a declaration says."""
    return tuple(
        Tie(
            kind=tie["kind"],
            words=tie["words"],
            organisation_id=tie["organisation_id"],
            unit_id=tie["unit_id"],
            declared_at=declaration.declared_at,
            activity_id=declaration.activity_id,
        )
        for tie in json.loads(declaration.ties)
    )


def declared_ties(session: Session, member_ids: Collection[int]) -> Mapping[int, Sequence[Tie]]:
    """Every tie these people have declared, in any assignment, newest first. One query.

    For audits, whose team must have no ties to the unit.
    """
    found: dict[int, list[Tie]] = defaultdict(list)
    rows = session.scalars(
        select(ConflictDeclaration)
        .where(ConflictDeclaration.member_id.in_(member_ids), ConflictDeclaration.has_ties)
        .order_by(ConflictDeclaration.declared_at.desc(), ConflictDeclaration.id.desc())
    )
    for declaration in rows:
        found[declaration.member_id].extend(ties_in(declaration))
    return found


def yet_to_declare(
    session: Session, organisation_id: int, member_ids: Collection[int]
) -> frozenset[int]:
    """Those who said yes to something of the organisation that asks for ties, and told none yet.

    For audits, where silence is no answer. One query.
    """
    rows = session.execute(
        select(Invitation.member_id, AssignmentTerms, Activity)
        .join(Activity, Activity.id == Invitation.activity_id)
        .outerjoin(AssignmentTerms, AssignmentTerms.activity_id == Activity.id)
        .outerjoin(
            ConflictDeclaration,
            (ConflictDeclaration.activity_id == Invitation.activity_id)
            & (ConflictDeclaration.member_id == Invitation.member_id),
        )
        .where(
            Invitation.member_id.in_(member_ids),
            Invitation.state == InvitationState.ACCEPTED,
            Activity.organisation_id == organisation_id,
            Activity.state.in_(STILL_TO_COME),
            ConflictDeclaration.id.is_(None),
        )
    )
    return frozenset(
        member_id
        for member_id, terms, activity in rows
        if terms_from(terms, activity).needs.declaration
    )


def matters_to_decide(session: Session, actor: Actor) -> Sequence[tuple[Activity, int, int]]:
    """Activities with ties to decide on or questions to answer: (activity, ties, questions).

    A coordinator's own declaration waits for somebody else. One query.
    """
    scope = actor.scope(Permission.MANAGE_ACTIVITIES)
    if not scope:
        return []
    ties = _counted(
        select(ConflictDeclaration.activity_id, func.count().label("waiting"))
        .join(BankMember, BankMember.id == ConflictDeclaration.member_id)
        .where(
            ConflictDeclaration.has_ties,
            ConflictDeclaration.decision.is_(None),
            BankMember.account_id != actor.account_id,
        )
        .group_by(ConflictDeclaration.activity_id)
    )
    questions = _counted(
        select(AssignmentAgreement.activity_id, func.count().label("waiting"))
        .where(AssignmentAgreement.asked_at.is_not(None), AssignmentAgreement.answered_at.is_(None))
        .group_by(AssignmentAgreement.activity_id)
    )
    statement = (
        select(Activity, func.coalesce(ties.c.waiting, 0), func.coalesce(questions.c.waiting, 0))
        .outerjoin(ties, ties.c.activity_id == Activity.id)
        .outerjoin(questions, questions.c.activity_id == Activity.id)
        .where(
            Activity.state.in_(STILL_TO_COME),
            or_(ties.c.waiting.is_not(None), questions.c.waiting.is_not(None)),
        )
        .order_by(Activity.starts_at, Activity.id)
    )
    if not scope.everywhere:
        statement = statement.where(Activity.organisation_id.in_(scope.organisation_ids))
    return [(activity, tied, asked) for activity, tied, asked in session.execute(statement)]


def _counted(statement: Any) -> Any:
    return statement.subquery()
