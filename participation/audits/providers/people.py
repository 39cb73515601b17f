"""What audits hold about an auditor, and what becomes of it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from participation.audits import queries
from participation.audits.queries.consents import consents_said_by, has_part
from participation.audits.queries.debriefs import debriefs_of
from participation.audits.queries.facts import remarks_written_by
from participation.audits.services import leave_teams
from participation.audits.services.merging import move_team_places
from participation.audits.services.own_data import forget_auditor
from participation.foundation.i18n import gettext as _
from participation.foundation.permissions import SYSTEM
from participation.foundation.providers import (
    DataSection,
)


class AuditorData:
    """What audits hold about one person: the teams they are or were in."""

    def sections(self, session: Session, account_id: int) -> Iterable[DataSection]:
        if not has_part(session, account_id):
            return
        places = queries.places_of(session, account_id)
        diary = debriefs_of(session, account_id)
        consents = consents_said_by(session, account_id)
        remarks = remarks_written_by(session, account_id)
        yield DataSection(
            title=_("User audits"),
            rows=tuple((_("In the team of"), audit.title) for place, audit in places),
            raw={
                "teams": [
                    {
                        "audit": audit.title,
                        "own_experience": place.own_experience,
                        "declared_at": place.declared_at and place.declared_at.isoformat(),
                        "ties": json.loads(place.ties) if place.ties else None,
                        "cleared_because": place.cleared_reason,
                        "left_at": place.left_at and place.left_at.isoformat(),
                    }
                    for place, audit in places
                ],
                "diary": [
                    {"written_at": one.written_at.isoformat(), "words": one.diary} for one in diary
                ],
                "public_summaries": [
                    {"audit": audit.title, "for_the_unit": one.is_unit, "says_yes": one.says_yes}
                    for one, audit in consents
                ],
                "facts": [
                    {
                        "audit": audit.title,
                        "said": one.text if one.by_account_id == account_id else None,
                        "answered": one.answer_text
                        if one.answered_by_account_id == account_id
                        else None,
                    }
                    for one, audit in remarks
                ],
            },
        )

    def erase(self, session: Session, account_id: int) -> Iterable[str]:
        kept = list(self.kept(session, account_id))
        forget_auditor(session, SYSTEM, account_id)
        return kept

    def kept(self, session: Session, account_id: int) -> Iterable[str]:
        if queries.places_of(session, account_id):
            yield _(
                "Notes you wrote for user audits, without your name: "
                "they are the words of those you talked with."
            )


class TeamPlacesMerged:
    """Places in audit teams follow to the entry that stays; the account that holds them stays."""

    event_name = "members_merged"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        move_team_places(session, data["kept_id"], data["gone_id"])


class TeamsOfWhoLeft:
    """Somebody left the interest bank: they are in no team from now on."""

    event_name = "membership_left"

    def handle(self, session: Session, data: Mapping[str, Any]) -> None:
        leave_teams(session, SYSTEM, data["account_id"])
