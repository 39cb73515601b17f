"""Claiming: what a person asks for, by their link, signed in, or on paper through a coordinator."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from participation.assignments.models import ClaimLine, CompensationClaim
from participation.assignments.queries import tariff_of
from participation.assignments.rules.rates import (
    Claimed,
    Line,
    RateKind,
    Tariff,
    lines_of,
    proof_missing,
    sums_of,
)
from participation.assignments.rules.states import (
    MOST_FILES,
    WITH_THE_PERSON,
    ClaimState,
    moved,
)
from participation.assignments.services.mails import mail_claim
from participation.foundation.clock import now, to_local
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.files import StoredFile, forget_file, store_file
from participation.foundation.files.queries import file_about, files_about
from participation.foundation.permissions import NOBODY, Actor
from participation.interest_bank.models import BankMember

RECEIPTS = "claim"


class ProofMissing(Conflict):
    """Lost income or costs need a file that shows them; `data["kinds"]` says which."""

    code = "proof_missing"


class TooManyFiles(Conflict):
    """A claim takes ten files."""

    code = "too_many_files"


@dataclass(frozen=True, kw_only=True)
class ClaimDetails:
    """What somebody adds to what is filled in already, and where the money goes."""

    preparation_minutes: int = 0
    travel_minutes: int = 0
    kilometres: int = 0
    lost_income_ore: int = 0
    other_cost_ore: int = 0
    words: str | None = None
    payee_name: str
    personal_number: str
    bank_account: str


def claimed_of(claim: CompensationClaim) -> Claimed:
    """What a claim asks for, for the arithmetic."""
    return Claimed(
        attended_minutes=claim.attended_minutes,
        attended_days=claim.attended_days,
        preparation_minutes=claim.preparation_minutes,
        travel_minutes=claim.travel_minutes,
        kilometres=claim.kilometres,
        lost_income_ore=claim.lost_income_ore,
        other_cost_ore=claim.other_cost_ore,
    )


def claimed_with(claim: CompensationClaim, details: ClaimDetails) -> Claimed:
    """What a claim would ask for with these details."""
    return Claimed(
        attended_minutes=claim.attended_minutes,
        attended_days=claim.attended_days,
        preparation_minutes=details.preparation_minutes,
        travel_minutes=details.travel_minutes,
        kilometres=details.kilometres,
        lost_income_ore=details.lost_income_ore,
        other_cost_ore=details.other_cost_ore,
    )


def tariff_of_claim(session: Session, claim: CompensationClaim) -> Tariff:
    """The rates of the claim's own version and the activity's year."""
    return tariff_of(session, claim.rate_table, to_local(claim.activity.starts_at).year)


def submit_claim(
    session: Session,
    claim: CompensationClaim,
    details: ClaimDetails,
    *,
    filed_by: Actor = NOBODY,
    has_proof_on_paper: bool = False,
) -> None:
    """Send the claim in; sending it twice changes nothing. The claim is locked by the caller.

    `filed_by` is a coordinator who types in a paper form; nobody when the person does it.

    Raises:
        Conflict: it is approved, declined or closed.
        ProofMissing: lost income or costs without a file.
    """
    if claim.state == ClaimState.SUBMITTED:
        return
    state = moved(claim.state, ClaimState.SUBMITTED)
    tariff = tariff_of_claim(session, claim)
    claimed = claimed_with(claim, details)
    files = len(files_about(session, RECEIPTS, claim.public_id))
    missing = () if has_proof_on_paper else proof_missing(tariff, claimed, files)
    if missing:
        raise ProofMissing(kinds=missing)
    for name, value in vars(details).items():
        setattr(claim, name, value)
    _write_lines(session, claim, lines_of(tariff, claimed))
    claim.state, claim.submitted_at = state, now()
    claim.filed_by_account_id = filed_by.account_id
    session.flush()
    _log(session, filed_by, "claim_submitted", claim)
    mail_claim(session, "claim_submitted", claim)


def decline_claim(session: Session, claim: CompensationClaim) -> None:
    """The person wants no compensation: no number, no account, nothing kept."""
    if claim.state == ClaimState.DECLINED:
        return
    claim.state = moved(claim.state, ClaimState.DECLINED)
    forget_details(session, claim)
    session.flush()
    _log(session, NOBODY, "claim_declined", claim)
    mail_claim(session, "claim_declined", claim)


def withdraw_claim(session: Session, claim: CompensationClaim) -> None:
    """Take a claim back before it is approved, or regret having declined: it is offered anew."""
    if claim.state not in (ClaimState.SUBMITTED, ClaimState.DECLINED):
        raise Conflict
    claim.state = moved(claim.state, ClaimState.OFFERED)
    claim.submitted_at = claim.filed_by_account_id = None
    claim.personal_number = claim.bank_account = None
    claim.lines.clear()
    claim.taxed_ore = claim.untaxed_ore = 0
    session.flush()
    _log(session, NOBODY, "claim_withdrawn", claim)
    mail_claim(session, "claim_withdrawn", claim)


def attach_receipt(
    session: Session, claim: CompensationClaim, *, name: str, content: bytes, actor: Actor = NOBODY
) -> StoredFile:
    """Keep a receipt or a certificate with the claim.

    Raises:
        UnsafeFile: no whole PDF, PNG or JPEG of at most 5 MiB.
        TooManyFiles: it has ten already.
        Conflict: the claim is not with the person.
    """
    if claim.state not in WITH_THE_PERSON:
        raise Conflict
    if len(files_about(session, RECEIPTS, claim.public_id)) >= MOST_FILES:
        raise TooManyFiles
    return store_file(session, actor, about=(RECEIPTS, claim.public_id), name=name, content=content)


def remove_receipt(session: Session, claim: CompensationClaim, file_id: str) -> None:
    """Take a file off a claim that is not sent in."""
    if claim.state not in WITH_THE_PERSON:
        raise Conflict
    forget_file(session, file_about(session, RECEIPTS, claim.public_id, file_id))


def forget_number(claim: CompensationClaim) -> None:
    """What only the payment needed goes: number, account, words. Name and amounts were booked."""
    claim.personal_number = claim.bank_account = claim.words = claim.return_reason = None


def forget_details(session: Session, claim: CompensationClaim) -> None:
    """Everything goes that somebody added to a claim that will not be paid."""
    forget_number(claim)
    claim.payee_name = None
    for stored in files_about(session, RECEIPTS, claim.public_id):
        forget_file(session, stored)
    claim.lines.clear()
    claim.preparation_minutes = claim.travel_minutes = claim.kilometres = 0
    claim.lost_income_ore = claim.other_cost_ore = 0
    claim.taxed_ore = claim.untaxed_ore = 0
    session.flush()


def _write_lines(session: Session, claim: CompensationClaim, lines: tuple[Line, ...]) -> None:
    claim.lines.clear()
    session.flush()  # one line per kind: the old ones go before the new ones come
    claim.lines.extend(
        ClaimLine(
            kind=RateKind(line.kind),
            quantity=line.quantity,
            claimed_ore=line.amount_ore,
            amount_ore=line.amount_ore,
            is_taxable=line.is_taxable,
            is_capped=line.is_capped,
        )
        for line in lines
    )
    sums = sums_of(lines)
    claim.taxed_ore, claim.untaxed_ore = sums.taxed_ore, sums.untaxed_ore


def _log(session: Session, actor: Actor, action: str, claim: CompensationClaim) -> None:
    member = session.get_one(BankMember, claim.member_id)
    log_event(
        session,
        actor,
        action,
        "claim",
        claim.public_id,
        subject_account_id=member.account_id,
    )
