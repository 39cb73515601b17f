"""Conditions that a form can write: answers to one earlier question, picked from a list. Pure.

What the list cannot say is written as an expression (rules/expressions.py); the two ways read and
write the same source.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from participation.questionnaires.rules.condition_parts import is_call, parts, unwrapped
from participation.questionnaires.rules.content import Question
from participation.questionnaires.rules.expressions import ExpressionError, Token, tokens
from participation.questionnaires.rules.kinds import kind_of

_MOST_TOKENS = 400


@dataclass(frozen=True)
class Picked:
    """Which answers to one question; with none of these named: any answer at all.

    `codes`: one of them is enough, or `all_of` them. `several`: the question takes more than one.
    `least`, `most`: of a number. `negated`: all others, and whoever has not answered.
    """

    question: str
    codes: tuple[str, ...] = ()
    several: bool = False
    all_of: bool = False
    least: str = ""
    most: str = ""
    negated: bool = False

    @property
    def source(self) -> str:
        ref = f"${{{self.question}}}"
        form = "selected({ref}, '{code}')" if self.several else "{ref} = '{code}'"
        said = [form.format(ref=ref, code=code) for code in self.codes]
        said += [f"{ref} >= {self.least}"] * bool(self.least)
        said += [f"{ref} <= {self.most}"] * bool(self.most)
        is_any = len(self.codes) > 1 and not self.all_of
        joined = (" or " if is_any else " and ").join(said) or f"{ref} != ''"
        return f"not({joined})" if self.negated else joined


def read_picked(source: str) -> Picked | None:
    """The condition as the form shows it, None when it says more than that.

    >>> read_picked("not(${answers_as} = 'patient' or ${answers_as} = 'kin')").codes
    ('patient', 'kin')
    """
    try:
        found: Sequence[Token] = unwrapped(list(tokens(source)))
    except ExpressionError:
        return None
    if not found or len(found) > _MOST_TOKENS:
        return None
    if is_call(found, "not"):
        inside = picked_in(unwrapped(found[2:-1]))
        return inside and replace(inside, negated=not inside.negated)
    return picked_in(found)


def picked_in(found: Sequence[Token]) -> Picked | None:
    """The same for pieces that no bracket or "not" surrounds."""
    for word in ("or", "and"):
        split = parts(found, word)
        if len(split) > 1:
            return _together([_one(unwrapped(part)) for part in split], word)
    return _one(found)


def _together(leaves: Sequence[Picked | None], word: str) -> Picked | None:
    """Several comparisons as one: answers of which any or all are given, or two limits."""
    known = [one for one in leaves if one is not None]
    first = known[0] if known else None
    if (
        first is None
        or len(known) < len(leaves)
        or {(o.question, o.several) for o in known} != {(first.question, first.several)}
    ):
        return None
    if all(one.codes for one in known) and (word == "or" or first.several):
        codes = tuple(dict.fromkeys(code for one in known for code in one.codes))
        return replace(first, codes=codes, all_of=word == "and" and len(codes) > 1)
    limits = [(bool(one.least), bool(one.most)) for one in known]
    if word == "and" and sorted(limits) == [(False, True), (True, False)]:
        least, most = (max(getattr(one, name) for one in known) for name in ("least", "most"))
        return replace(first, least=least, most=most)
    return None


def _one(found: Sequence[Token]) -> Picked | None:
    if is_call(found, "selected") and [t.kind for t in found[2:-1]] == ["ref", "mark", "text"]:
        code = found[4].text[1:-1]
        return Picked(found[2].text[2:-1], (code,), several=True) if code else None
    if [token.kind for token in found[:2]] != ["ref", "op"] or len(found) != 3:
        return None
    key, operator, value = found[0].text[2:-1], found[1].text, found[2]
    if value.kind == "text":
        return _compared(key, operator, value.text[1:-1])
    if value.kind == "number" and operator in {">=", "<="}:
        is_least = operator == ">="
        return Picked(key, least=value.text) if is_least else Picked(key, most=value.text)
    return None


def _compared(key: str, operator: str, code: str) -> Picked | None:
    if code:
        return Picked(key, (code,)) if operator == "=" else None
    return {"!=": Picked(key), "=": Picked(key, negated=True)}.get(operator)


def fits(picked: Picked, earlier: Sequence[Question]) -> bool:
    """Whether the form can show it: the question stands before, and has these answers."""
    question = next((one for one in earlier if one.key == picked.question), None)
    if question is None:
        return False
    codes = [option.code for option in question.options] if offers_answers(question) else []
    if picked.codes:
        return set(picked.codes) <= set(codes) and picked.several == takes_several(question)
    limits = [picked.least, picked.most]
    return not any(limits) or is_measured(question)


def offers_answers(question: Question) -> bool:
    """Whether single answers can be picked: choices, and not places in an order."""
    return bool(question.options) and kind_of(question).render != "places"


def takes_several(question: Question) -> bool:
    return kind_of(question).render == "ticks"


def is_measured(question: Question) -> bool:
    """Whether the answer is a number, and limits can be picked."""
    return kind_of(question).render in {"number", "steps"}
