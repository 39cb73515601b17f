"""Rows of an extract as FHIR resources: what a round asked, to say it in FHIR's words."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from participation.foundation.clock import to_local
from participation.questionnaires.queries.rounds import round_by_id
from participation.questionnaires.queries.trees import content_of_round
from participation.questionnaires.rules.exchange.fhir_responses import (
    answers_of_row,
    response,
    source_of,
)

Row = Mapping[str, Any]


def response_writer(session: Session, round_id: int) -> Callable[[Row], str]:
    """Makes a line of NDJSON out of a row of the round, by column name. It names nobody.

    The year is the round's, not the answer's.
    """
    survey_round = round_by_id(session, round_id)
    content = content_of_round(session, survey_round)
    key = survey_round.version.questionnaire.key
    version = survey_round.version.number
    year = to_local(survey_round.last_moment).year

    def write(row: Row) -> str:
        resource = response(
            content,
            answers_of_row(content, row),
            key=key,
            version=version,
            year=year,
            source=source_of(str(row["respondent_role"] or ""), str(row["answers_for"] or "")),
        )
        return json.dumps(resource, ensure_ascii=False, separators=(",", ":")) + "\n"

    return write
