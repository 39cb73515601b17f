"""A member's fees for the council's meetings."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from participation.activities.rules.states import (
    ActivityKind,
)
from participation.activities.rules.tokens import invitation_token
from participation.assignments.models import CompensationClaim
from participation.assignments.queries import OwnAssignment
from participation.assignments.rules.money import kronor
from participation.assignments.rules.states import WITH_THE_PERSON, ClaimState
from participation.foundation.clock import to_local
from participation.foundation.i18n import format_day


@dataclass(frozen=True)
class Fees:
    """A member's fees for the council's meetings: what is to be claimed, and what has come."""

    to_claim: Sequence[tuple[str, str]]  # the meeting's day, and the address of the claim
    on_its_way_ore: int
    paid_ore: int

    @property
    def on_its_way(self) -> str:
        return kronor(self.on_its_way_ore)

    @property
    def paid(self) -> str:
        return kronor(self.paid_ore)


ON_ITS_WAY = (ClaimState.SUBMITTED, ClaimState.APPROVED, ClaimState.EXPORTED)


def fees(assignments: Sequence[OwnAssignment]) -> Fees:
    """What a member has to claim, waits for and was paid, for council meetings alone."""
    held = [
        (one, one.claim)
        for one in assignments
        if one.claim is not None and one.activity.kind == ActivityKind.COUNCIL_MEETING
    ]
    return Fees(
        to_claim=[
            (format_day(to_local(one.activity.starts_at).date()), _claim_address(one))
            for one, claim in held
            if claim.state in WITH_THE_PERSON
        ],
        on_its_way_ore=sum(_sum(claim) for _one, claim in held if claim.state in ON_ITS_WAY),
        paid_ore=sum(_sum(claim) for _one, claim in held if claim.state == ClaimState.PAID),
    )


def _sum(claim: CompensationClaim) -> int:
    return claim.taxed_ore + claim.untaxed_ore


def _claim_address(one: OwnAssignment) -> str:
    return url_for("assignments.claim", token=invitation_token(one.invitation_public_id))
