"""A person's own data: agreements and ties go on request, booked claims are held."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from participation.assignments.models import CompensationClaim
from participation.assignments.queries import (
    OwnAssignment,
    claims_of_person,
    own_assignments,
    ties_in,
)
from participation.assignments.rules.money import kronor
from participation.assignments.rules.states import (
    BOOKKEEPING_YEARS,
    CLAIM_LABELS,
    DECISION_LABELS,
    HELD,
    ClaimState,
    held_until,
)
from participation.assignments.services import forget_open_claims, forget_person
from participation.foundation.clock import to_local, today
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.providers import Address, DataSection

MINE = Address(endpoint="assignments.mine")


class AssignmentData:
    """What a person agreed to and which ties they declared."""

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        told = [
            one
            for one in own_assignments(session, account_id)
            if one.agreement is not None or one.declaration is not None
        ]
        if told:
            yield DataSection(
                title=_("Agreements and declared ties"),
                rows=tuple(row for one in told for row in _rows(one)),
                raw={"assignments": [_raw(one) for one in told]},
                edit=MINE,
            )

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        forget_person(session, account_id)
        return ()


class ClaimData:
    """A person's claims. Those that were booked are held, with the reason."""

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        found = claims_of_person(session, account_id)
        if found:
            yield DataSection(
                title=_("Compensation"),
                rows=tuple(
                    (
                        format_day(claim.activity.starts_at),
                        f"{claim.activity.title}: {CLAIM_LABELS[claim.state]}"
                        + (f", {kronor(claim.total_ore)}" if claim.total_ore else ""),
                    )
                    for claim in found
                ),
                raw={"compensation_claims": [_raw_claim(claim) for claim in found]},
                edit=MINE,
            )

    def kept(self, session: Session, account_id: int) -> Iterable[str]:
        return _reasons([c for c in claims_of_person(session, account_id) if c.state in HELD])

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        held = forget_open_claims(session, claims_of_person(session, account_id))
        return _reasons(held)


def _reasons(held: list[CompensationClaim]) -> Iterable[str]:
    """Why claims stay, and until when at the latest."""
    if not held:
        return
    last = max(held_until(claim.paid_on or today()) for claim in held)
    yield _(
        "What you have claimed and been paid stays until %(day)s, with your name and the receipts: "
        "the bookkeeping law asks for %(years)s years.",
        day=format_day(last),
        years=BOOKKEEPING_YEARS,
    )
    if any(claim.state != ClaimState.PAID for claim in held):
        yield _("Your personal number and account stay until the money has been paid.")


def _rows(one: OwnAssignment) -> Iterable[tuple[str, str]]:
    if one.agreed_at is not None:
        yield one.activity.title, _("Agreed %(day)s", day=format_day(one.agreed_at))
    elif one.agreement is not None and one.agreement.question:
        yield one.activity.title, one.agreement.question
    if one.declaration is not None:
        count = len(ties_in(one.declaration))
        words = _("Declared ties: %(count)s.", count=count) if count else _("No ties.")
        decision = one.declaration.decision
        yield one.activity.title, f"{words} {DECISION_LABELS[decision] if decision else ''}".strip()


def _raw(one: OwnAssignment) -> dict[str, Any]:
    agreement, declaration = one.agreement, one.declaration
    return {
        "activity": one.activity.title,
        "agreement": agreement
        and {
            "accepted_at": agreement.accepted_at and agreement.accepted_at.isoformat(),
            "version": agreement.template_version,
            "language": agreement.locale,
            "text": agreement.text,
            "text_digest": agreement.text_digest,
            "question": agreement.question,
            "answer": agreement.answer,
        },
        "declaration": declaration
        and {
            "declared_at": declaration.declared_at.isoformat(),
            "ties": [
                {
                    "kind": tie.kind,
                    "words": tie.words,
                    "unit": tie.unit_id,
                    "organisation": tie.organisation_id,
                }
                for tie in ties_in(declaration)
            ],
            "decision": declaration.decision,
            "reason": declaration.decision_reason,
        },
    }


def _raw_claim(claim: CompensationClaim) -> dict[str, Any]:
    return {
        "code": claim.code,
        "activity": claim.activity.title,
        "held_on": to_local(claim.activity.starts_at).date().isoformat(),
        "state": claim.state,
        "lines": [
            {
                "kind": line.kind,
                "quantity": line.quantity,
                "amount_ore": line.amount_ore,
                "claimed_ore": line.claimed_ore,
                "is_taxable": line.is_taxable,
                "reason": line.reason,
            }
            for line in claim.lines
        ],
        "taxed_ore": claim.taxed_ore,
        "untaxed_ore": claim.untaxed_ore,
        "words": claim.words,
        "name": claim.payee_name,
        "personal_number": claim.personal_number,
        "bank_account": claim.bank_account,
        "return_reason": claim.return_reason,
        "paid_on": claim.paid_on and claim.paid_on.isoformat(),
    }
