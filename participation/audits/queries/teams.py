"""The team of an audit and its work: members, guide and interviews."""

from collections.abc import Sequence

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from participation.accounts.models import Account
from participation.audits.models import Audit, AuditInterview, AuditQuestion, AuditTeamMember
from participation.audits.queries.lenses import (
    Lens,
    check_inside,
    is_in_team,
    is_led_by,
    or_not_found,
)
from participation.audits.rules.states import FINISHED
from participation.county.models import Unit
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor

MOST_GUIDES = 30


def team_of(session: Session, lens: Lens) -> Sequence[AuditTeamMember]:
    """The audit's auditors now. Raises NotFound for the unit."""
    check_inside(lens)
    return session.scalars(
        select(AuditTeamMember)
        .where(AuditTeamMember.audit_id == lens.audit.id, AuditTeamMember.left_at.is_(None))
        .options(joinedload(AuditTeamMember.account))
        .order_by(AuditTeamMember.id)
    ).all()


def team_size(session: Session, audit_id: int) -> int:
    return (
        session.scalar(
            select(func.count(AuditTeamMember.id)).where(
                AuditTeamMember.audit_id == audit_id, AuditTeamMember.left_at.is_(None)
            )
        )
        or 0
    )


def team_member(session: Session, lens: Lens, public_id: str) -> AuditTeamMember:
    """One auditor of an audit the person leads. Raises NotFound."""
    check_inside(lens)
    return or_not_found(
        session.scalar(
            select(AuditTeamMember)
            .where(
                AuditTeamMember.audit_id == lens.audit.id,
                AuditTeamMember.public_id == public_id,
                AuditTeamMember.left_at.is_(None),
            )
            .options(joinedload(AuditTeamMember.account))
        )
    )


def own_place(session: Session, lens: Lens, actor: Actor) -> AuditTeamMember | None:
    """The person's own place in the team."""
    return session.scalar(
        select(AuditTeamMember).where(
            AuditTeamMember.audit_id == lens.audit.id,
            AuditTeamMember.account_id == actor.account_id,
            AuditTeamMember.left_at.is_(None),
        )
    )


def places_of(session: Session, account_id: int) -> Sequence[tuple[AuditTeamMember, Audit]]:
    """Every audit somebody is or was an auditor of, newest first."""
    rows = session.execute(
        select(AuditTeamMember, Audit)
        .join(Audit, Audit.id == AuditTeamMember.audit_id)
        .where(AuditTeamMember.account_id == account_id)
        .order_by(AuditTeamMember.id.desc())
    )
    return [(place, audit) for place, audit in rows]


def questions_of(session: Session, lens: Lens) -> Sequence[AuditQuestion]:
    """The interview guide, in order. Raises NotFound for the unit."""
    check_inside(lens)
    return session.scalars(
        select(AuditQuestion)
        .where(AuditQuestion.audit_id == lens.audit.id)
        .order_by(AuditQuestion.number)
    ).all()


def interview_count(session: Session, lens: Lens) -> int:
    """How many interviews there are: all that those who lead see of them."""
    check_inside(lens)
    return (
        session.scalar(
            select(func.count(AuditInterview.id)).where(AuditInterview.audit_id == lens.audit.id)
        )
        or 0
    )


def interviews_of(session: Session, lens: Lens) -> Sequence[AuditInterview]:
    """The interviews, for the audit's own team only. Raises NotFound for everybody else."""
    if not lens.is_team:
        raise NotFound
    return session.scalars(
        select(AuditInterview)
        .where(AuditInterview.audit_id == lens.audit.id)
        .order_by(AuditInterview.number, AuditInterview.id)
    ).all()


def interview(session: Session, lens: Lens, public_id: str) -> AuditInterview:
    """One interview, for the audit's own team only. Raises NotFound."""
    if not lens.is_team:
        raise NotFound
    return or_not_found(
        session.scalar(
            select(AuditInterview).where(
                AuditInterview.audit_id == lens.audit.id, AuditInterview.public_id == public_id
            )
        )
    )


def open_interview(session: Session, lens: Lens, public_id: str) -> AuditInterview:
    """One interview to read here: until it is handed over to coding, where it is read from then
    on, and never once the audit is finished or called off. Raises NotFound."""
    found = interview(session, lens, public_id)
    if found.handed_over_at is not None or lens.state in FINISHED:
        raise NotFound
    return found


def colleagues(
    session: Session, lens: Lens, author: int | None, second: int | None
) -> Sequence[AuditTeamMember]:
    """Who may have been with `author` at an interview: the team now, and `second` whoever they
    are. For the audit's own team only. Raises NotFound."""
    if not lens.is_team:
        raise NotFound
    return session.scalars(
        select(AuditTeamMember)
        .where(
            AuditTeamMember.audit_id == lens.audit.id,
            AuditTeamMember.account_id != author,
            or_(AuditTeamMember.left_at.is_(None), AuditTeamMember.account_id == second),
        )
        .options(joinedload(AuditTeamMember.account))
        .order_by(AuditTeamMember.id)
    ).all()


def name_of_second(session: Session, found: AuditInterview) -> str:
    """Who was there beside the one who wrote; "" for nobody. It came through `interview`."""
    if found.second_account_id is None:
        return ""
    return session.get_one(Account, found.second_account_id).display_name


def account_at(session: Session, lens: Lens, place: str | None) -> int | None:
    """Whose place in the team that is or was."""
    return session.scalar(
        select(AuditTeamMember.account_id).where(
            AuditTeamMember.audit_id == lens.audit.id, AuditTeamMember.public_id == place
        )
    )


def earlier_guides(session: Session, actor: Actor, audit: Audit) -> Sequence[Audit]:
    """Other audits the person may see inside that have a guide, newest first."""
    return session.scalars(
        select(Audit)
        .join(Unit, Unit.id == Audit.unit_id)
        .where(
            Audit.id != audit.id,
            or_(is_led_by(actor), is_in_team(actor)),
            exists().where(AuditQuestion.audit_id == Audit.id),
        )
        .order_by(Audit.id.desc())
        .limit(MOST_GUIDES)
    ).all()
