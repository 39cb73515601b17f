"""The team: who examines, and that nothing ties them to the unit."""

import json
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.accounts.services import grant_role, revoke_role_of
from participation.assignments.rules.states import TieKind
from participation.audits.models import Audit, AuditTeamMember
from participation.audits.queries import team_size, tied_members
from participation.audits.rules.states import (
    FINISHED,
    TEAM_LARGEST,
    TEAM_OPEN,
)
from participation.audits.services.interviews import lock_audit
from participation.coding.rules.drafts import SourceKind
from participation.coding.services import release_coders
from participation.county.models import Unit
from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.mail_templates import absolute_url
from participation.foundation.outbox import queue_mail
from participation.foundation.permissions import Actor, Role
from participation.interest_bank.models import BankMember
from participation.training.queries import lacking
from participation.training.rules.kinds import USER_AUDIT


class NotInTheBank(Conflict):
    """The person has not joined the interest bank, or has left it."""

    code = "auditor_not_in_bank"


class NeedsTraining(Conflict):
    """The person has not completed the auditors' course, or it no longer holds.

    `data["course"]` names it.
    """

    code = "auditor_needs_training"


class HasTies(Conflict):
    """The person acts for the organisation whose unit is examined, or has declared a tie."""

    code = "auditor_has_ties"


def add_auditor(
    session: Session,
    actor: Actor,
    audit: Audit,
    member: BankMember,
    *,
    own_experience: str | None = None,
    is_told: bool = True,
) -> AuditTeamMember:
    """Somebody from the bank joins the team and gets a mail; they declare themselves afterwards.

    Raises:
        NotInTheBank: they are not in the bank (any more).
        HasTies: they act for the organisation, or have declared a tie that stands in the way.
        NeedsTraining: they lack a course that audits demand (DOMAIN.md, model point 6).
        Conflict: the team is closed or full, or they are in it.
    """
    lock_audit(session, audit.id)  # whoever joins and whoever is passed on take turns
    if not member.is_in_bank:
        raise NotInTheBank
    unit = session.get_one(Unit, audit.unit_id)
    if tied_members(session, unit, [member]):
        raise HasTies
    _check_training(session, member)
    place = _place(session, audit, member.account_id)
    if place is not None:
        session.refresh(place)
    is_in = place is not None and place.left_at is None
    if audit.state not in TEAM_OPEN or is_in or team_size(session, audit.id) >= TEAM_LARGEST:
        raise Conflict
    if place is None:
        place = AuditTeamMember(audit_id=audit.id, account_id=member.account_id)
        session.add(place)
    place.member_id = member.id
    place.own_experience = own_experience
    place.left_at = None
    _declare_anew(place)
    session.flush()
    account = session.get_one(Account, member.account_id)
    grant_role(session, account, Role.AUDITOR, actor=actor)
    _log(session, actor, "auditor_added", audit, account.id)
    if is_told:
        _tell(session, audit, account)
    return place


def _check_training(session: Session, member: BankMember) -> None:
    lacked = lacking(session, USER_AUDIT, [member.account_id]).get(member.account_id)
    if lacked:
        raise NeedsTraining(course=lacked[0].name)


def _declare_anew(place: AuditTeamMember) -> None:
    place.declared_at = place.ties = None
    place.cleared_at = place.cleared_by_account_id = place.cleared_reason = None


def declare_ties(
    session: Session,
    actor: Actor,
    audit: Audit,
    place: AuditTeamMember,
    *,
    kinds: Sequence[TieKind] = (),
    words: str = "",
) -> None:
    """The auditor says which ties they have to the unit, or none. With ties a coordinator decides.

    Whoever has declared none may still add some; declared ties are for the coordinator to decide
    and are not taken back by a second declaration.

    Raises Conflict then, and once interviews are held.
    """
    if audit.state not in TEAM_OPEN or place.ties is not None:
        raise Conflict
    _declare_anew(place)
    place.declared_at = now()
    if kinds:
        said = {"kinds": sorted(kinds), "words": words}
        place.ties = json.dumps(said, ensure_ascii=False)
    session.flush()
    _log(session, actor, "auditor_declared", audit, place.account_id)


def clear_ties(
    session: Session, actor: Actor, audit: Audit, place: AuditTeamMember, reason: str
) -> None:
    """Whoever leads says why declared ties do not stand in the way.

    Raises Conflict when there is nothing to decide.
    """
    if not place.waits_for_decision:
        raise Conflict
    place.cleared_at, place.cleared_by_account_id = now(), actor.account_id
    place.cleared_reason = reason
    session.flush()
    _log(session, actor, "auditor_ties_cleared", audit, place.account_id)


def remove_auditor(session: Session, actor: Actor, audit: Audit, place: AuditTeamMember) -> None:
    """The auditor leaves the team and sees nothing of the audit any more."""
    place.left_at = now()
    session.flush()
    release_coders(session, actor, SourceKind.AUDIT, audit.public_id, place.account_id)
    if not _places_going(session, place.account_id):
        account = session.get_one(Account, place.account_id)
        revoke_role_of(session, account, Role.AUDITOR, actor)
    _log(session, actor, "auditor_removed", audit, place.account_id)


def leave_teams(session: Session, actor: Actor, account_id: int) -> int:
    """Somebody left the bank: their places in audits that go on end, and the role with them.

    What they told about themselves for the team goes too; places of finished audits stay as
    they were. Returns how many places ended.
    """
    places = _places_going(session, account_id)
    for place, audit in places:
        place.own_experience = None
        _declare_anew(place)
        remove_auditor(session, actor, audit, place)
    return len(places)


def _place(session: Session, audit: Audit, account_id: int) -> AuditTeamMember | None:
    return session.scalar(
        select(AuditTeamMember).where(
            AuditTeamMember.audit_id == audit.id, AuditTeamMember.account_id == account_id
        )
    )


def _places_going(session: Session, account_id: int) -> list[tuple[AuditTeamMember, Audit]]:
    """Somebody's places in teams whose audit has not ended."""
    rows = session.execute(
        select(AuditTeamMember, Audit)
        .join(Audit, Audit.id == AuditTeamMember.audit_id)
        .where(
            AuditTeamMember.account_id == account_id,
            AuditTeamMember.left_at.is_(None),
            Audit.state.not_in(FINISHED),
        )
        .order_by(AuditTeamMember.id)
    )
    return [(place, audit) for place, audit in rows]


def _tell(session: Session, audit: Audit, account: Account) -> None:
    queue_mail(
        session,
        to=account.email,
        template="audits/team",
        locale=account.locale,
        context={
            "name": account.display_name,
            "link": absolute_url(f"/audits/{audit.public_id}"),
        },
        about=("audit", audit.public_id),
    )


def _log(session: Session, actor: Actor, action: str, audit: Audit, account_id: int) -> None:
    log_event(session, actor, action, "audit", audit.public_id, subject_account_id=account_id)
