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
    import_questionnaire,
    move_question,
    publish_version,
    remove_question,
    save_question,
    save_texts,
    save_translation,
    undo_change,
)
from participation.questionnaires.services.rounds import (
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
    "Sent",
    "begin_draft",
    "close_round",
    "copy_question",
    "create_questionnaire",
    "create_round",
    "forget_draft",
    "hand_over_texts",
    "import_questionnaire",
    "issue_links",
    "lengthen_round",
    "move_question",
    "publish_version",
    "remove_question",
    "save_draft",
    "save_question",
    "save_texts",
    "save_translation",
    "send_answers",
    "store_response",
    "store_responses",
    "undo_change",
    "withdraw_response",
]
