"""One person's answers: read from a form, shown for review, packed for storage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from participation.foundation.html import plain
from participation.foundation.i18n import current_locale
from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.content import Content, Option, Question
from participation.questionnaires.rules.expressions import ITSELF
from participation.questionnaires.rules.kinds import AnswerError, Stored, kind_of

OTHER_LENGTH = 200


@dataclass
class Answers:
    """Closed answers by question key (codes and numbers) and texts by question key.

    The text of "other, which?" has the key "<question>.other".
    """

    closed: dict[str, Stored] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def of(self, question: Question) -> Stored | None:
        if kind_of(question).is_text:
            return self.texts.get(question.key)
        return self.closed.get(question.key)

    def put(self, question: Question, stored: Stored | None) -> None:
        """Keep an answer, or forget it when it is empty."""
        if kind_of(question).is_text:
            _put(self.texts, question.key, None if stored is None else str(stored))
        else:
            _put(self.closed, question.key, stored)

    @property
    def values(self) -> Mapping[str, Stored]:
        """What conditions can ask about: closed answers and texts."""
        return {**self.texts, **self.closed}

    def data(self) -> dict[str, Any]:
        return {"closed": self.closed, "texts": self.texts}


def _put(kept: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        kept.pop(key, None)
    else:
        kept[key] = value


def take_answers(
    answers: Answers, questions: Sequence[Question], typed: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Read one screen's form into `answers`; what is wrong is told by question key.

    Good answers are kept even when another on the screen is wrong.
    """
    wrong: dict[str, str] = {}
    for question in questions:
        try:
            stored = kind_of(question).parse(question, typed.get(question.key, ()))
            check_constraint(question, stored, answers)
            answers.put(question, stored)
        except AnswerError as problem:
            wrong[question.key] = str(problem)
            continue
        try:
            _take_other(answers, question, typed)
        except AnswerError as problem:
            wrong[question.other_key] = str(problem)
    return wrong


def check_constraint(question: Question, stored: Stored | None, answers: Answers) -> None:
    """Judge an answer by its question's own rule; one that is left out breaks none.

    Raises:
        AnswerError: with the author's words, or ours where there are none.
    """
    if question.constraint is None or stored is None:
        return
    if not question.constraint.holds({**answers.values, ITSELF: stored}):
        said = question.constraint_message.said(current_locale())
        raise AnswerError(said or _("This answer does not fit. Read the question once more."))


def _take_other(answers: Answers, question: Question, typed: Mapping[str, Sequence[str]]) -> None:
    """The words beside "other, which?". Whoever writes them has chosen "other".

    Raises:
        AnswerError: they are too long, or another answer was chosen that rules them out.
    """
    other = question.other
    if other is None:
        return
    text = " ".join(plain("".join(typed.get(question.other_key, ())[:1])).split())
    if len(text) > OTHER_LENGTH:
        raise AnswerError(_("This is too long. Use at most %(max)d characters.", max=OTHER_LENGTH))
    chosen = str(answers.closed.get(question.key, "")).split()
    if text and other.code not in chosen:
        answers.put(question, _chosen_too(question, chosen, other))
    _put(answers.texts, question.other_key, text or None)


def _chosen_too(question: Question, chosen: Sequence[str], other: Option) -> Stored:
    try:
        stored = kind_of(question).parse(question, [*chosen, other.code])
    except AnswerError:
        stored = None
    if stored is None or other.code not in str(stored).split():
        raise AnswerError(
            _(
                "You have written something here but chosen another answer. Choose “%(option)s”, "
                "or empty this field.",
                option=other.text.said(current_locale()),
            )
        )
    return stored


def missing_answers(content: Content, answers: Answers) -> list[Question]:
    """Required questions that are visible and unanswered; a hidden one never blocks."""
    return [
        question
        for question in content.visible_questions(answers.values)
        if question.required and answers.of(question) is None
    ]


def visible_answers(content: Content, answers: Answers) -> Answers:
    """Only what the person can see: answers to questions that became hidden are left out."""
    kept = Answers()
    for question in content.visible_questions(answers.values):
        stored = answers.of(question)
        if stored is None:
            continue
        kept.put(question, stored)
        if question.other_key in answers.texts:
            kept.texts[question.other_key] = answers.texts[question.other_key]
    return kept


def checked_answers(
    content: Content, closed: Mapping[str, Any], texts: Mapping[str, str]
) -> Answers:
    """Answers from elsewhere than a form (demo, import): lists of codes or plain values.

    Raises:
        AnswerError: an unknown question or a value its kind refuses.
    """
    answers = Answers()
    for key, value in {**closed, **texts}.items():
        question = content.asked.get(key.removesuffix(".other"))
        if question is None:
            raise AnswerError(f"unknown question {key}")
        if key.endswith(".other"):
            answers.texts[key] = str(value)
            continue
        values = [str(v) for v in value] if isinstance(value, list | tuple) else [str(value)]
        answers.put(question, kind_of(question).parse(question, values))
    return answers


def said_again(content: Content, answers: Answers, key: str, locale: str) -> str:
    """An answer in words, for a later text that repeats it; "" where there is none."""
    question = content.asked.get(key)
    stored = answers.of(question) if question is not None else None
    if question is None or stored is None:
        return ""
    other = answers.texts.get(question.other_key)
    return other or kind_of(question).show(question, stored, locale)
