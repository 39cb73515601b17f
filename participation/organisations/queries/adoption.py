"""Who has adopted the participation model, and what an organisation has going on."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from participation.activities.models import Activity
from participation.activities.rules.states import STILL_TO_COME
from participation.county.models import Adoption, Organisation
from participation.county.queries import adopters, organisation_by_public_id
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission


@dataclass(frozen=True)
class Adopter:
    """An organisation that holds to the model, and the decision as exactly as it is known."""

    organisation: Organisation
    since: str  # "2018", "2018-09" or "2018-09-14"
    decided_by: str
    note: str


def adopter_lines(session: Session) -> list[Adopter]:
    """Everybody who may invite, the first to adopt first. One query."""
    return [_line(organisation, adoption) for organisation, adoption in adopters(session)]


def _line(organisation: Organisation, adoption: Adoption | None) -> Adopter:
    if adoption is not None:
        return Adopter(organisation, adoption.since_text, adoption.decided_by, adoption.note)
    length = {"year": 4, "month": 7}.get(organisation.adopted_precision or "day", 10)
    since = organisation.adopted_on.isoformat()[:length] if organisation.adopted_on else ""
    return Adopter(organisation, since, "", organisation.adoption_note or "")


def managed_organisation(session: Session, actor: Actor, public_id: str) -> Organisation:
    """An organisation somebody may manage. Raises NotFound."""
    found = organisation_by_public_id(session, public_id)
    if not actor.scope(Permission.MANAGE_ORGANISATIONS).has_organisation(found.id):
        raise NotFound
    return found


def running_activities_of(session: Session, organisation_id: int) -> Sequence[Activity]:
    """An organisation's activities that are still to come, the nearest first."""
    return session.scalars(
        select(Activity)
        .where(Activity.organisation_id == organisation_id, Activity.state.in_(STILL_TO_COME))
        .options(joinedload(Activity.unit), joinedload(Activity.organisation))
        .order_by(Activity.starts_at, Activity.id)
    ).all()
