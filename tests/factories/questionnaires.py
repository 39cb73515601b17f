"""Questionnaires, rounds and answers for tests."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from participation.foundation.clock import now
from participation.foundation.permissions import SYSTEM
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.queries import round_by_id, versions
from participation.questionnaires.rules.editing import YES_NO
from participation.questionnaires.services import NewRound, create_round, import_questionnaire

FREQUENCY = [
    {"code": "often", "text": {"sv": "Ofta", "en": "Often", "ar": "غالبًا"}},
    {"code": "seldom", "text": {"sv": "Sällan", "en": "Seldom", "ar": "نادرًا"}},
    {"code": "dont_know", "is_dont_know": True, "text": {"sv": "Vet inte"}},
]


def questionnaire_data(**overrides: Any) -> dict[str, Any]:
    """A short questionnaire with every kind of question."""
    data: dict[str, Any] = {
        "key": "stod",
        "title": {"sv": "Stöd i vardagen", "sv_easy": "Din hjälp", "ar": "الدعم"},
        "intro": {"sv": "Vi vill veta hur det går."},
        "closing": {"sv": "Tack. Resultatet kommer i mars."},
        "audience": ["patient", "next_of_kin"],
        "questions": [
            {
                "key": "role",
                "kind": "single",
                "required": True,
                "sets_respondent_role": True,
                "text": {"sv": "Vem är du?"},
                "options": [
                    {"code": "me", "respondent_role": "patient", "text": {"sv": "Patient"}},
                    {"code": "kin", "respondent_role": "next_of_kin", "text": {"sv": "Närstående"}},
                ],
            },
            {
                "key": "from_whom",
                "kind": "multiple",
                "text": {"sv": "Varifrån kommer stödet?"},
                "options": [
                    {"code": "care", "text": {"sv": "Vården"}},
                    {"code": "other", "has_text": True, "text": {"sv": "Någon annan"}},
                    {"code": "none", "is_exclusive": True, "text": {"sv": "Inget stöd"}},
                ],
            },
            {
                "key": "kin_let_in",
                "kind": "yes_no",
                "relevant": "${role} = 'kin'",
                "text": {"sv": "Får du vara med?"},
                "options": YES_NO,
            },
            {
                "key": "feelings",
                "kind": "battery",
                "text": {"sv": "Hur ofta stämmer det?"},
                "options": FREQUENCY,
                "rows": [
                    {"key": "respect", "text": {"sv": "Jag möts med respekt"}},
                    {"key": "reach", "text": {"sv": "Jag når någon"}},
                ],
            },
            {
                "key": "visits",
                "kind": "number",
                "minimum": 0,
                "maximum": 50,
                "text": {"sv": "Hur många besök?"},
            },
            {"key": "before", "kind": "information", "text": {"sv": "Nu egna ord."}},
            {
                "key": "difference",
                "kind": "long_text",
                "max_length": 300,
                "text": {"sv": "Vad hade gjort skillnad?"},
            },
            {
                "key": "municipality",
                "kind": "single",
                "background": "municipality",
                "text": {"sv": "Var bor du?"},
                "options": [
                    {"code": "0880", "text": {"sv": "Kalmar"}},
                    {"code": "other", "text": {"sv": "Annat"}},
                ],
            },
        ],
    }
    return {**data, **overrides}


def make_round(
    session: Session, data: dict[str, Any] | None = None, **overrides: Any
) -> SurveyRound:
    """An open round of a published questionnaire; `flush`ed, not committed."""
    questionnaire = import_questionnaire(session, data or questionnaire_data())
    values: dict[str, Any] = {
        "wave_label": "2026",
        "opens_at": now() - timedelta(days=1),
        "closes_at": now() + timedelta(days=14),
        "slug": "stod",
    }
    version = versions(session, questionnaire.id)[0]
    made = create_round(session, SYSTEM, version, NewRound(**{**values, **overrides}))
    return round_by_id(session, made.id)
