"""Looking at unpublished answers of an anonymous round: remembered, so that looks do not add up."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from participation.disclosure.services import thresholds_in_force
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.rules.mixing import is_mixed
from participation.results.rules.looking import tells_of_few


def may_look(survey_round: SurveyRound) -> bool:
    """False while so few answers came or went since the last look that they would be shown."""
    answers, minimum = survey_round.response_count or 0, thresholds_in_force().minimum
    is_safe = not tells_of_few(answers, survey_round.shown_count, minimum)
    return is_safe or not is_mixed(survey_round.mode)


def note_look(session: Session, survey_round: SurveyRound) -> None:
    """Remember with how many answers the round was looked at."""
    session.execute(
        update(SurveyRound)
        .where(SurveyRound.id == survey_round.id)
        .values(shown_count=survey_round.response_count),
        execution_options={"synchronize_session": False},
    )
