"""Handing approved claims to payroll: each exactly once, in a numbered batch with its file."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.activities.rules.states import KIND_LABELS
from participation.assignments.models import CompensationClaim, PayrollBatch
from participation.assignments.queries import approved_claims, claims_in
from participation.assignments.rules.rates import RATE_LABELS, RateKind
from participation.assignments.rules.states import ClaimState, moved
from participation.assignments.services.mails import mail_claim
from participation.foundation.clock import to_local, today
from participation.foundation.errors import Conflict, NotFound
from participation.foundation.eventlog.services import log_event
from participation.foundation.i18n import DEFAULT_LOCALE, use_locale
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import Actor
from participation.foundation.tabular import csv_bytes
from participation.foundation.tabular.writing import Cell

ORE = Decimal(100)
ORE_STEP = Decimal("0.01")


def export_payroll(session: Session, actor: Actor) -> PayrollBatch | None:
    """Put every approved claim within the actor's reach into a new batch; None when there is none.

    The claims are locked first, so that of two who press at once one gets them all.
    """
    if actor.account_id is None:
        raise NotFound
    claims = approved_claims(session, actor)
    if not claims:
        return None
    batch = _new_batch(session, actor.account_id, claims)
    for claim in claims:
        claim.state, claim.batch_id = moved(claim.state, ClaimState.EXPORTED), batch.id
        _log_claim(session, actor, "claim_exported", claim, batch)
        mail_claim(session, "claim_exported", claim)
    log_event(
        session,
        actor,
        "payroll_exported",
        "payroll",
        batch.public_id,
        number=batch.number,
        claims=len(claims),
    )
    session.flush()
    return batch


def _new_batch(
    session: Session, account_id: int, claims: Sequence[CompensationClaim]
) -> PayrollBatch:
    """The batch with its file and its sums, under the next number."""
    number = (session.scalar(select(func.max(PayrollBatch.number))) or 0) + 1
    content = payroll_file(number, claims)
    batch = PayrollBatch(
        number=number,
        created_by_account_id=account_id,
        claim_count=len(claims),
        taxed_ore=sum(claim.taxed_ore for claim in claims),
        untaxed_ore=sum(claim.untaxed_ore for claim in claims),
        content=content,
        content_digest=hashlib.sha256(content).hexdigest(),
    )
    session.add(batch)
    session.flush()
    return batch


def mark_paid(session: Session, actor: Actor, batch: PayrollBatch, paid_on: date) -> int:
    """Note that payroll has paid the batch, locked by the caller; how many claims that were.

    Raises Conflict when it is paid already, or the day is to come or before the export.
    """
    made_on = to_local(batch.created_at).date()
    if batch.paid_on is not None or not made_on <= paid_on <= today():
        raise Conflict
    batch.paid_on, batch.paid_by_account_id = paid_on, actor.account_id
    claims = claims_in(session, batch.id)
    for claim in claims:
        claim.state, claim.paid_on = moved(claim.state, ClaimState.PAID), paid_on
        _log_claim(session, actor, "claim_paid", claim, batch)
        mail_claim(session, "claim_paid", claim)
    log_event(session, actor, "payroll_paid", "payroll", batch.public_id, number=batch.number)
    session.flush()
    return len(claims)


def payroll_file(number: int, claims: Sequence[CompensationClaim]) -> bytes:
    """The file for payroll: a line per claim, taxed and untaxed in columns of their own.

    It names the kind of activity and who bears the cost, never a title, unit or area.
    """
    with use_locale(DEFAULT_LOCALE):
        return csv_bytes(_headings(), (list(_row(number, claim)) for claim in claims))


def _headings() -> list[str]:
    return [
        _("Batch"),
        _("Claim number"),
        _("Personal number"),
        _("Name"),
        _("Bank account"),
        _("Date"),
        _("What"),
        _("Organisation that pays"),
        _("Taxed, SEK"),
        _("Untaxed, SEK"),
        *(str(RATE_LABELS[kind]) for kind in RateKind),
    ]


def _row(number: int, claim: CompensationClaim) -> Iterator[Cell]:
    amounts = {line.kind: line.amount_ore for line in claim.lines}
    yield number
    yield claim.code
    yield claim.personal_number
    yield claim.payee_name
    yield claim.bank_account
    yield to_local(claim.activity.starts_at).date()
    yield str(KIND_LABELS[claim.activity.kind])
    yield claim.activity.organisation.name
    yield _kronor(claim.taxed_ore)
    yield _kronor(claim.untaxed_ore)
    for kind in RateKind:
        yield _kronor(amounts[kind]) if kind in amounts else None


def _kronor(ore: int) -> Decimal:
    """Always with both decimals, as payroll programs read it: 1334,50."""
    return (ore / ORE).quantize(ORE_STEP)


def _log_claim(
    session: Session, actor: Actor, action: str, claim: CompensationClaim, batch: PayrollBatch
) -> None:
    log_event(
        session,
        actor,
        action,
        "claim",
        claim.public_id,
        subject_account_id=claim.member.account_id,
        batch=batch.number,
    )
