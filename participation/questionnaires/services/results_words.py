"""When and where the results come: corrected at any time, and what was said before is kept."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.eventlog.services import log_event
from participation.foundation.permissions import Actor
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.rules.words import FIRST_LANGUAGE


def correct_results_words(
    session: Session, actor: Actor, survey_round: SurveyRound, texts: Mapping[str, str]
) -> bool:
    """Say it in other words from now on; whether anything changed. Nothing is counted anew.

    `texts`: by language, Swedish first of all; without it nothing is said. What was mailed or
    printed keeps the words it had.
    """
    read = ["results_on", "results_on_twins", "results_said"]
    session.refresh(survey_round, read, with_for_update=True)
    wanted = {code: text for code, text in texts.items() if text}
    before = {FIRST_LANGUAGE: survey_round.results_on, **survey_round.results_on_twins}
    before = {code: text for code, text in before.items() if text}
    if wanted == before:
        return False
    if before:
        said = {"until": now().isoformat(), "texts": before}
        survey_round.results_said = [said, *survey_round.results_said]
    survey_round.results_on = wanted.pop(FIRST_LANGUAGE, "")
    survey_round.results_on_twins = wanted
    session.flush()
    log_event(session, actor, "results_words_changed", "survey_round", survey_round.public_id)
    return True
