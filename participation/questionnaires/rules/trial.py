"""A trial fill-in travels with its own pages: nothing of it is kept anywhere. Pure."""

import json
from collections.abc import Mapping
from typing import Any

from participation.questionnaires.rules.answers import Answers
from participation.questionnaires.rules.content import Content, Question
from participation.questionnaires.rules.kinds import RANKING, AnswerError, kind_of


def write_state(answers: Answers) -> str:
    """What has been answered so far, for a hidden field of the next page."""
    return json.dumps(answers.data(), ensure_ascii=False, separators=(",", ":"))


def read_state(content: Content, written: str) -> Answers:
    """The answers again; whatever the draft does not know any more is left out."""
    answers = Answers()
    try:
        data = json.loads(written or "{}")
    except ValueError:
        return answers
    closed, texts = _part(data, "closed"), _part(data, "texts")
    for question in content.asked.values():
        _take_back(answers, question, {**texts, **closed}.get(question.key))
        other = texts.get(question.other_key)
        if question.other is not None and isinstance(other, str):
            answers.texts[question.other_key] = other
    return answers


def _part(data: Any, name: str) -> Mapping[str, Any]:
    found = data.get(name) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def _take_back(answers: Answers, question: Question, value: Any) -> None:
    if not isinstance(value, str | int | float):
        return
    has_several = kind_of(question).render == "ticks" or question.kind == RANKING
    values = str(value).split(" ") if has_several else [str(value)]
    try:
        answers.put(question, kind_of(question).parse(question, values))
    except AnswerError:
        return
