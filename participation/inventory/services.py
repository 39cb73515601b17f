"""Keeping the inventory: registering, changing, ending, taking in lists."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.errors import Conflict
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.inventory.models import InventoryImport, InventorySurvey
from participation.inventory.rules import SurveyDraft, SurveyList

ABOUT = "inventory_survey"
WAITS = timedelta(days=7)


def register_survey(
    session: Session, actor: Actor, draft: SurveyDraft, *, is_fictional: bool = False
) -> InventorySurvey:
    """Add a survey that somebody else holds."""
    survey = InventorySurvey(
        created_by_account_id=actor.account_id, is_fictional=is_fictional, **_values(draft)
    )
    session.add(survey)
    session.flush()
    log_event(session, actor, "survey_registered", ABOUT, survey.public_id)
    return survey


def change_survey(
    session: Session, actor: Actor, survey: InventorySurvey, draft: SurveyDraft
) -> None:
    """Say something else about it."""
    for name, value in _values(draft).items():
        setattr(survey, name, value)
    survey.updated_at = now()
    session.flush()
    log_event(session, actor, "survey_changed", ABOUT, survey.public_id)


def _values(draft: SurveyDraft) -> dict[str, object]:
    values = asdict(draft)
    return {**values, "targets": list(draft.targets), "questions": list(draft.questions)}


def end_survey(session: Session, actor: Actor, survey: InventorySurvey) -> None:
    """It is held no more. Ending it again changes nothing."""
    survey.ended_at = survey.ended_at or now()
    session.flush()
    log_event(session, actor, "survey_ended", ABOUT, survey.public_id)


def take_up_survey(session: Session, actor: Actor, survey: InventorySurvey) -> None:
    """It was ended by mistake, or is held again."""
    survey.ended_at = None
    session.flush()
    log_event(session, actor, "survey_taken_up", ABOUT, survey.public_id)


def keep_list(session: Session, actor: Actor, file_name: str, read: SurveyList) -> InventoryImport:
    """Keep what a list would bring until somebody says yes; older ones that wait are given up."""
    session.execute(
        delete(InventoryImport).where(InventoryImport.created_at < now() - WAITS),
        execution_options={"synchronize_session": False},
    )
    made = InventoryImport(
        file_name=file_name[:200],
        drafts=[_values(draft) for draft in read.drafts],
        known=read.known,
        problems=[asdict(problem) for problem in read.problems],
        created_by_account_id=actor.account_id,
    )
    session.add(made)
    session.flush()
    return made


def take_in_list(session: Session, actor: Actor, waiting: InventoryImport) -> int:
    """Register every row of the list; how many.

    Raises:
        Conflict: something is wrong with a row, or the list is empty.
    """
    if not waiting.is_usable:
        raise Conflict
    drafts = _drafts(waiting)
    for draft in drafts:
        session.add(InventorySurvey(created_by_account_id=actor.account_id, **_values(draft)))
    log_event(session, actor, "surveys_imported", ABOUT, waiting.public_id, surveys=len(drafts))
    give_up_list(session, waiting)
    return len(drafts)


def give_up_list(session: Session, waiting: InventoryImport) -> None:
    session.delete(waiting)
    session.flush()


def _drafts(waiting: InventoryImport) -> Sequence[SurveyDraft]:
    return [
        SurveyDraft(
            **{
                **stored,
                "targets": tuple(stored["targets"]),
                "questions": tuple(stored["questions"]),
            }
        )
        for stored in waiting.drafts
    ]
