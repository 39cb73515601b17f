"""Requests, activities and invitations for tests."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.activities.models import (
    Activity,
    Invitation,
    InvitationRound,
    ParticipationRequest,
)
from participation.activities.rules.tokens import invitation_token
from participation.activities.services.mails import hashed_token
from participation.county.models import Organisation
from participation.foundation.clock import now
from participation.foundation.db import new_public_id
from participation.interest_bank.models import BankMember


def make_request(
    session: Session, organisation: Organisation, account: Account, **overrides: Any
) -> ParticipationRequest:
    """A submitted request; flushed, not committed."""
    request = ParticipationRequest(
        **{
            "organisation_id": organisation.id,
            "created_by_account_id": account.id,
            "title": "Bättre kallelser",
            "task": "Läsa våra kallelser och säga vad som är svårt.",
            "kind": "focus_group",
            "people_count": 6,
            "wanted_from": (now() + timedelta(days=30)).date(),
            "state": "submitted",
            "submitted_at": now(),
            "answer_due_on": (now() + timedelta(days=7)).date(),
            **overrides,
        }
    )
    session.add(request)
    session.flush()
    return request


def make_activity(session: Session, organisation: Organisation, **overrides: Any) -> Activity:
    """A planned activity at noon in three weeks; flushed, not committed."""
    noon = (now() + timedelta(days=21)).replace(hour=11, minute=0, second=0, microsecond=0)
    starts_at = overrides.pop("starts_at", noon)
    activity = Activity(
        **{
            "organisation_id": organisation.id,
            "kind": "focus_group",
            "title": "Hem från avdelningen",
            "description": "Vi pratar om hur det är att komma hem.",
            "place": "Storgatan 1, Nybro",
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=2),
            "seats": 8,
            "contact_text": "Ebba Demolund, 010-000 00 00",
            **overrides,
        }
    )
    session.add(activity)
    session.flush()
    return activity


def make_round(session: Session, activity: Activity, **overrides: Any) -> InvitationRound:
    """An invitation round that can be answered for ten days; flushed, not committed."""
    invitation_round = InvitationRound(
        **{
            "activity_id": activity.id,
            "number": 1,
            "reply_by": now() + timedelta(days=10),
            "sent_at": now(),
            "reason": "De bor nära.",
            **overrides,
        }
    )
    session.add(invitation_round)
    session.flush()
    return invitation_round


def make_invitation(
    session: Session, invitation_round: InvitationRound, member: BankMember, **overrides: Any
) -> Invitation:
    """A sent invitation; flushed, not committed."""
    public_id = overrides.pop("public_id", new_public_id())
    invitation = Invitation(
        **{
            "public_id": public_id,
            "activity_id": invitation_round.activity_id,
            "round_id": invitation_round.id,
            "member_id": member.id,
            "token_hash": hashed_token(public_id),
            "state": "sent",
            **overrides,
        }
    )
    session.add(invitation)
    session.flush()
    return invitation


def link_of(invitation: Invitation) -> str:
    """The personal link's path."""
    return f"/i/{invitation_token(invitation.public_id)}"
