"""One questionnaire with its questions, versions and rounds."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import request

from participation.disclosure.outlets import outlet
from participation.foundation.permissions import Permission
from participation.foundation.web import actor, db, render, requires
from participation.questionnaires import queries
from participation.questionnaires.forms.editor import (
    PublishForm,
)
from participation.questionnaires.models import (
    Questionnaire,
)
from participation.questionnaires.queries.advice import advised_questionnaire
from participation.questionnaires.rules.advising import Advised, Considered
from participation.questionnaires.rules.condition_words import condition_words
from participation.questionnaires.rules.content import Content, media_of
from participation.questionnaires.rules.kinds import KINDS
from participation.questionnaires.rules.reading import MOST_DEPTH
from participation.questionnaires.rules.rounds import (
    ROLE_LABELS,
    RespondentRole,
)
from participation.questionnaires.rules.translating import missing_texts
from participation.questionnaires.rules.words import language_name
from participation.questionnaires.services.authoring import may_undo
from participation.questionnaires.views.manage.advising import advice_on
from participation.questionnaires.views.manage.parts import questionnaires, round_lines


@questionnaires.get("/<public_id>")
@requires(Permission.MANAGE_QUESTIONNAIRES)
@outlet("workroom")
def questionnaire_page(public_id: str) -> str:
    found, considered = advised_questionnaire(db(), actor(), public_id)
    return _editor_page(found, PublishForm(), considered)


def _advised(content: Content, advice: Mapping[str, Advised]) -> list[dict[str, Any]]:
    """Which questions have advice, by number, and how much."""
    counts = [
        (number, one.key, len(advice[one.key].told))
        for number, one in enumerate(content.questions, start=1)
    ]
    return [{"number": n, "key": key, "count": count} for n, key, count in counts if count]


def _said_at(content: Content) -> str:
    """The id of what the last change was about, where its message is shown; "" for the top."""
    args = request.args
    if args.get("at") in {one.key for one in content.questions}:
        return f"question-{args['at']}"
    if args.get("group") in content.groups:
        return f"group-{args['group']}"
    return "advice" if "advice" in args else ""


def _editor_page(found: Questionnaire, form: Any, considered: Considered) -> str:
    known = queries.versions(db(), found.id)
    content = queries.content_of(known[0])
    advice = advice_on(found, content, considered)
    return render(
        "questionnaires/manage/questionnaire.html",
        questionnaire=found,
        version=known[0],
        may_undo=may_undo(known[0], actor()),
        content=content,
        advice=advice,
        advised_questions=_advised(content, advice),
        numbers={one.key: number for number, one in enumerate(content.questions, start=1)},
        said_at=_said_at(content),
        languages=[
            (language_name(code), missing_texts(known[0].content, code))
            for code in content.languages_in_part
        ],
        kinds=KINDS,
        most_depth=MOST_DEPTH,
        has_media=any(media_of(question) for question in content.questions),
        said=partial(condition_words, content=content),
        roles=[str(ROLE_LABELS[RespondentRole(role)]) for role in content.audience],
        published=[one for one in known if one.is_published],
        lines=round_lines(queries.rounds_of(db(), actor(), found.id)),
        form=form,
    )
