"""Conditions that a form can write: one earlier answer, picked from a list. Pure.

What the list cannot say is written as an expression (rules/expressions.py); the two ways read and
write the same source.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.content import Question
from participation.questionnaires.rules.kinds import kind_of
from participation.questionnaires.rules.words import FIRST_LANGUAGE

IS, HOLDS, ANSWERED, LEAST, MOST = "=", "~", "?", ">=", "<="
_PICKED = re.compile(r"([a-z][a-z0-9_]*)(=|~|\?|>=|<=)(.*)", re.DOTALL)
_NUMBER = r"-?\d+(?:\.\d+)?"
_FORMS = (
    (IS, re.compile(r"\$\{(\w+)\}\s*=\s*'([^']+)'")),
    (HOLDS, re.compile(r"selected\(\s*\$\{(\w+)\}\s*,\s*'([^']+)'\s*\)")),
    (ANSWERED, re.compile(r"\$\{(\w+)\}\s*!=\s*''()")),
    (LEAST, re.compile(rf"\$\{{(\w+)\}}\s*>=\s*({_NUMBER})")),
    (MOST, re.compile(rf"\$\{{(\w+)\}}\s*<=\s*({_NUMBER})")),
)
_NOT = re.compile(r"not\((.*)\)", re.DOTALL)


@dataclass(frozen=True)
class Simple:
    """One question, how it is asked about, and the code or number; `negated`: all others."""

    question: str
    operator: str
    value: str = ""
    negated: bool = False

    @property
    def picked(self) -> str:
        """How the list names it; the number stands in a field of its own."""
        value = self.value if self.operator in {IS, HOLDS} else ""
        return f"{self.question}{self.operator}{value}"

    @property
    def source(self) -> str:
        reference = f"${{{self.question}}}"
        said = {
            IS: f"{reference} = '{self.value}'",
            HOLDS: f"selected({reference}, '{self.value}')",
            ANSWERED: f"{reference} != ''",
            LEAST: f"{reference} >= {self.value}",
            MOST: f"{reference} <= {self.value}",
        }[self.operator]
        return f"not({said})" if self.negated else said


def read_simple(source: str) -> Simple | None:
    """The condition as one choice of the list, None when it says more than that.

    >>> read_simple("not(${answers_as} = 'patient')").picked
    'answers_as=patient'
    """
    inside = _NOT.fullmatch(source.strip())
    bare = inside.group(1).strip() if inside else source.strip()
    for operator, form in _FORMS:
        found = form.fullmatch(bare)
        if found:
            return Simple(found.group(1), operator, found.group(2), inside is not None)
    return None


def from_picked(picked: str, number: str, *, negated: bool) -> Simple | None:
    """What was picked in the list, with the number typed beside it; None for nothing."""
    found = _PICKED.fullmatch(picked)
    if found is None:
        return None
    key, operator, value = found.groups()
    return Simple(key, operator, number if operator in {LEAST, MOST} else value, negated)


def pickable(earlier: Sequence[Question]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What the list offers: per earlier question (its words), what can be asked about it."""
    for question in earlier:
        kind = kind_of(question)
        operator = HOLDS if kind.render == "ticks" else IS
        said = [] if kind.render == "places" else question.options
        offered = [
            (Simple(question.key, operator, option.code).picked, option.text.said(FIRST_LANGUAGE))
            for option in said
        ]
        if kind.render in {"number", "steps"}:
            offered += [
                (f"{question.key}{LEAST}", _("the number below, or more")),
                (f"{question.key}{MOST}", _("the number below, or less")),
            ]
        offered.append((f"{question.key}{ANSWERED}", _("any answer at all")))
        yield question.text.said(FIRST_LANGUAGE), offered
