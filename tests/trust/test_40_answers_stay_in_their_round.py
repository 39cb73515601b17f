"""TRUST 40: answers are bound to the round and version they were written for."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.questionnaires.models import Response
from participation.questionnaires.services import begin_draft, send_answers
from participation.questionnaires.services.answering import Outcome
from tests.factories.questionnaires import make_round, questionnaire_data
from tests.support.county import SmallCounty


def test_40_a_draft_of_one_round_is_never_stored_in_another(
    session: Session, county: SmallCounty
) -> None:
    open_to_all = make_round(session)
    by_letter = make_round(session, questionnaire_data(key="letter"), slug=None)
    code = begin_draft(session, open_to_all)
    sent = send_answers(session, by_letter, code, "", "sv")
    assert sent.outcome is Outcome.UNKNOWN
    stored = select(func.count()).select_from(Response).where(Response.round_id == by_letter.id)
    assert session.scalar(stored) == 0
