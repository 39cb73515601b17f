"""The coordinators' room: questionnaires, their editor, and rounds; one file per page."""

from participation.questionnaires.views.manage import (
    editor,
    exchange,
    giving_out,
    groups,
    letters,
    library,
    mailing,
    media,
    monitor,
    order,
    overview,
    paper,
    question,
    rounds,
    shipped,
    translating,
    trying,
)
from participation.questionnaires.views.manage.parts import questionnaires

__all__ = [
    "editor",
    "exchange",
    "giving_out",
    "groups",
    "letters",
    "library",
    "mailing",
    "media",
    "monitor",
    "order",
    "overview",
    "paper",
    "question",
    "questionnaires",
    "rounds",
    "shipped",
    "translating",
    "trying",
]
