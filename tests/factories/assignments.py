"""Rates, agreements and claims for tests."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.activities.models import Attendance, Invitation
from participation.activities.rules.tokens import invitation_token
from participation.assignments.models import (
    AgreementTemplate,
    BaseAmount,
    CompensationClaim,
    RateRow,
    RateTable,
)
from participation.assignments.services import ClaimDetails
from participation.county.models import Organisation
from participation.foundation.clock import now, today
from participation.interest_bank.models import BankMember
from tests.factories.activities import make_activity, make_invitation, make_round

LAYER = "test"
# Skatteverket gives the birth numbers 980–999 to nobody.
NUMBER = "19900101-9802"
ACCOUNT = "8000-2 123 456 789-0"
PDF = b"%PDF-1.7 a receipt %%EOF"

RATES: tuple[dict[str, Any], ...] = (
    {"kind": "hour", "amount_ore": 200_00, "up_to_minutes": 120},
    {"kind": "half_day", "percent_thousandths": 1_200, "up_to_minutes": 240},
    {"kind": "full_day", "percent_thousandths": 2_000},
    {"kind": "preparation", "amount_ore": 200_00},
    {"kind": "travel_time", "amount_ore": 120_00},
    {"kind": "mileage", "amount_ore": 2_50, "is_taxable": False},
    {"kind": "lost_income", "cap_ore": 2_500_00, "needs_proof": True},
    {"kind": "other_cost", "cap_ore": 3_000_00, "needs_proof": True, "is_taxable": False},
)


def make_rates(session: Session, **overrides: Any) -> RateTable:
    """Rates in force since 2025, and the base amount of 2026; flushed, not committed."""
    table = RateTable(
        **{
            "layer": LAYER,
            "key": "rates-2025",
            "name": "Ersättning 2025",
            "valid_from": date(2025, 1, 1),
            "step_minutes": 30,
            "claim_days": 90,
            "number_kept_days": 60,
            **overrides,
        }
    )
    session.add(table)
    session.flush()
    session.add_all(
        RateRow(
            layer=LAYER,
            rate_table_id=table.id,
            position=position,
            **{"is_taxable": True, "needs_proof": False, **rate},
        )
        for position, rate in enumerate(RATES)
    )
    session.add(BaseAmount(layer=LAYER, year=table.valid_from.year, amount_ore=59_200_00))
    session.flush()
    return table


def make_template(session: Session, **overrides: Any) -> AgreementTemplate:
    """Words to agree to; flushed, not committed."""
    template = AgreementTemplate(
        **{
            "layer": LAYER,
            "key": "standard-1",
            "kind": "any",
            "version": 1,
            "valid_from": date(2025, 1, 1),
            "sections": [
                {"title": "Tystnad", "titles": {}, "text": "Det stannar hos dig.", "texts": {}}
            ],
            **overrides,
        }
    )
    session.add(template)
    session.flush()
    return template


def make_yes(
    session: Session, organisation: Organisation, member: BankMember, **overrides: Any
) -> Invitation:
    """An activity to which somebody has said yes; flushed, not committed."""
    activity = make_activity(session, organisation, **{"state": "open", **overrides})
    return make_invitation(session, make_round(session, activity), member, state="accepted")


def make_claim(
    session: Session, organisation: Organisation, member: BankMember, **overrides: Any
) -> CompensationClaim:
    """A claim for two hours last week, with attendance; flushed, not committed."""
    table_id = overrides.pop("rate_table_id", None) or make_rates(session).id
    activity = overrides.pop("activity", None) or make_activity(
        session, organisation, state="completed", starts_at=now() - timedelta(days=7)
    )
    make_invitation(session, make_round(session, activity), member, state="accepted")
    session.add(Attendance(activity_id=activity.id, member_id=member.id, present=True))
    claim = CompensationClaim(
        **{
            "activity_id": activity.id,
            "member_id": member.id,
            "rate_table_id": table_id,
            "closes_on": today() + timedelta(days=83),
            "attended_minutes": 120,
            **overrides,
        }
    )
    session.add(claim)
    session.flush()
    return claim


def make_details(**overrides: Any) -> ClaimDetails:
    return ClaimDetails(
        **{
            "payee_name": "Tuva Exempelsson",
            "personal_number": NUMBER,
            "bank_account": ACCOUNT,
            **overrides,
        }
    )


def page_behind(session: Session, activity_id: int, member: BankMember, page: str) -> str:
    """The path of a page behind the person's link."""
    public_id = session.scalars(
        select(Invitation.public_id).where(
            Invitation.activity_id == activity_id, Invitation.member_id == member.id
        )
    ).one()
    return f"/i/{invitation_token(public_id)}/{page}"
