"""Closed rounds, releases and findings for tests."""

from typing import Any

from sqlalchemy.orm import Session

from participation.coding.services import apply_code
from participation.disclosure.models import Release
from participation.foundation.permissions import SYSTEM
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.services import close_round
from participation.questionnaires.services.storing import NewResponse, store_responses
from participation.results.models import Finding
from participation.results.rules.findings import FindingDraft
from participation.results.services import draft_finding, publish_round
from tests.factories.coding import (
    code_of,
    lay_aside,
    make_codebook,
    make_reviewed_material,
    texts_of,
)
from tests.factories.questionnaires import make_round


def make_closed_round(
    session: Session, often: int = 25, seldom: int = 20, **overrides: Any
) -> SurveyRound:
    """A closed round in which `often` people answered "often" about respect, the rest "seldom"."""
    survey_round = make_round(session, **overrides)
    answers = ["often"] * often + ["seldom"] * seldom
    store_responses(
        session,
        survey_round,
        [
            NewResponse(
                answers={"role": "me" if position % 2 else "kin", "respect": answer}, texts={}
            )
            for position, answer in enumerate(answers)
        ],
    )
    close_round(session, survey_round, SYSTEM)
    return survey_round


def make_release(session: Session, **counts: int) -> Release:
    """The published totals of such a round."""
    return publish_round(session, SYSTEM, make_closed_round(session, **counts).id)


def make_finding(session: Session, voices: int = 8, **overrides: Any) -> Finding:
    """A draft that rests on code 1, which `voices` of sixteen people's texts carry.

    The other texts are set aside.
    """
    make_codebook(session)
    material = make_reviewed_material(session, [f"Jag fick börja om, gång {n}." for n in range(16)])
    code = code_of(session, 1)
    for place, text in enumerate(texts_of(session, material)):
        if place < voices:
            apply_code(session, SYSTEM, text, code, start=0, end=len(text.text))
        else:
            lay_aside(session, text)
    values: dict[str, Any] = {
        "title": "Hälften får ofta börja om från början",
        "body": "Det gäller mest dem som har stöd från flera håll.",
        "perspective_key": "resident",
        "code_ids": (code.id,),
        "material_ids": (material.id,),
    }
    return draft_finding(session, SYSTEM, FindingDraft(**{**values, **overrides}))
