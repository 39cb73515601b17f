"""Reading questionnaires, rounds, drafts and whole-round totals."""

from participation.questionnaires.queries.answering import (
    OpenedLink,
    opened_link,
)
from participation.questionnaires.queries.extracts import (
    RowReader,
    extract_columns,
    extract_rounds,
)
from participation.questionnaires.queries.rounds import (
    answers_of,
    has_answers_of_units,
    open_rounds,
    response_counts,
    response_total,
    round_by_id,
    round_to_answer,
    rounds_about,
    rounds_followed_up,
    rounds_of,
    rounds_of_year,
    rounds_over,
    rounds_past_closing,
    survey_round,
)
from participation.questionnaires.queries.texts import (
    SpokenText,
    free_texts,
)
from participation.questionnaires.queries.totals import (
    Counting,
    GroupTotal,
    OptionTotal,
    QuestionTotal,
    RoundTotals,
    round_totals,
)
from participation.questionnaires.queries.trees import (
    content_of,
    content_of_round,
    layout_of,
)
from participation.questionnaires.queries.versions import (
    all_published,
    all_series,
    check_manager,
    may_manage,
    newest_published,
    questionnaire,
    questionnaire_by_key,
    version,
    versions,
)

__all__ = [
    "Counting",
    "GroupTotal",
    "OpenedLink",
    "OptionTotal",
    "QuestionTotal",
    "RoundTotals",
    "RowReader",
    "SpokenText",
    "all_published",
    "all_series",
    "answers_of",
    "check_manager",
    "content_of",
    "content_of_round",
    "extract_columns",
    "extract_rounds",
    "free_texts",
    "has_answers_of_units",
    "layout_of",
    "may_manage",
    "newest_published",
    "open_rounds",
    "opened_link",
    "questionnaire",
    "questionnaire_by_key",
    "response_counts",
    "response_total",
    "round_by_id",
    "round_to_answer",
    "round_totals",
    "rounds_about",
    "rounds_followed_up",
    "rounds_of",
    "rounds_of_year",
    "rounds_over",
    "rounds_past_closing",
    "survey_round",
    "version",
    "versions",
]
