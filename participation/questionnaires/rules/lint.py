"""What could be better in a questionnaire: shown beside each question, never in the way. Pure.

Source: how the national patient survey writes its questions (SURVEYS.md): at most 25, all
alternatives in words, "don't know" offered, one thing at a time, own words last; and LIX.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from participation.foundation.i18n import format_and, format_number, ngettext
from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.content import BATTERY, INFORMATION, Content, Question
from participation.questionnaires.rules.kinds import RANGE, kind_of
from participation.questionnaires.rules.likeness import ALIKE, FEWEST, about, likeness
from participation.questionnaires.rules.words import EASY, FIRST_LANGUAGE, Words, own_name

MOST_QUESTIONS = 25
LONG_WORD = 7  # letters and more
LIX_WORDS = 8  # fewer words say nothing of readability
HARD, HARD_EASY = 55, 40
LONGEST_QUESTION = 25  # words

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[.!?:](?:\s|$)")
_JOINED = re.compile(r"\b(och|eller|samt)\b", re.IGNORECASE)
# Fixed expressions that join nothing.
_ONE_THING = re.compile(
    r"\b(då och då|med och|mer eller mindre|till och med|i och med|en eller flera|ett eller flera|"
    r"en eller två|först och främst|vård och omsorg|kommun och region|region och kommun|"
    r"kommunen och regionen|regionen och kommunen|vården och kommunen|"
    r"du eller någon|råd och stöd|rätt eller fel)\b",
    re.IGNORECASE,
)
_ANSWERED_BY_CHOICE = frozenset({"single", "scale", "yes_no", BATTERY})


@dataclass(frozen=True)
class Advice:
    """What was seen and what to do about it. `code` names the rule."""

    code: str
    text: str


def lix(text: str) -> float | None:
    """Readability: words per sentence plus the share of words longer than six letters, in per cent.

    Source: C.-H. Björnsson, Läsbarhet (1968). Below 30 is a children's book, above 60 an
    official text. None for fewer than eight words, of which nothing can be said.

    >>> lix("Vi vill veta hur du har det hemma hos dig.")
    10.0
    """
    words = _WORD.findall(text)
    if len(words) < LIX_WORDS:
        return None
    sentences = max(1, len(_SENTENCE.findall(text)))
    long_words = sum(len(word) >= LONG_WORD for word in words)
    return len(words) / sentences + 100 * long_words / len(words)


def lint_question(question: Question, languages: tuple[str, ...]) -> tuple[Advice, ...]:
    """Advice on one question. `languages`: those the questionnaire speaks somewhere."""
    return tuple(
        advice
        for rule in (_one_thing, _readable, _short, _in_words, _offers_dont_know)
        for advice in rule(question)
    ) + tuple(_translated(question, languages))


def lint_content(content: Content) -> tuple[Advice, ...]:
    """Advice on the whole."""
    asked = list(content.asked.values())
    found = []
    if len(asked) > MOST_QUESTIONS:
        text = ngettext(
            "It has %(num)s question. More than %(most)s make people stop halfway: take away "
            "what nobody will act on.",
            "It has %(num)s questions. More than %(most)s make people stop halfway: take away "
            "what nobody will act on.",
            len(asked),
            most=MOST_QUESTIONS,
        )
        found.append(Advice("many", text))
    about_matters = [q for q in asked if not (q.background or q.sets_respondent_role)]
    if asked and not any(kind_of(question).is_text for question in about_matters[-3:]):
        text = _("End with a question in own words, such as “What could we do better?”.")
        found.append(Advice("own_words", text))
    if asked and not content.closing:
        text = _("Tell in the thank-you text when and where the results come.")
        found.append(Advice("closing", text))
    return tuple(found)


def lint_twice(content: Content) -> Mapping[str, tuple[Advice, ...]]:
    """Questions in nearly the same words as one before, by the later one's key.

    Statements of a battery are alike on purpose.
    """
    single = [q for q in content.asked.values() if not q.stem]
    stems = {q.key: about(q.text.said(FIRST_LANGUAGE)) for q in single}
    found = {}
    for place, question in enumerate(single):
        alike = [q for q in single[:place] if _is_alike(stems[q.key], stems[question.key])]
        said = [
            _(
                "“%(text)s” asks nearly the same. Is one of them enough?",
                text=other.text.said(FIRST_LANGUAGE),
            )
            for other in alike[:1]
        ]
        found[question.key] = tuple(Advice("twice", text) for text in said)
    return found


def _is_alike(stems: frozenset[str], others: frozenset[str]) -> bool:
    return min(len(stems), len(others)) >= FEWEST and likeness(stems, others) >= ALIKE


def _said(question: Question) -> Iterator[str]:
    """What the respondent is asked, in Swedish: the question, or each statement of a battery."""
    if question.kind == BATTERY:
        yield from (row.text.said(FIRST_LANGUAGE) for row in question.rows)
    else:
        yield question.text.said(FIRST_LANGUAGE)


def _one_thing(question: Question) -> Iterator[Advice]:
    if question.kind == INFORMATION:
        return
    for text in _said(question):
        found = _JOINED.search(_ONE_THING.sub("", text))
        if found:
            said = _(
                "Does “%(word)s” join two things? Whoever agrees with one of them cannot answer. "
                "Ask two questions.",
                word=found.group(1),
            )
            yield Advice("two_things", said)
            return


def _readable(question: Question) -> Iterator[Advice]:
    for code, limit in ((FIRST_LANGUAGE, HARD), (EASY, HARD_EASY)):
        value = lix(question.text.by_language.get(code, ""))
        if value is not None and value > limit:
            said = _(
                "Hard to read: LIX %(lix)s, and %(limit)s is the most here. Shorter words and "
                "sentences help.",
                lix=format_number(round(value)),
                limit=format_number(limit),
            )
            yield Advice("hard", said)


def _short(question: Question) -> Iterator[Advice]:
    if question.kind == INFORMATION:
        return
    count = max(len(_WORD.findall(text)) for text in [*_said(question), ""])
    if count > LONGEST_QUESTION:
        said = _("It has %(num)s words. Put explanations in the help text.", num=count)
        yield Advice("long", said)


def _in_words(question: Question) -> Iterator[Advice]:
    bare = [o for o in question.options if not _WORD.search(o.text.said(FIRST_LANGUAGE))]
    if bare:
        shown = format_and([option.text.said(FIRST_LANGUAGE) for option in bare[:3]])
        said = _("Write every alternative in words, not only %(shown)s.", shown=shown)
        yield Advice("figures", said)
    if question.kind == RANGE and not question.help:
        said = _("Say in the help text what the lowest and the highest number mean.")
        yield Advice("figures", said)


def _offers_dont_know(question: Question) -> Iterator[Advice]:
    is_about_person = question.sets_respondent_role or question.background
    if question.kind not in _ANSWERED_BY_CHOICE or is_about_person:
        return
    if not any(option.is_apart for option in question.options):
        yield Advice("dont_know", _("Offer “Don't know”: else some answer what is not true."))


def _translated(question: Question, languages: tuple[str, ...]) -> Iterator[Advice]:
    texts = [question.text, *(o.text for o in question.options), *(r.text for r in question.rows)]
    missing = [code for code in languages if code != EASY and not _all_speak(texts, code)]
    if missing:
        names = format_and([own_name(code) for code in missing])
        yield Advice("untranslated", _("Not translated, or only in part: %(names)s.", names=names))
    english = question.text.by_language.get("en")
    if english and english == question.text.said(FIRST_LANGUAGE):
        yield Advice("english", _("The Swedish text is English. Translate it."))


def _all_speak(texts: list[Words], code: str) -> bool:
    return all(text.speaks(code) for text in texts if text)


def lint_pipes(content: Content) -> Mapping[str, tuple[Advice, ...]]:
    """Advice on texts that repeat earlier answers, by the question's key."""
    earlier: set[str] = set()
    found = {}
    for question in content.questions:
        keys = sorted(question.text.piped | question.help.piped)
        found[question.key] = tuple(
            advice for key in keys for advice in _piped(content, key, earlier)
        )
        earlier |= {row.key for row in question.rows} or {question.key}
    return found


def _piped(content: Content, key: str, earlier: set[str]) -> Iterator[Advice]:
    if key not in earlier or key not in content.asked:
        said = _("It repeats the answer to “%(key)s”, which is not asked before it.", key=key)
        yield Advice("piped_late", said)
    elif kind_of(content.asked[key]).is_text:
        said = _(
            "It repeats what somebody wrote in own words. It may not fit into the sentence, and "
            "may name a person: repeat a chosen answer instead."
        )
        yield Advice("piped_words", said)
