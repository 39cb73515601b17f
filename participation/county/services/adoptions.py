"""Adoptions of the participation model: written down, corrected, ended; and what the file tells."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from participation.county.models import Adoption, Organisation
from participation.county.queries import adoption_in_force
from participation.county.rules.facts import OrganisationFacts
from participation.foundation.clock import today
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor


@dataclass(frozen=True, kw_only=True)
class AdoptionDecision:
    """What an organisation decided, as a coordinator writes it down."""

    since: date
    decided_by: str
    diary_number: str = ""
    note: str = ""


def record_adoption(
    session: Session, actor: Actor, organisation: Organisation, decision: AdoptionDecision
) -> Adoption:
    """The organisation adopts the model; from now on it may invite.

    Raises Conflict when it has adopted already, or when the day has not come.
    """
    if organisation.has_adopted or decision.since > today():
        raise Conflict
    adoption = Adoption(
        organisation_id=organisation.id, since_precision="day", layer=None, **vars(decision)
    )
    session.add(adoption)
    session.flush()
    _show(organisation, adoption)
    log_event(session, actor, "adoption_recorded", "organisation", organisation.public_id)
    return adoption


def correct_adoption(
    session: Session, actor: Actor, organisation: Organisation, decision: AdoptionDecision
) -> Adoption:
    """Correct what is written about the adoption in force; from then on the file follows it.

    Raises Conflict when none is in force, or when the day has not come.
    """
    if not organisation.has_adopted or decision.since > today():
        raise Conflict
    adoption = _in_force(session, organisation)
    if adoption.since != decision.since:
        adoption.since_precision = "day"
    for name, value in vars(decision).items():
        setattr(adoption, name, value)
    adoption.layer = None
    session.flush()
    _show(organisation, adoption)
    log_event(session, actor, "adoption_corrected", "organisation", organisation.public_id)
    return adoption


def end_adoption(
    session: Session, actor: Actor, organisation: Organisation, *, until: date, because: str
) -> Adoption:
    """The organisation no longer holds to the model: it may ask for nobody new.

    What is accepted or planned goes on as promised. Raises Conflict when nothing is in force, or
    when the day lies before the adoption or ahead.
    """
    if not organisation.has_adopted:
        raise Conflict
    adoption = _in_force(session, organisation)
    if not adoption.since <= until <= today():
        raise Conflict
    adoption.until = until
    adoption.ended_because = because
    session.flush()
    _show(organisation, None)
    log_event(session, actor, "adoption_ended", "organisation", organisation.public_id)
    return adoption


def adoption_columns(facts: OrganisationFacts, history: Iterable[Adoption]) -> dict[str, Any]:
    """What the organisation's row shows when the file is loaded: people's decisions go first."""
    earlier = list(history)
    by_hand = next((a for a in earlier if a.layer is None and a.until is None), None)
    if by_hand is not None:
        return _columns(by_hand)
    told = facts.adopted_on
    if told is None or any(a.until is not None for a in earlier):
        return _columns(None)
    return {
        "adopted_on": told.first_day,
        "adopted_precision": told.precision,
        "adoption_note": facts.adoption_note,
    }


def follow_file(
    session: Session,
    layer: str,
    organisation: Organisation,
    facts: OrganisationFacts,
    history: Iterable[Adoption],
) -> None:
    """Bring the history in line with the file, unless people have decided otherwise since."""
    earlier = list(history)
    if any(a.layer is None or a.until is not None for a in earlier):
        return
    told = facts.adopted_on
    row = next((a for a in earlier if a.layer == layer), None)
    if told is None:
        if row is not None:
            session.delete(row)  # the file took back what it said; nobody decided anything
        return
    if row is None:
        row = Adoption(organisation_id=organisation.id, layer=layer)
        session.add(row)
    row.since, row.since_precision = told.first_day, told.precision
    row.note = facts.adoption_note or ""


def _in_force(session: Session, organisation: Organisation) -> Adoption:
    """The adoption in force, written down now if only the organisation's row knew of it."""
    found = adoption_in_force(session, organisation.id)
    if found is None:
        found = Adoption(
            organisation_id=organisation.id,
            since=organisation.adopted_on,
            since_precision=organisation.adopted_precision or "day",
            note=organisation.adoption_note or "",
        )
        session.add(found)
        session.flush()
    return found


def _show(organisation: Organisation, adoption: Adoption | None) -> None:
    for name, value in _columns(adoption).items():
        setattr(organisation, name, value)


def _columns(adoption: Adoption | None) -> dict[str, Any]:
    return {
        "adopted_on": adoption.since if adoption else None,
        "adopted_precision": adoption.since_precision if adoption else None,
        "adoption_note": (adoption.note or None) if adoption else None,
    }
