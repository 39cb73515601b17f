"""Interviews held without a connection: taking the audit along, and the box they are put into.

The box needs nobody signed in: what was written must arrive though the session has ended or the
auditor has left the team. What is not plainly the team's own waits for a person (`late`).
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from participation.accounts.queries import grants_of
from participation.accounts.rules.throttling import Limit
from participation.accounts.services import check_throttle, count_try
from participation.audits.models import (
    Audit,
    AuditFieldDeposit,
    AuditFieldDevice,
    AuditFieldKey,
    AuditInterview,
    AuditTeamMember,
)
from participation.audits.rules.field import (
    WAITING,
    DepositState,
    Told,
    Unreadable,
    digest_of,
    new_keys,
    open_sealed,
)
from participation.audits.rules.information import consent_version, is_consent
from participation.audits.rules.states import AuditState
from participation.audits.rules.weeks import week_of
from participation.audits.services.interviews import (
    NoConsent,
    add_to_material,
    lock_audit,
    next_number,
    set_answers,
    source_ref,
)
from participation.coding.services import forget_material
from participation.county.models import Unit
from participation.foundation.clock import now, today
from participation.foundation.crypto import new_token, token_hash
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import SYSTEM, Actor

DEPOSITS = Limit("field_deposits", 2_000, timedelta(hours=1))
_DEVICE = "field device"
MATERIAL_OPEN = (AuditState.ANALYSING, AuditState.REPORTED, AuditState.FED_BACK)


class NewerHere(Conflict):
    """The platform holds a newer or another version under this reference."""

    code = "newer_here"


class KeyGone(Conflict):
    """The audit has ended and its key is destroyed."""

    code = "key_gone"


@dataclass(frozen=True)
class Taken:
    """What a device needs to seal interviews and to hand them in."""

    token: str
    public_key: bytes


def take_along(session: Session, actor: Actor, audit: Audit) -> Taken:
    """Let one more device seal interviews for the audit. Raises Conflict outside of interviews."""
    locked = lock_audit(session, audit.id)
    if locked.state != AuditState.INTERVIEWING:
        raise Conflict
    key = session.get(AuditFieldKey, audit.id)
    if key is None:
        fresh = new_keys()
        key = AuditFieldKey(audit_id=audit.id, public_key=fresh.public, private_key=fresh.private)
        session.add(key)
    token = new_token()
    session.add(
        AuditFieldDevice(
            audit_id=audit.id, account_id=actor.account_id, token_hash=token_hash(_DEVICE, token)
        )
    )
    session.flush()
    log_event(session, actor, "audit_taken_along", "audit", audit.public_id)
    return Taken(token, key.public_key)


def put_in(
    session: Session, token: str, *, ref: str, version: int, sealed: bytes, digest: str
) -> AuditFieldDeposit:
    """Keep one sealed interview; the same again changes nothing.

    Raises:
        NotFound: no device has this token.
        KeyGone: nobody could ever open what is put in, so it stays on the device.
        NewerHere: something else stands under `ref` that is as new or newer.
        Throttled: the device hands in more than anybody writes.
        ValueError: damaged on the way; the device sends it again.
    """
    device = session.scalar(
        select(AuditFieldDevice).where(AuditFieldDevice.token_hash == token_hash(_DEVICE, token))
    )
    if device is None:
        raise NotFound
    if digest_of(sealed) != digest:
        raise ValueError("damaged on the way")
    check_throttle(session, DEPOSITS, str(device.id))
    count_try(session, DEPOSITS, str(device.id))
    audit = lock_audit(session, device.audit_id)
    found = session.scalar(select(AuditFieldDeposit).where(AuditFieldDeposit.ref == ref))
    if found is None:
        found = _first_of(session, device, ref)
    elif found.digest == digest:
        return found
    elif found.audit_id != audit.id or version <= found.version:
        raise NewerHere
    _must_have_key(session, audit, found)
    found.device_id, found.version, found.digest = device.id, version, digest
    if found.state != DepositState.FORGOTTEN:
        found.sealed, found.received_week = sealed, week_of(today())
        _open_or_keep(session, audit, found, device)
    session.flush()
    return found


def _must_have_key(session: Session, audit: Audit, deposit: AuditFieldDeposit) -> None:
    """A deposit whose words were taken back keeps none; any other needs somebody to open it."""
    key = session.get(AuditFieldKey, audit.id)
    is_gone = key is None or key.private_key is None
    if is_gone and deposit.state != DepositState.FORGOTTEN:
        raise KeyGone


def _first_of(session: Session, device: AuditFieldDevice, ref: str) -> AuditFieldDeposit:
    """A row under a new reference. Raises NewerHere when another audit has just taken it."""
    row = AuditFieldDeposit(
        ref=ref,
        audit_id=device.audit_id,
        device_id=device.id,
        version=0,
        digest="",
        sealed=b"",
        received_week=week_of(today()),
        state=DepositState.LATE.value,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as problem:
        raise NewerHere from problem
    return row


def _open_or_keep(
    session: Session, audit: Audit, deposit: AuditFieldDeposit, device: AuditFieldDevice
) -> None:
    try:
        told = _opened(session, audit, deposit)
    except Unreadable:
        deposit.state = DepositState.UNREADABLE.value
        return
    is_plain = is_consent(told.consent_version) and _is_in_team(session, device)
    if audit.state != AuditState.INTERVIEWING or not is_plain:
        deposit.state = DepositState.LATE.value
        return
    _write(session, SYSTEM, audit, deposit, told)


def _opened(session: Session, audit: Audit, deposit: AuditFieldDeposit) -> Told:
    key = session.get(AuditFieldKey, audit.id)
    if key is None or key.private_key is None:
        raise Unreadable("the key is gone")
    return open_sealed(
        key.private_key, audit.public_id, deposit.ref, deposit.version, deposit.sealed
    )


def _is_in_team(session: Session, device: AuditFieldDevice) -> bool:
    """Whether whoever took the audit along audits still, and has not come to act for the unit."""
    if device.account_id is None:
        return False
    organisation_id = session.scalar(
        select(Unit.organisation_id)
        .join(Audit, Audit.unit_id == Unit.id)
        .join(AuditTeamMember, AuditTeamMember.audit_id == Audit.id)
        .where(
            Audit.id == device.audit_id,
            AuditTeamMember.account_id == device.account_id,
            AuditTeamMember.left_at.is_(None),
        )
    )
    held = {grant.organisation_id for grant in grants_of(session, device.account_id)}
    return organisation_id is not None and organisation_id not in held


def _write(
    session: Session, actor: Actor, audit: Audit, deposit: AuditFieldDeposit, told: Told
) -> AuditInterview:
    """The interview of a deposit, new or replaced; the sealed copy is no longer needed."""
    device = session.get_one(AuditFieldDevice, deposit.device_id)
    second_account_id = _second(session, audit, told.second, device.account_id)
    interview = session.scalar(select(AuditInterview).where(AuditInterview.ref == deposit.ref))
    if interview is None:
        number = next_number(session, audit)
        interview = AuditInterview(audit_id=audit.id, number=number, ref=deposit.ref)
        session.add(interview)
    interview.by_account_id = device.account_id
    interview.second_account_id = second_account_id
    interview.respondent_role = told.respondent_role
    interview.held_week = told.held_week or deposit.received_week
    interview.notes = told.notes
    interview.consent_version = told.consent_version
    session.flush()
    set_answers(session, interview, told.answers)
    deposit.sealed, deposit.state = b"", DepositState.OPENED.value
    log_event(session, actor, "audit_interview_arrived", "audit_interview", interview.public_id)
    return interview


def _second(session: Session, audit: Audit, place: str, first: int | None) -> int | None:
    found = session.scalar(
        select(AuditTeamMember.account_id).where(
            AuditTeamMember.audit_id == audit.id, AuditTeamMember.public_id == place
        )
    )
    return None if found == first else found


def accept_late(
    session: Session,
    actor: Actor,
    audit: Audit,
    deposit: AuditFieldDeposit,
    *,
    has_consent: bool = False,
) -> None:
    """Take in what waits: into the audit, and into the material when that has been handed over.

    `has_consent`: the team knows that the person wants to take part, though no tick says so.

    Raises:
        Conflict: it does not wait, does not open, or the audit has ended.
        NoConsent: nobody noted that the person wants to take part.
    """
    locked = lock_audit(session, audit.id)
    session.refresh(deposit)
    is_open = locked.state in (AuditState.INTERVIEWING, *MATERIAL_OPEN)
    if deposit.state != DepositState.LATE or not is_open:
        raise Conflict
    try:
        told = _opened(session, locked, deposit)
    except Unreadable as problem:
        raise Conflict from problem
    if not is_consent(told.consent_version):
        if not has_consent:
            raise NoConsent
        told = replace(told, consent_version=consent_version())
    interview = _write(session, actor, locked, deposit, told)
    if locked.state in MATERIAL_OPEN:
        forget_material(session, source_ref(interview))  # an earlier version of it
        add_to_material(session, locked, [interview])
    session.flush()


def throw_away(session: Session, actor: Actor, audit: Audit, deposit: AuditFieldDeposit) -> None:
    """Destroy what waits and is not to be taken in; the device may forget its copy too."""
    if deposit.state not in WAITING:
        raise Conflict
    deposit.sealed, deposit.state = b"", DepositState.FORGOTTEN.value
    session.flush()
    log_event(session, actor, "audit_deposit_thrown_away", "audit", audit.public_id)


def close_field(session: Session, actor: Actor, audit: Audit) -> None:
    """The audit has ended: what is still sealed could be opened by nobody, so it goes with the key.

    That it arrived stays, so that a device learns what became of it and the page can tell.
    """
    key = session.get(AuditFieldKey, audit.id)
    if key is None or key.private_key is None:
        return
    key.private_key, key.destroyed_at = None, now()
    waiting = session.scalars(
        select(AuditFieldDeposit).where(
            AuditFieldDeposit.audit_id == audit.id, AuditFieldDeposit.state.in_(WAITING)
        )
    ).all()
    for deposit in waiting:
        deposit.sealed, deposit.state = b"", DepositState.DESTROYED.value
    session.flush()
    log_event(
        session,
        actor,
        "audit_field_key_destroyed",
        "audit",
        audit.public_id,
        destroyed=len(waiting),
    )
