"""Drawing questions. A closed question looks alike to everybody who gave the same answer.

So it is drawn once per version, answer and language, and kept: nine tenths of the time of a page
with all questions went into drawing them. What people wrote is never kept, nor is an error.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

from flask import current_app
from markupsafe import Markup

from participation.questionnaires.forms.answer import Speech, answer_form, field_name
from participation.questionnaires.models import SurveyRound
from participation.questionnaires.rules.answers import Answers
from participation.questionnaires.rules.content import Question, Screen
from participation.questionnaires.rules.faces import moods
from participation.questionnaires.rules.kinds import Stored, kind_of

DRAWINGS_KEPT = 4096  # about 2 kB each


@dataclass(frozen=True)
class _Sight:
    """What a drawing depends on. The question itself is carried past the cache."""

    digest: str
    key: str
    stored: Stored | None
    locale: str
    easy: bool
    heading: bool
    order: int  # of shuffled alternatives; 0 for all others
    question: Question = field(hash=False, compare=False)


def is_alike(question: Question, answers: Answers) -> bool:
    """Nothing in it was written by the person, and few answers are possible."""
    if question.is_piped or answers.texts.get(question.other_key) is not None:
        return False
    is_chosen = kind_of(question).render in {"radios", "ticks", "tick"}
    return is_chosen or answers.of(question) is None


def is_blank(shown: Screen, answers: Answers) -> bool:
    """Nothing on it has been answered and no answer is said again: it looks alike to everybody."""
    texts = [*shown.questions, *shown.information, *([shown.battery] if shown.battery else [])]
    return not any(answers.of(q) is not None or q.is_piped for q in texts)


class Drawing:
    """Draws the questions of one page; templates call it with a question.

    A question that stands in `form` is drawn from there, with what was typed and what was wrong.
    """

    def __init__(
        self,
        survey_round: SurveyRound,
        answers: Answers,
        say: Speech,
        form: Any,
        *,
        heading: bool = False,
    ) -> None:
        self.digest = survey_round.version.digest
        self.answers, self.say, self.form, self.heading = answers, say, form, heading

    def __call__(self, question: Question) -> Markup:
        if field_name(question.key) in self.form:
            return draw_question(self.form, question, self.say, self.heading)
        return _kept(
            _Sight(
                self.digest,
                question.key,
                self.answers.of(question),
                self.say.locale,
                self.say.easy,
                self.heading,
                self.say.order if question.shuffled else 0,
                question,
            )
        )


def page_form(
    questions: Sequence[Question],
    answers: Answers,
    say: Speech,
    typed: Any = None,
    wrong: Mapping[str, str] | None = None,
) -> Any:
    """The fields that a page has to draw itself; all of them when something is wrong."""
    own = questions if wrong else [q for q in questions if not is_alike(q, answers)]
    return answer_form(own, answers, say, typed, wrong)


@lru_cache(maxsize=DRAWINGS_KEPT)
def _kept(sight: _Sight) -> Markup:
    answers = Answers()
    answers.put(sight.question, sight.stored)
    say = Speech(sight.locale, sight.easy, sight.order)
    form = answer_form([sight.question], answers, say)
    return draw_question(form, sight.question, say, sight.heading)


def draw_question(form: Any, question: Question, say: Speech, heading: bool) -> Markup:
    """One question with its answer, as the form holds it."""
    macros = cast(Any, current_app.jinja_env.get_template("components/forms.html").module)
    quiet = [option.code for option in question.options if option.is_apart]
    own = form[field_name(question.key)]
    # What stands above as a heading is read out too: a battery's words, what one consents to.
    lead = say(question.text if question.kind == "consent" else question.stem)
    drawn = macros.field(
        own, heading=heading, quiet=quiet, optional=False, lead=lead, faces=moods(question)
    )
    if question.other is not None:
        drawn += macros.field(form[field_name(question.other_key)], optional=False)
    return cast(Markup, drawn)
