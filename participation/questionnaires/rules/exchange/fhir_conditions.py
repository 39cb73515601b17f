"""enableWhen as a condition of ours, and back where FHIR has words for it. Pure.

In FHIR a comparison with an unanswered question is false, also "is not"; ours says so too.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from participation.foundation.i18n import gettext as _
from participation.questionnaires.rules.conditions import read_picked
from participation.questionnaires.rules.content import Content, Question
from participation.questionnaires.rules.exchange.fhir_words import OPERATORS
from participation.questionnaires.rules.exchange.report import Notebook

_PART = r"\$\{(?P<key>[a-z0-9_]+)\}"
_COMPARED = re.compile(
    rf"{_PART} *(?P<op><=|>=|!=|=|<|>) *(?P<value>'[^']*'|\"[^\"]*\"|-?\d+(?:\.\d+)?)"
)
_DAY = re.compile(r"[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_CHOSEN = re.compile(rf"(?P<not>not\()?selected\({_PART}, *'(?P<value>[^']*)'\)(?(not)\))")


class Asked:
    """A question others may ask about: its key, whether several answers fit, its codes."""

    def __init__(self, key: str, several: bool, codes: Mapping[str, str]) -> None:
        self.key, self.several, self.codes = key, several, codes


def condition(
    node: Mapping[str, Any],
    path: str,
    asked: Mapping[str, Asked],
    why_not: Callable[[str], str],
    notebook: Notebook,
) -> str:
    """The enableWhen of an item as one condition; "" without one. Faults are told by path.

    `why_not`: why one cannot ask about a linkId that is not in `asked`.
    """
    raw = node.get("enableWhen")
    if raw is None:
        return ""
    if not isinstance(raw, list):
        notebook.stop(f"{path}.enableWhen", _("This must be a list."))
        return ""
    parts = [
        _one(one, f"{path}.enableWhen[{position}]", asked, why_not, notebook)
        for position, one in enumerate(raw)
    ]
    behaviour = node.get("enableBehavior")
    if len(raw) > 1 and behaviour not in ("any", "all"):
        notebook.stop(
            f"{path}.enableBehavior",
            _("With several conditions, say whether all or any must hold."),
        )
    joined = [part for part in parts if part]
    if len(joined) <= 1:
        return "".join(joined)
    return (" or " if behaviour == "any" else " and ").join(f"({part})" for part in joined)


def _one(
    raw: Any,
    path: str,
    asked: Mapping[str, Asked],
    why_not: Callable[[str], str],
    notebook: Notebook,
) -> str:
    if not isinstance(raw, Mapping):
        notebook.stop(path, _("This must be an object."))
        return ""
    link = str(raw.get("question"))
    about = asked.get(link)
    if about is None:
        notebook.stop(f"{path}.question", why_not(link))
        return ""
    operator, raw = _as_r4(raw)
    if operator not in OPERATORS:
        said = _("“%(name)s” is not a comparison.", name=operator[:20])
        notebook.stop(f"{path}.operator", said)
        return ""
    value = _answer(raw, about, path, notebook)
    return "" if value is None else _said(about, operator, value)


def _as_r4(raw: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The operator and the condition: STU3 has no operator, and says hasAnswer for "exists"."""
    if "operator" in raw:
        return str(raw["operator"]), raw
    if isinstance(raw.get("hasAnswer"), bool):
        return "exists", {"answerBoolean": raw["hasAnswer"]}
    return "=", raw


def _answer(raw: Mapping[str, Any], about: Asked, path: str, notebook: Notebook) -> str | None:
    """The answer compared with, as it is written in a condition."""
    if "answerBoolean" in raw:
        return "yes" if raw["answerBoolean"] is True else "no"
    if isinstance(raw.get("answerCoding"), Mapping):
        code = str(raw["answerCoding"].get("code") or raw["answerCoding"].get("display"))
        if code in about.codes:
            return f"'{about.codes[code]}'"
        said = _("“%(name)s” is not among the alternatives.", name=code[:40])
        notebook.stop(f"{path}.answerCoding.code", said)
        return None
    for name in ("answerInteger", "answerDecimal"):
        if isinstance(raw.get(name), int | float):
            code = about.codes.get(str(raw[name]), "")
            number = raw[name]
            whole = int(number) if math.isfinite(number) and number == int(number) else number
            return f"'{code}'" if code else f"{whole}"
    for name in ("answerString", "answerDate"):
        if isinstance(raw.get(name), str):
            text = about.codes.get(raw[name]) or str(raw[name])
            quote = '"' if "'" in text else "'"
            if quote not in text:
                return quote + text + quote
    notebook.stop(path, _("The answer to compare with is missing, or of a kind we cannot compare."))
    return None


def _said(about: Asked, operator: str, value: str) -> str:
    ref = f"${{{about.key}}}"
    if operator == "exists":
        return f"{ref} = ''" if value == "no" else f"{ref} != ''"
    if value in {"yes", "no"}:
        value = f"'{value}'"
    if operator == "=" and about.several:
        return f"selected({ref}, {value})"
    if operator == "!=":
        unlike = f"not(selected({ref}, {value}))" if about.several else f"{ref} != {value}"
        return f"{ref} != '' and {unlike}"
    return f"{ref} {operator} {value}"


def enable_when(question: Question, content: Content) -> dict[str, Any]:
    """A condition in FHIR's words; {} where it has none (our own extension keeps it)."""
    source = question.relevant.source if question.relevant else ""
    none_of = _none_of(source)
    if none_of:
        found = [_compared(part, content) for part in none_of]
        return {"enableWhen": found, "enableBehavior": "all"} if all(found) else {}
    for word, behaviour in ((" and ", "all"), (" or ", "any")):
        parts = [_bare(part) for part in source.split(word)]
        found = [_compared(part, content) for part in parts]
        if source and all(found):
            said: dict[str, Any] = {"enableWhen": found}
            return said if len(found) == 1 else {**said, "enableBehavior": behaviour}
    return {}


def _none_of(source: str) -> list[str]:
    """ "None of these answers" as what must each not be; whoever has not answered is left out."""
    picked = read_picked(source)
    if picked is None or not picked.negated or picked.all_of or len(picked.codes) < 2:
        return []
    alone = [replace(picked, codes=(code,), negated=False).source for code in picked.codes]
    return [f"not({one})" if picked.several else one.replace(" = ", " != ") for one in alone]


def _bare(part: str) -> str:
    part = part.strip()
    inside = part[1:-1]
    return inside if part[:1] == "(" and part[-1:] == ")" and "(" not in inside else part


def _compared(part: str, content: Content) -> dict[str, Any] | None:
    chosen, plain = _CHOSEN.fullmatch(part), _COMPARED.fullmatch(part)
    match = chosen or plain
    question = content.asked.get(match["key"]) if match else None
    if match is None or question is None:
        return None
    operator = ("!=" if chosen["not"] else "=") if chosen else plain["op"] if plain else ""
    value = match["value"].strip("'\"")
    if value == "":
        return {
            "question": question.key,
            "operator": "exists",
            "answerBoolean": operator != "=",
        }
    typed = _typed(question, value)
    if not typed:
        return None  # FHIR has no such answer: only our own extension says it
    return {"question": question.key, "operator": operator, **typed}


def _typed(question: Question, value: str) -> dict[str, Any]:
    """The value as the question's answers are written; {} where no answer can be like it."""
    if question.kind == "consent":
        return {"answerBoolean": value == "yes"}
    if question.options:
        return {"answerCoding": {"code": value}} if question.option(value) else {}
    if question.kind in {"number", "range"}:
        return {"answerDecimal": float(value)} if _is_number(value) else {}
    if question.kind == "date":
        return {"answerDate": value} if _DAY.fullmatch(value) else {}
    return {"answerString": value}


def _is_number(value: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", value) is not None


def ordinals(options: Sequence[Mapping[str, Any]]) -> bool:
    """Whether every alternative has a value of its own: then it is a scale."""
    return bool(options) and all(option.get("value") is not None for option in options)
