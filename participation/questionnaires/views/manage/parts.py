"""The room itself, and how a round reads in its lists."""

from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response as WerkzeugResponse

from participation.disclosure.services import thresholds_in_force
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext
from participation.foundation.web import actor, db, see_other
from participation.questionnaires import queries
from participation.questionnaires.models import (
    Questionnaire,
    SurveyRound,
)
from participation.questionnaires.rules.rounds import STATE_LABELS, RoundState

questionnaires = Blueprint("questionnaires", __name__, url_prefix="/questionnaires")


def to_write(public_id: str) -> Questionnaire:
    """A questionnaire; held until the end of a request that changes it. Raises NotFound."""
    return queries.questionnaire(db(), actor(), public_id, to_change=request.method == "POST")


def at_question(public_id: str, key: str, kind: str = "question") -> WerkzeugResponse:
    """After a change: the questionnaire at the question (or `kind` "group") that it was about.

    The fragment brings the focus to its heading, where the message stands; "" for the page's top.
    """
    values = {"at" if kind == "question" else kind: key, "_anchor": f"{kind}-{key}"} if key else {}
    return see_other("questionnaires.questionnaire_page", public_id=public_id, **values)


STATE_MARKS = {
    RoundState.PLANNED: "soon",
    RoundState.OPEN: "going",
    RoundState.CLOSED: "new",  # there is something to publish
    RoundState.PUBLISHED: "done",
}


def count_in_words(survey_round: SurveyRound, count: int) -> str:
    """Small counts stay hidden until they are published: who answered could be guessed."""
    minimum = thresholds_in_force().minimum
    if survey_round.standing() is not RoundState.PUBLISHED and count < minimum:
        return _("fewer than %(number)s answers", number=minimum)
    return ngettext("%(num)s answer", "%(num)s answers", count)


def round_lines(found: Any) -> list[dict[str, Any]]:
    counts = queries.answers_of(db(), found)
    return [
        {
            "round": one,
            "title": one.version.questionnaire.title,
            "state": one.standing(),
            "mark": STATE_MARKS[one.standing()],
            "label": STATE_LABELS[one.standing()],
            "count": count_in_words(one, counts[one.id]),
        }
        for one in found
    ]
