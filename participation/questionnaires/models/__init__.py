"""Tables of questionnaires."""

from participation.questionnaires.models.keys import (
    KEY_LENGTH,
    ROW_ID_BYTES,
    new_row_id,
)
from participation.questionnaires.models.responses import (
    AccessToken,
    NamedRespondent,
    PaperEntry,
    Response,
    ResponseDraft,
    ResponseText,
    WaitingResponse,
)
from participation.questionnaires.models.rounds import (
    RESULTS_ON_LENGTH,
    OpenLink,
    RoundContact,
    SurveyRound,
    SurveySeries,
)
from participation.questionnaires.models.writing import (
    ConsideredAdvice,
    Questionnaire,
    QuestionnaireImport,
    QuestionnaireVersion,
    SharedQuestion,
)

__all__ = [
    "KEY_LENGTH",
    "RESULTS_ON_LENGTH",
    "ROW_ID_BYTES",
    "AccessToken",
    "ConsideredAdvice",
    "NamedRespondent",
    "OpenLink",
    "PaperEntry",
    "Questionnaire",
    "QuestionnaireImport",
    "QuestionnaireVersion",
    "Response",
    "ResponseDraft",
    "ResponseText",
    "RoundContact",
    "SharedQuestion",
    "SurveyRound",
    "SurveySeries",
    "WaitingResponse",
    "new_row_id",
]
