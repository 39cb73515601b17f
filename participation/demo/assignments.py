"""The year's agreements and compensation: most of it paid long ago, some of it waiting today."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from participation.activities.models import Activity, Invitation
from participation.activities.rules.states import InvitationState
from participation.assignments.models import AssignmentAgreement, CompensationClaim
from participation.assignments.queries import claim_of, terms_of
from participation.assignments.rules.agreements import packed, text_digest
from participation.assignments.rules.personal_numbers import check_digit
from participation.assignments.rules.states import Decision, Needs, TieKind
from participation.assignments.services import (
    ClaimDetails,
    DeclaredTie,
    accept_agreement,
    adjust_line,
    approve_claims,
    ask_about_agreement,
    attach_receipt,
    current_text,
    decide_on_ties,
    declare_ties,
    decline_claim,
    export_payroll,
    mark_paid,
    return_claim,
    set_terms,
    submit_claim,
)
from participation.demo.cast import COORDINATOR, RESIDENT, SECOND_COORDINATOR
from participation.demo.year import Year
from participation.foundation.clock import to_local
from participation.foundation.i18n import DEFAULT_LOCALE
from participation.interest_bank.models import BankMember

ADMINISTRATOR = "Ado Provgren"
AGREED = "a17"  # already held; those who came had agreed
ASKED = "a27"  # still to come; agreements and ties are coming in
WAITING = ("a21", "a17", "a19")  # their claims are on the way; all earlier ones are paid
RECEIPT = b"%PDF-1.4\n% kvitto\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF"
CLAIMED_AFTER = timedelta(days=4)
APPROVED_AFTER = timedelta(days=9)
PAID_AFTER = timedelta(days=14)


def compensate_year(year: Year) -> None:
    _agree(year)
    _pay_the_past(year)
    _leave_waiting(year)


# ---------------------------------------------------------------- agreements


def _agree(year: Year) -> None:
    held, coming = year.activities[AGREED], year.activities[ASKED]
    needs = Needs(agreement=True, declaration=True, compensation=True)
    with year.calendar.stand_at(year.calendar.today - timedelta(days=20), 9):
        set_terms(year.session, year.coordinator, held, replace(needs, declaration=False), "")
        set_terms(
            year.session,
            year.coordinator,
            coming,
            needs,
            "Det du hör om andra patienter stannar i rummet. Vi bjuder på kaffe.",
        )
    for invitation in _accepted(year, held):
        _lay_in_agreement(year, invitation)
    yes = _accepted(year, coming)
    with year.calendar.stand_at(year.calendar.today - timedelta(days=1), 18, 20):
        _answer_what_is_asked(year, coming, yes)


def _answer_what_is_asked(year: Year, activity: Activity, yes: Sequence[Invitation]) -> None:
    """Two have agreed without ties, one has ties to decide on, one asks first, the rest wait."""
    for invitation in yes[:3]:
        text, _template = current_text(
            year.session, activity, terms_of(year.session, activity), DEFAULT_LOCALE
        )
        accept_agreement(year.session, invitation, DEFAULT_LOCALE, text_digest(text.plain))
    for invitation in yes[:1]:
        declare_ties(year.session, invitation, [])
    for invitation in yes[1:3]:
        tie = DeclaredTie(
            kind=TieKind.RELATIVE,
            organisation_id=activity.organisation_id,
            unit_id=activity.unit_id,
            words="Min syster är sjuksköterska där.",
        )
        declared = declare_ties(year.session, invitation, [tie])
        if invitation is yes[1]:
            decide_on_ties(
                year.session,
                year.actor(SECOND_COORDINATOR),
                activity,
                declared,
                Decision.WITH_LIMITS,
                reason="Du är välkommen. När vi pratar om personalen går du på kaffe.",
            )
    for invitation in yes[3:4]:
        ask_about_agreement(year.session, invitation, "Får jag berätta hemma vad vi har pratat om?")


def _lay_in_agreement(year: Year, invitation: Invitation) -> None:
    """Agreed to when the invitation was answered, as it stands now."""
    activity = invitation.activity
    answered_at = invitation.answered_at
    text, template = current_text(
        year.session, activity, terms_of(year.session, activity), DEFAULT_LOCALE
    )
    year.session.add(
        AssignmentAgreement(
            activity_id=activity.id,
            member_id=invitation.member_id,
            template_id=template.id if template else None,
            template_version=template.version if template else None,
            locale=DEFAULT_LOCALE,
            text=packed(text),
            text_digest=text_digest(text.plain),
            accepted_at=answered_at,
        )
    )
    year.session.flush()


def _accepted(year: Year, activity: Activity) -> Sequence[Invitation]:
    return year.session.scalars(
        select(Invitation)
        .where(Invitation.activity_id == activity.id, Invitation.state == InvitationState.ACCEPTED)
        .options(
            selectinload(Invitation.activity).selectinload(Activity.unit),
            selectinload(Invitation.activity).selectinload(Activity.organisation),
            selectinload(Invitation.member),
        )
        .order_by(Invitation.id)
    ).all()


# ---------------------------------------------------------------- claims


def _pay_the_past(year: Year) -> None:
    """One batch per activity, as soon as its claims are approved; a few people never claimed."""
    waiting = {year.activities[key].id for key in WAITING}
    for activity in _by_time(year):
        if activity.id in waiting:
            continue
        held_on = to_local(activity.starts_at).date()
        claims = list(_claims(year, activity))
        if not claims:
            continue
        if len(claims) > 4:
            _decline(year, claims.pop(), held_on)
        for number, claim in enumerate(claims):
            _submit(year, claim, held_on + CLAIMED_AFTER, kilometres=(number % 3) * 34)
        _approve(year, claims, held_on + APPROVED_AFTER)
        _export(year, held_on + APPROVED_AFTER + timedelta(days=1), paid_on=held_on + PAID_AFTER)


def _leave_waiting(year: Year) -> None:
    """What coordinators, administrators and the resident find today."""
    newest, held, council = (year.activities[key] for key in WAITING)
    day = year.calendar.today
    seated = list(_claims(year, council))
    for claim in seated:
        _submit(year, claim, day - timedelta(days=18), kilometres=60)
    _approve(year, seated, day - timedelta(days=12), adjusted=seated[0])
    _export(year, day - timedelta(days=11), paid_on=None)
    for number, claim in enumerate(_claims(year, newest)):
        if number < 4:
            _submit(year, claim, day - timedelta(days=3), kilometres=number * 22)
    theirs = [claim for claim in _claims(year, held) if not _is_residents(year, claim)]
    _with_receipt(year, theirs[0], day - timedelta(days=8))
    _decline(year, theirs[1], day - timedelta(days=30))
    _submit(year, theirs[2], day - timedelta(days=20), other_cost_ore=189_00)
    with year.calendar.stand_at(day - timedelta(days=6), 14):
        reason = "Kvittot för bussen syns inte. Ta ett nytt foto."
        return_claim(year.session, year.actor(SECOND_COORDINATOR), theirs[2], reason)
    for claim in theirs[3:5]:
        _submit(year, claim, day - timedelta(days=16), kilometres=46)
    _approve(year, theirs[3:5], day - timedelta(days=5))


def _with_receipt(year: Year, claim: CompensationClaim, on: date) -> None:
    with year.calendar.stand_at(on, 19):
        attach_receipt(year.session, claim, name="kvitto-buss.pdf", content=RECEIPT)
    _submit(year, claim, on, other_cost_ore=96_00, preparation_minutes=60)


def _submit(year: Year, claim: CompensationClaim, on: date, **added: Any) -> None:
    member = year.session.get_one(BankMember, claim.member_id)
    details = ClaimDetails(
        payee_name=member.name,
        personal_number=_number(year, member),
        bank_account=f"8000-2, {year.chance.randint(100_000_000, 999_999_999)}",
    )
    with year.calendar.stand_at(on, 19, 10):
        submit_claim(year.session, claim, replace(details, **added), has_proof_on_paper=True)


def _decline(year: Year, claim: CompensationClaim, on: date) -> None:
    with year.calendar.stand_at(on + CLAIMED_AFTER, 8):
        decline_claim(year.session, claim)


def _approve(
    year: Year,
    claims: Sequence[CompensationClaim],
    on: date,
    adjusted: CompensationClaim | None = None,
) -> None:
    approver = year.actor(SECOND_COORDINATOR)
    with year.calendar.stand_at(on, 15):
        for line in adjusted.lines if adjusted else ():
            if adjusted is not None and line.kind == "mileage":
                adjust_line(
                    year.session,
                    year.actor(COORDINATOR),
                    adjusted,
                    line.id,
                    amount_ore=85_00,
                    reason="Vägen är 34 kilometer enligt kartan.",
                )
        approve_claims(year.session, approver, claims)


def _export(year: Year, on: date, *, paid_on: date | None) -> None:
    payer = year.actor(ADMINISTRATOR)
    with year.calendar.stand_at(on, 9):
        batch = export_payroll(year.session, payer)
    if batch is not None and paid_on is not None:
        with year.calendar.stand_at(paid_on, 11) as moment:
            mark_paid(year.session, payer, batch, to_local(moment).date())


def _claims(year: Year, activity: Activity) -> Iterable[CompensationClaim]:
    member_ids = year.session.scalars(
        select(CompensationClaim.member_id)
        .where(CompensationClaim.activity_id == activity.id)
        .order_by(CompensationClaim.id)
    ).all()
    for member_id in member_ids:
        yield claim_of(year.session, activity.id, member_id)


def _by_time(year: Year) -> list[Activity]:
    return sorted(year.activities.values(), key=lambda activity: activity.starts_at)


def _is_residents(year: Year, claim: CompensationClaim) -> bool:
    return claim.member_id == year.members[RESIDENT].id


def _number(year: Year, member: BankMember) -> str:
    """A number that belongs to nobody: birth numbers from 980 are never given to anybody."""
    month, day = year.chance.randint(1, 12), year.chance.randint(1, 28)
    born = f"{member.birth_year or 1970}{month:02d}{day:02d}"
    serial = f"{year.chance.randint(980, 999)}"
    return f"{born}-{serial}{check_digit(born[2:] + serial)}"
