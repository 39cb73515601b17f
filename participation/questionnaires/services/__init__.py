"""What changes questionnaires: writing them, holding rounds, answering."""

from participation.questionnaires.services.answering import (
    Sent,
    begin_draft,
    forget_draft,
    issue_links,
    save_draft,
    send_answers,
)
from participation.questionnaires.services.authoring import (
    copy_question,
    create_questionnaire,
    dissolve_group,
    import_questionnaire,
    move_question,
    publish_version,
    remove_question,
    save_group,
    save_question,
    save_texts,
    save_translation,
    step_question,
    undo_change,
)
from participation.questionnaires.services.rounds import (
    NewRound,
    close_round,
    create_round,
    hand_over_texts,
    lengthen_round,
)
from participation.questionnaires.services.storing import (
    NewResponse,
    store_response,
    store_responses,
)
from participation.questionnaires.services.withdrawing import withdraw_response

__all__ = [
    "NewResponse",
    "NewRound",
    "Sent",
    "begin_draft",
    "close_round",
    "copy_question",
    "create_questionnaire",
    "create_round",
    "dissolve_group",
    "forget_draft",
    "hand_over_texts",
    "import_questionnaire",
    "issue_links",
    "lengthen_round",
    "move_question",
    "publish_version",
    "remove_question",
    "save_draft",
    "save_group",
    "save_question",
    "save_texts",
    "save_translation",
    "send_answers",
    "step_question",
    "store_response",
    "store_responses",
    "undo_change",
    "withdraw_response",
]
