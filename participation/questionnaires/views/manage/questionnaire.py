"""One questionnaire with its questions, versions and rounds."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from participation.foundation.permissions import Permission
from participation.foundation.web import actor, db, render, requires
from participation.questionnaires import queries
from participation.questionnaires.forms.editor import (
    PublishForm,
)
from participation.questionnaires.models import (
    Questionnaire,
)
from participation.questionnaires.queries.asked import alike_elsewhere, asked_elsewhere
from participation.questionnaires.rules.condition_words import condition_words
from participation.questionnaires.rules.content import Content, media_of
from participation.questionnaires.rules.kinds import KINDS
from participation.questionnaires.rules.lint import Advice, lint_content, lint_pipes, lint_question
from participation.questionnaires.rules.reading import MOST_DEPTH
from participation.questionnaires.rules.rounds import (
    ROLE_LABELS,
    RespondentRole,
)
from participation.questionnaires.rules.translating import missing_texts
from participation.questionnaires.rules.words import language_name
from participation.questionnaires.services.authoring import may_undo
from participation.questionnaires.views.manage.parts import questionnaires, round_lines


@questionnaires.get("/<public_id>")
@requires(Permission.MANAGE_QUESTIONNAIRES)
def questionnaire_page(public_id: str) -> str:
    found = queries.questionnaire(db(), actor(), public_id)
    return _editor_page(found, PublishForm())


def advice_on(content: Content) -> dict[str, tuple[Advice, ...]]:
    """What could be better, by question."""
    piped = lint_pipes(content)
    spoken = content.languages_in_part
    return {q.key: (*lint_question(q, spoken), *piped[q.key]) for q in content.questions}


def _advised(
    content: Content, advice: Mapping[str, Sequence[Any]], alike: Mapping[str, Sequence[Any]]
) -> list[dict[str, Any]]:
    """Which questions have advice, by number, and how much."""
    counts = [
        (number, one.key, len(advice[one.key]) + len(alike.get(one.key, ())))
        for number, one in enumerate(content.questions, start=1)
    ]
    return [{"number": n, "key": key, "count": count} for n, key, count in counts if count]


def _editor_page(found: Questionnaire, form: Any) -> str:
    known = queries.versions(db(), found.id)
    content = queries.content_of(known[0])
    advice = advice_on(content)
    alike = alike_elsewhere(content.questions, asked_elsewhere(db(), found.id))
    return render(
        "questionnaires/manage/questionnaire.html",
        questionnaire=found,
        version=known[0],
        may_undo=may_undo(known[0], actor()),
        content=content,
        advice=advice,
        advised_questions=_advised(content, advice, alike),
        advice_on_all=lint_content(content),
        alike=alike,
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
