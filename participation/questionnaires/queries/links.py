"""Open links of units: what a poster's address leads to, and which units have one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.county.models import Unit
from participation.questionnaires.models import OpenLink, SurveyRound
from participation.questionnaires.queries.rounds import round_by_id, round_to_answer
from participation.questionnaires.rules.codes import read_short_code
from participation.questionnaires.rules.rounds import LinkKind


@dataclass(frozen=True)
class Arrival:
    """Where an open link leads: a round, and the unit whose link it is."""

    survey_round: SurveyRound
    unit: Unit | None = None
    kind: LinkKind | None = None

    @property
    def is_open(self) -> bool:
        """Whether one may begin without a personal link."""
        return self.kind is not None or self.survey_round.has_open_link

    @property
    def unit_id(self) -> int | None:
        return self.unit.id if self.unit is not None else None


def arrival(session: Session, name: str) -> Arrival | None:
    """The round behind an open address: its short name, its public id or a unit's code."""
    found = round_to_answer(session, name)
    if found is not None:
        return Arrival(found)
    link = _link_by_code(session, name)
    if link is None:
        return None
    unit = session.get(Unit, link.unit_id) if link.unit_id is not None else None
    return Arrival(round_by_id(session, link.round_id), unit, LinkKind(link.kind))


def _link_by_code(session: Session, typed: str) -> OpenLink | None:
    return session.scalar(select(OpenLink).where(OpenLink.code == read_short_code(typed)))


def open_links(
    session: Session, survey_round: SurveyRound, kind: LinkKind = LinkKind.POSTER
) -> Sequence[tuple[OpenLink, Unit | None]]:
    """The links of a round with their units, by the unit's name."""
    rows = session.execute(
        select(OpenLink, Unit)
        .outerjoin(Unit, Unit.id == OpenLink.unit_id)
        .where(OpenLink.round_id == survey_round.id, OpenLink.kind == kind)
        .order_by(Unit.name, OpenLink.id)
    )
    return [(link, unit) for link, unit in rows]


def links_by_unit(
    session: Session, survey_round: SurveyRound, kind: LinkKind
) -> Mapping[int | None, OpenLink]:
    """A round's links of one kind, by unit id."""
    return {link.unit_id: link for link, _unit in open_links(session, survey_round, kind)}
