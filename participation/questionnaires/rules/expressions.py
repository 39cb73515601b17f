"""Relevance: a small expression language, the common subset of XLSForm, read without `eval`.

    ${answers_as} = 'next_of_kin' and not(selected(${support_from}, 'none'))

Values are texts and numbers; an unanswered question is ''. Two values that both look like
numbers are compared as numbers. Operators, strongest first: comparisons, `and`, `or`; functions:
`not(…)`, `selected(${question}, 'code')`, `count-selected(…)`, `string-length(…)`, `true()`,
`false()`. In a constraint `.` is the answer that is being judged.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from participation.foundation.i18n import gettext as _

Values = Mapping[str, str | int | float]
Value = str | float | bool
MAX_LENGTH = 1_000
MAX_DEPTH = 30
ITSELF = "."  # the answer a constraint judges

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<ref>\$\{[a-z][a-z0-9_]*\})
      | (?P<number>-?\d+(?:\.\d+)?)
      | (?P<text>'[^']*'|"[^"]*")
      | (?P<op><=|>=|!=|=|<|>)
      | (?P<word>[a-z]+(?:-[a-z]+)*)
      | (?P<itself>\.)
      | (?P<mark>[(),])
    )""",
    re.VERBOSE,
)


class ExpressionError(ValueError):
    """The expression cannot be read; the message says where."""


@dataclass(frozen=True)
class Token:
    kind: str
    text: str
    position: int


def tokens(source: str) -> Iterator[Token]:
    """The pieces of `source`. Raises ExpressionError at the first sign that fits nothing."""
    if len(source) > MAX_LENGTH:
        raise ExpressionError(_("The condition is too long."))
    position = 0
    while source[position:].strip():
        match = _TOKEN.match(source, position)
        if match is None or match.lastgroup is None:
            raise ExpressionError(
                _("The condition cannot be read at “%(part)s”.", part=source[position:][:20])
            )
        yield Token(match.lastgroup, match.group(match.lastgroup), position)
        position = match.end()


@dataclass(frozen=True)
class Expression:
    """A parsed condition: which questions it asks about, and its verdict on some answers."""

    source: str
    questions: frozenset[str]
    evaluate: Callable[[Values], Value]

    def holds(self, answers: Values) -> bool:
        return _truth(self.evaluate(answers))


def parse_expression(source: str) -> Expression:
    """Read a condition.

    Raises:
        ExpressionError: with a sentence for the author.
    """
    parser = _Parser(list(tokens(source)))
    evaluate = parser.read_or(0)
    if parser.here is not None:
        raise parser.unexpected()
    return Expression(source, frozenset(parser.questions), evaluate)


Evaluate = Callable[[Values], Value]


class _Parser:
    """Recursive descent; every node becomes a function of the answers."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._next = 0
        self.questions: set[str] = set()

    @property
    def here(self) -> Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def unexpected(self) -> ExpressionError:
        if self.here is None:
            return ExpressionError(_("The condition ends too early."))
        return ExpressionError(
            _("The condition cannot be read at “%(part)s”.", part=self.here.text)
        )

    def _take(self, kind: str, text: str | None = None) -> Token | None:
        token = self.here
        if token is None or token.kind != kind or (text is not None and token.text != text):
            return None
        self._next += 1
        return token

    def _must(self, kind: str, text: str | None = None) -> Token:
        token = self._take(kind, text)
        if token is None:
            raise self.unexpected()
        return token

    def read_or(self, depth: int) -> Evaluate:
        if depth > MAX_DEPTH:
            raise ExpressionError(_("The condition is nested too deeply."))
        left = self._read_and(depth)
        while self._take("word", "or"):
            left = _either(left, self._read_and(depth))
        return left

    def _read_and(self, depth: int) -> Evaluate:
        left = self._read_comparison(depth)
        while self._take("word", "and"):
            left = _both(left, self._read_comparison(depth))
        return left

    def _read_comparison(self, depth: int) -> Evaluate:
        left = self._read_value(depth)
        operator = self._take("op")
        if operator is None:
            return left
        return _compared(operator.text, left, self._read_value(depth))

    def _read_value(self, depth: int) -> Evaluate:
        if self._take("mark", "("):
            inside = self.read_or(depth + 1)
            self._must("mark", ")")
            return inside
        if token := self._take("text"):
            return _constant(token.text[1:-1])
        if token := self._take("number"):
            return _constant(float(token.text))
        if self.here is not None and self.here.kind in {"ref", "itself"}:
            return self._read_answer()
        return self._read_call(depth)

    def _read_answer(self) -> Evaluate:
        """`${question}`, or `.` for the answer itself."""
        token = self._take("itself") or self._must("ref")
        return self._reference(token)

    def _read_call(self, depth: int) -> Evaluate:
        name = self._must("word").text
        self._must("mark", "(")
        if name in {"true", "false"}:
            made = _constant(name == "true")
        elif name == "not":
            made = _negated(self.read_or(depth + 1))
        elif name == "selected":
            question = self._read_answer()
            self._must("mark", ",")
            made = _selected(question, self._must("text").text[1:-1])
        elif name in _COUNTED:
            made = _counted(self._read_answer(), _COUNTED[name])
        else:
            raise ExpressionError(_("The condition uses “%(name)s”, which is unknown.", name=name))
        self._must("mark", ")")
        return made

    def _reference(self, token: Token) -> Evaluate:
        key = ITSELF if token.kind == "itself" else token.text[2:-1]
        self.questions.add(key)
        return lambda answers: _as_value(answers.get(key, ""))


def _as_value(stored: str | float) -> Value:
    return stored if isinstance(stored, str) else float(stored)


def _constant(value: Value) -> Evaluate:
    return lambda _answers: value


def _either(left: Evaluate, right: Evaluate) -> Evaluate:
    return lambda answers: _truth(left(answers)) or _truth(right(answers))


def _both(left: Evaluate, right: Evaluate) -> Evaluate:
    return lambda answers: _truth(left(answers)) and _truth(right(answers))


def _negated(inside: Evaluate) -> Evaluate:
    return lambda answers: not _truth(inside(answers))


def _selected(question: Evaluate, code: str) -> Evaluate:
    return lambda answers: code in str(question(answers)).split(" ")


_COUNTED: Mapping[str, Callable[[str], int]] = {
    "count-selected": lambda stored: len(stored.split()),
    "string-length": len,
}


def _counted(answer: Evaluate, count: Callable[[str], int]) -> Evaluate:
    return lambda answers: float(count(str(answer(answers))))


_COMPARISONS: Mapping[str, Callable[[float], bool]] = {
    "=": lambda order: order == 0,
    "!=": lambda order: order != 0,
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}


def _compared(operator: str, left: Evaluate, right: Evaluate) -> Evaluate:
    verdict = _COMPARISONS[operator]
    return lambda answers: verdict(_order(left(answers), right(answers), operator))


def _order(left: Value, right: Value, operator: str) -> float:
    """Below, at or above 0 as `left` stands to `right`; an unanswered side is never in order."""
    numbers = _number(left), _number(right)
    if numbers[0] is not None and numbers[1] is not None:
        return (numbers[0] > numbers[1]) - (numbers[0] < numbers[1])
    if operator not in {"=", "!="} and "" in {left, right}:
        return float("nan")
    texts = str(left), str(right)
    return (texts[0] > texts[1]) - (texts[0] < texts[1])


def _number(value: Value) -> float | None:
    if isinstance(value, bool):
        return float(value)
    try:
        return float(value)
    except ValueError:
        return None


def _truth(value: Value) -> bool:
    if isinstance(value, str):
        return value != ""
    return bool(value)
