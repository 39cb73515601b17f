"""Reading the inventory: for everybody, for those who keep it, and for who writes questions."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from participation.county.queries import areas, organisations
from participation.foundation.errors import NotFound
from participation.foundation.permissions import Actor, Permission
from participation.foundation.providers import Address, SurveyEntry
from participation.inventory.models import InventoryImport, InventorySurvey
from participation.inventory.rules import Known


def may_keep(actor: Actor) -> bool:
    """The inventory is the whole county's, so a narrower coordinator keeps none of it."""
    return actor.scope(Permission.MANAGE_QUESTIONNAIRES).everywhere


def _surveys() -> Select[InventorySurvey]:
    survey = InventorySurvey
    return (
        select(survey)
        .options(joinedload(survey.organisation), joinedload(survey.area))
        .order_by(survey.title, survey.id)
    )


def registered(session: Session) -> list[SurveyEntry]:
    """Surveys of others that are still held. One statement."""
    statement = _surveys().where(InventorySurvey.ended_at.is_(None))
    return [as_entry(one) for one in session.scalars(statement)]


def ended(session: Session, actor: Actor) -> Sequence[InventorySurvey]:
    """Those that are held no more, for who may take them up again."""
    if not may_keep(actor):
        return []
    return session.scalars(_surveys().where(InventorySurvey.ended_at.is_not(None))).all()


def as_entry(survey: InventorySurvey) -> SurveyEntry:
    return SurveyEntry(
        key=survey.public_id,
        title=survey.title,
        organisation=survey.organisation.name,
        other_words=(
            *survey.organisation.names.values(),
            *(survey.area.names.values() if survey.area else ()),
        ),
        targets=tuple(survey.targets),
        area=survey.area.name if survey.area else "",
        place=survey.place,
        latest=str(survey.last_year or ""),
        needs=(survey.needs,) if survey.needs else (),
        done=(survey.done,) if survey.done else (),
        questions=tuple(survey.questions),
        how_often=survey.how_often,
        link=survey.link,
        is_fictional=survey.is_fictional,
        address=Address(endpoint="inventory.survey", values={"public_id": survey.public_id}),
    )


def published_survey(session: Session, public_id: str) -> InventorySurvey:
    """One survey that is still held. Raises NotFound."""
    found = session.scalar(
        _surveys().where(InventorySurvey.public_id == public_id, InventorySurvey.ended_at.is_(None))
    )
    if found is None:
        raise NotFound
    return found


def survey_to_keep(session: Session, actor: Actor, public_id: str) -> InventorySurvey:
    """One survey, ended or not, for who keeps the inventory. Raises NotFound."""
    found = session.scalar(_surveys().where(InventorySurvey.public_id == public_id))
    if found is None or not may_keep(actor):
        raise NotFound
    return found


def list_on_its_way(session: Session, actor: Actor, public_id: str) -> InventoryImport:
    """A list that waits for a yes. Raises NotFound."""
    found = session.scalar(select(InventoryImport).where(InventoryImport.public_id == public_id))
    if found is None or not may_keep(actor):
        raise NotFound
    return found


def known_names(session: Session) -> Known:
    """What the rows of a list may name. Three statements."""
    taken = session.execute(select(InventorySurvey.title, InventorySurvey.organisation_id))
    return Known(
        {one.name.casefold(): one.id for one in organisations(session)},
        {one.name.casefold(): one.id for one in areas(session)},
        frozenset((title.casefold(), organisation_id) for title, organisation_id in taken),
    )


def questions_asked(session: Session) -> Sequence[tuple[str, str, str]]:
    """(name of the survey, its public id, question) of every question others ask."""
    rows = session.execute(
        select(InventorySurvey.title, InventorySurvey.public_id, InventorySurvey.questions)
        .where(InventorySurvey.ended_at.is_(None))
        .order_by(InventorySurvey.title, InventorySurvey.id)
    )
    return [(title, key, question) for title, key, questions in rows for question in questions]
