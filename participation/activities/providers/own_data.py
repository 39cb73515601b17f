"""A person's own data: seen, taken along, erased."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from participation.activities.queries import (
    OwnInvitation,
    OwnRecord,
    own_invitations,
    own_record,
)
from participation.activities.rules.evaluation import QUESTIONS
from participation.activities.rules.states import INVITATION_STATE_LABELS
from participation.activities.services import forget_calendar, forget_member
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.foundation.providers import Address, DataSection
from participation.interest_bank.queries import own_membership


class InvitationData:
    """A person's invitations and what they said."""

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        record = own_record(session, account_id)
        if record.invitations:
            yield _invitations(record)
        if record.evaluations:
            yield _evaluations(record)
        if record.calendar_since is not None:
            yield _calendar(record.calendar_since)

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        forget_calendar(session, account_id)
        member = own_membership(session, account_id)
        if member is not None:
            forget_member(session, member.id)
        if any(invitation.was_there for invitation in own_invitations(session, account_id)):
            yield _(
                "That somebody took part in an activity stays, without your name, because the "
                "county counts its activities."
            )


def _invitations(record: OwnRecord) -> DataSection:
    return DataSection(
        title=_("Invitations"),
        rows=tuple(
            (
                format_day(invitation.sent_at),
                f"{invitation.title}: {INVITATION_STATE_LABELS[invitation.state]}",
            )
            for invitation in record.invitations
        ),
        raw={"invitations": [_raw(invitation) for invitation in record.invitations]},
    )


def _evaluations(record: OwnRecord) -> DataSection:
    return DataSection(
        title=_("What you thought afterwards"),
        rows=tuple(
            (title, _("You answered %(day)s.", day=format_day(one.answered_on)))
            for title, one in record.evaluations
        ),
        raw={
            "evaluations": [
                {
                    "activity": title,
                    "answered_on": one.answered_on.isoformat(),
                    **{name: getattr(one, name) for name in QUESTIONS},
                    "words": one.words,
                }
                for title, one in record.evaluations
            ]
        },
    )


def _calendar(since: datetime) -> DataSection:
    return DataSection(
        title=_("Your calendar address"),
        rows=((_("In force since"), format_day(since)),),
        raw={"calendar_address_since": since.isoformat()},
        edit=Address(endpoint="calendars.own"),
    )


def _raw(invitation: OwnInvitation) -> dict[str, Any]:
    return {
        "sent_at": invitation.sent_at.isoformat(),
        "activity": invitation.title,
        "starts_at": invitation.starts_at.isoformat(),
        "state": invitation.state,
        "answered_at": invitation.answered_at.isoformat() if invitation.answered_at else None,
        "reason": invitation.reason,
        "question": invitation.question,
        "reply": invitation.reply,
        "was_there": invitation.was_there,
    }
