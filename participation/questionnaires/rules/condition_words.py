"""Conditions in words, for whoever does not read formulas. Pure.

${helped} = 'yes' and ${visits} >= 2  →  “Did you get help?” is “Yes” and “How many?” is at least 2
"""

from collections.abc import Callable, Mapping, Sequence

from babel.lists import format_list

from participation.foundation.i18n import current_locale, format_number
from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.condition_parts import is_call, parts, unwrapped
from participation.questionnaires.rules.conditions import Picked, picked_in
from participation.questionnaires.rules.content import Content, Question
from participation.questionnaires.rules.expressions import ExpressionError, Token, tokens
from participation.questionnaires.rules.words import FIRST_LANGUAGE, Words

Name = Callable[[Question], str]
Say = Callable[[Words], str]
LONGEST_NAME = 60
MOST_PARTS = 8  # more are easier to read as a formula

_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_OPPOSITE = {"=": "!=", "!=": "="}


class _NoWords(Exception):
    """The formula says something that we have no words for."""


def condition_words(source: str, content: Content) -> str:
    """What stands beside a question for those who write it; a formula where words fail."""

    def say(words: Words) -> str:
        return words.said(FIRST_LANGUAGE)

    def name(question: Question) -> str:
        text = say(question.text)
        short = text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1].rstrip() + "…"
        return _("“%(question)s”", question=short)

    return in_words(source, content.asked, name, say) or source


def in_words(source: str, asked: Mapping[str, Question], name: Name, say: Say) -> str:
    """The condition as a sentence's end; "" where there are no words for it.

    `asked`: the questions by key. `name`: what a question is called, with quotes if it has any.
    """
    try:
        found = list(tokens(source))
        return _Teller(asked, name, say).said(found) if found else ""
    except (ExpressionError, _NoWords):
        return ""


class _Teller:
    def __init__(self, asked: Mapping[str, Question], name: Name, say: Say) -> None:
        self._asked, self._name, self._say = asked, name, say
        self._parts_left = MOST_PARTS

    def said(self, found: Sequence[Token], *, negated: bool = False) -> str:
        """Words for an expression that is known to be well-formed, or was refused as a draft."""
        found = _whole(found)
        for word in ("or", "and"):
            split = parts(found, word)
            if len(split) > 1:
                return self._together(found, negated) or self._each(split, word, negated)
        if is_call(found, "not"):
            return self.said(found[2:-1], negated=not negated)
        self._parts_left -= 1
        if self._parts_left < 0:
            raise _NoWords
        if is_call(found, "selected"):
            return self._selected(found[2:-1], negated)
        return self._compared(found, negated)

    def _each(self, split: Sequence[Sequence[Token]], word: str, negated: bool) -> str:
        if negated:
            raise _NoWords
        return _joined([self._part(part, word) for part in split], word)

    def _together(self, found: Sequence[Token], negated: bool) -> str:
        """Several answers to one question in one sentence; "" where it is about more."""
        picked = picked_in(found)
        question = self._asked.get(picked.question) if picked else None
        if picked is None or question is None:
            return ""
        if picked.least:
            low, high = format_number(float(picked.least)), format_number(float(picked.most))
            limits = {"question": self._name(question), "low": low, "high": high}
            if negated:
                return _("%(question)s is not between %(low)s and %(high)s", **limits)
            return _("%(question)s is between %(low)s and %(high)s", **limits)
        return self._one_of(question, picked, negated)

    def _one_of(self, question: Question, picked: Picked, negated: bool) -> str:
        options = [question.option(code) for code in picked.codes]
        quoted = [_("“%(answer)s”", answer=self._say(one.text)) for one in options if one]
        if len(quoted) < len(options):
            raise _NoWords  # an answer that nobody can give
        named = {"question": self._name(question), "answers": _listed(quoted, picked.all_of)}
        if not picked.several:
            if negated:
                return _("%(question)s is anything but %(answers)s", **named)
            return _("%(question)s is %(answers)s", **named)
        if negated and picked.all_of:
            return _("%(question)s does not include all of %(answers)s", **named)
        if negated:
            return _("%(question)s includes none of %(answers)s", **named)
        return _("%(question)s includes %(answers)s", **named)

    def _part(self, found: Sequence[Token], word: str) -> str:
        """One of several joined by `word`; in brackets where it is joined by the other word."""
        other = "and" if word == "or" else "or"
        is_mixed = len(parts(_whole(found), other)) > 1
        return f"({self.said(found)})" if is_mixed else self.said(found)

    def _selected(self, found: Sequence[Token], negated: bool) -> str:
        if [token.kind for token in found] != ["ref", "mark", "text"]:
            raise _NoWords
        question = self._question(found[0])
        named = {"question": self._name(question), "answer": self._answer(question, found[2])}
        if negated:
            return _("%(question)s does not include “%(answer)s”", **named)
        return _("%(question)s includes “%(answer)s”", **named)

    def _compared(self, found: Sequence[Token], negated: bool) -> str:
        place = next((n for n, token in enumerate(found) if token.kind == "op"), None)
        if place is None:
            raise _NoWords
        left, right = found[:place], found[place + 1 :]
        operator = found[place].text
        if len(left) == 1 and left[0].kind in {"text", "number"}:
            left, right, operator = right, left, _FLIPPED.get(operator, operator)
        if len(right) != 1 or right[0].kind not in {"text", "number"}:
            raise _NoWords
        if is_call(left, "count-selected") and len(left) == 4:
            count = _("the number of choices in %(question)s", question=self._name_of(left[2]))
            return _measured(count, operator, _number(right[0]), negated)
        if len(left) != 1:
            raise _NoWords
        question = self._question(left[0])
        if operator in _OPPOSITE:
            is_said = (operator == "=") is not negated
            return self._equal(question, right[0], is_said)
        return _measured(self._name(question), operator, _number(right[0]), negated)

    def _equal(self, question: Question, value: Token, is_so: bool) -> str:
        name = self._name(question)
        if value.kind == "text" and value.text[1:-1] == "":
            if is_so:
                return _("%(question)s is not answered", question=name)
            return _("%(question)s is answered", question=name)
        named = {"question": name, "answer": self._answer(question, value)}
        if is_so:
            return _("%(question)s is “%(answer)s”", **named)
        return _("%(question)s is not “%(answer)s”", **named)

    def _question(self, token: Token) -> Question:
        question = self._asked.get(token.text[2:-1]) if token.kind == "ref" else None
        if question is None:
            raise _NoWords
        return question

    def _name_of(self, token: Token) -> str:
        return self._name(self._question(token))

    def _answer(self, question: Question, value: Token) -> str:
        """The alternative's words, or the number or text itself."""
        bare = value.text[1:-1] if value.kind == "text" else value.text
        option = question.option(bare)
        if option is not None:
            return self._say(option.text)
        if question.options:
            raise _NoWords  # an answer that nobody can give
        return format_number(float(bare)) if value.kind == "number" else bare


def _measured(name: str, operator: str, number: str, negated: bool) -> str:
    named = {"question": name, "number": number}
    said = {
        (">=", False): _("%(question)s is at least %(number)s", **named),
        ("<=", False): _("%(question)s is at most %(number)s", **named),
        (">", False): _("%(question)s is more than %(number)s", **named),
        ("<", False): _("%(question)s is less than %(number)s", **named),
        (">=", True): _("%(question)s is not at least %(number)s", **named),
        ("<=", True): _("%(question)s is not at most %(number)s", **named),
        ("=", False): _("%(question)s is %(number)s", **named),
    }.get((operator, negated))
    if said is None:
        raise _NoWords
    return said


def _number(token: Token) -> str:
    bare = token.text[1:-1] if token.kind == "text" else token.text
    try:
        return format_number(float(bare))
    except ValueError:
        raise _NoWords from None


def _joined(parts: Sequence[str], word: str) -> str:
    said = parts[0]
    for part in parts[1:]:
        both = {"one": said, "other": part}
        if word == "or":
            said = _("%(one)s or %(other)s", **both)
        else:
            said = _("%(one)s and %(other)s", **both)
    return said


def _whole(found: Sequence[Token]) -> Sequence[Token]:
    """Without brackets around it."""
    bare = unwrapped(found)
    if not bare:
        raise _NoWords
    return bare


def _listed(quoted: Sequence[str], is_all: bool) -> str:
    return str(format_list(quoted, style="standard" if is_all else "or", locale=current_locale()))
