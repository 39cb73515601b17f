"""Conditions in words, for whoever does not read formulas. Pure.

${helped} = 'yes' and ${visits} >= 2  →  “Did you get help?” is “Yes” and “How many?” is at least 2
"""

from collections.abc import Callable, Mapping, Sequence

from participation.foundation.i18n import format_number
from participation.foundation.i18n import gettext as _
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
        found = _unwrapped(found)
        for word in ("or", "and"):
            parts = _parts(found, word)
            if len(parts) > 1:
                if negated:
                    raise _NoWords
                return _joined([self._part(part, word) for part in parts], word)
        if _is_call(found, "not"):
            return self.said(found[2:-1], negated=not negated)
        self._parts_left -= 1
        if self._parts_left < 0:
            raise _NoWords
        if _is_call(found, "selected"):
            return self._selected(found[2:-1], negated)
        return self._compared(found, negated)

    def _part(self, found: Sequence[Token], word: str) -> str:
        """One of several joined by `word`; in brackets where it is joined by the other word."""
        other = "and" if word == "or" else "or"
        is_mixed = len(_parts(_unwrapped(found), other)) > 1
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
        if _is_call(left, "count-selected") and len(left) == 4:
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


def _parts(found: Sequence[Token], word: str) -> list[Sequence[Token]]:
    """What stands between the `word`s that no bracket holds."""
    parts, begin = [], 0
    for place, depth in enumerate(_depths(found)):
        token = found[place]
        if depth == 0 and token.kind == "word" and token.text == word:
            parts.append(found[begin:place])
            begin = place + 1
    return [*parts, found[begin:]]


def _depths(found: Sequence[Token]) -> list[int]:
    """How many brackets each token stands in; a bracket stands in itself."""
    depth, depths = 0, []
    for token in found:
        depth += token.text == "(" and token.kind == "mark"
        depths.append(depth)
        depth -= token.text == ")" and token.kind == "mark"
    return depths


def _unwrapped(found: Sequence[Token]) -> Sequence[Token]:
    """Without brackets around the whole."""
    while len(found) > 1 and found[0].text == "(" and not _closes_early(found):
        found = found[1:-1]
    if not found:
        raise _NoWords
    return found


def _closes_early(found: Sequence[Token]) -> bool:
    """Whether the first bracket closes before the end: "(a) and (b)" is not wrapped."""
    depth = 0
    for token in found[:-1]:
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0:
            return True
    return False


def _is_call(found: Sequence[Token], name: str) -> bool:
    """Whether the whole is one call of the function: "not(…)", and not "not(…) = 1"."""
    return (
        len(found) > 3
        and found[0].kind == "word"
        and found[0].text == name
        and found[1].text == "("
        and found[-1].text == ")"
        and not _closes_early(found[1:])
    )
