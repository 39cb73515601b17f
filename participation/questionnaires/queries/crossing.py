"""Two questions counted against each other, and by who answered, for the workroom."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.questionnaires.models import Response, SurveyRound
from participation.questionnaires.queries.trees import content_of_round, layout_of
from participation.questionnaires.rules.content import Content
from participation.questionnaires.rules.packing import LEFT_OUT, NOT_ASKED, ONE, SEVERAL, SIGNS

CHOSEN, NOT_CHOSEN = "1", "0"
UNASKED = "@unasked"  # an answer before says that the question was not put


@dataclass(frozen=True)
class Crossable:
    """One sign of the packed answers: a question with one answer, or one option to tick.

    `codes`: the code of each sign; an option is ticked or not.
    """

    key: str
    question_key: str
    option: str  # "" for a question with one answer
    place: int  # from 1, as SQL counts
    codes: Mapping[str, str]

    def code_of(self, sign: str) -> str:
        return UNASKED if sign == NOT_ASKED else self.codes[sign]


def crossables(session: Session, survey_round: SurveyRound) -> Mapping[str, Crossable]:
    """What of a round can be crossed, by key, in the order of the questions."""
    content: Content = content_of_round(session, survey_round)
    found: list[Crossable] = []
    for place in layout_of(survey_round.version):
        if place.form == ONE and place.key in content.asked:
            codes = dict(zip(SIGNS, place.codes, strict=False))
            found.append(Crossable(place.key, place.key, "", place.start + 1, codes))
        elif place.form == SEVERAL and place.key in content.asked:
            found += [
                Crossable(
                    f"{place.key}={code}",
                    place.key,
                    code,
                    place.start + number + 1,
                    {CHOSEN: CHOSEN, NOT_CHOSEN: NOT_CHOSEN},
                )
                for number, code in enumerate(place.codes)
            ]
    return {one.key: one for one in found}


def cross_counts(
    session: Session, round_id: int, first: Crossable, second: Crossable
) -> Mapping[tuple[str, str, str], int]:
    """How many gave which two answers, by respondent role; who skipped one of them is left out.

    Who was not asked one of them stands as `UNASKED`: that tells of another answer.

    One statement, which reads every answer of the round once: only of rounds that are over.
    """
    one = func.substr(Response.answers, first.place, 1)
    two = func.substr(Response.answers, second.place, 1)
    rows = session.execute(
        select(Response.respondent_role, one, two, func.count())
        .where(Response.round_id == round_id)
        .group_by(Response.respondent_role, one, two)
    )
    return {
        (role, first.code_of(a), second.code_of(b)): count
        for role, a, b, count in rows
        if LEFT_OUT not in {a, b}
    }
