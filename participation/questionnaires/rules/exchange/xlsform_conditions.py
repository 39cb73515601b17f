"""Conditions of XLSForm in our own small language, and back. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

_REFERENCE = re.compile(r"\$\{\s*([^}\s]*)\s*\}")
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "\n": " "})
_TEXT = r"'[^']*'|\"[^\"]*\""
_COMPARED = re.compile(
    rf"\$\{{(?P<key>\w+)\}}\s*(?:!?=|,)\s*(?P<literal>{_TEXT})"
    rf"|(?P<early>{_TEXT})\s*!?=\s*\$\{{(?P<late>\w+)\}}"
)
_NUMBER = r"(-?\d+(?:\.\d+)?)"
_LIMITS = re.compile(
    rf"(?:\. *>= *(?P<low>{_NUMBER}))?(?P<both> and )?(?:\. *<= *(?P<high>{_NUMBER}))?"
    r"(?: and \((?P<rest>.*)\))?"
)


def renamed(raw: str, key_of: Callable[[str], str]) -> tuple[str, list[str]]:
    """A condition with the form's names replaced by keys; and the names that have no key."""
    unknown: list[str] = []

    def replace(match: re.Match[str]) -> str:
        key = key_of(match.group(1))
        if not key:
            unknown.append(match.group(1))
        return "${" + (key or "unknown") + "}"

    return _REFERENCE.sub(replace, raw.translate(_QUOTES)).strip(), unknown


def recoded(condition: str, codes: Mapping[str, Mapping[str, str]]) -> str:
    """The condition with the codes options have here. `codes`: by key, then by the file's name."""

    def replace(match: re.Match[str]) -> str:
        part = match.group(0)
        literal = match["literal"] if match["literal"] is not None else match["early"]
        code = codes.get(match["key"] or match["late"], {}).get(literal[1:-1])
        return part.replace(literal, f"'{code}'") if code else part

    return _COMPARED.sub(replace, condition)


def together(conditions: Iterable[str]) -> str:
    """All of them at once: a group's condition holds for every question in it."""
    said = [condition for condition in conditions if condition]
    return said[0] if len(said) == 1 else " and ".join(f"({one})" for one in said)


def limits(constraint: str) -> dict[str, Any]:
    """Lowest and highest out of ". >= 0 and . <= 50"; what remains stays a constraint."""
    found = _LIMITS.fullmatch(constraint)
    if found is None or bool(found["both"]) != bool(found["low"] and found["high"]):
        return {"constraint": constraint}
    if not (found["low"] or found["high"]) or not _is_whole(found["rest"] or ""):
        return {"constraint": constraint}
    return {
        "minimum": _value(found["low"]),
        "maximum": _value(found["high"]),
        "constraint": found["rest"] or "",
    }


def _is_whole(inside: str) -> bool:
    """Whether no bracket closes that was not opened inside."""
    depth = 0
    for sign in inside:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0


def _value(text: str | None) -> float | None:
    if text is None:
        return None
    value = float(text)
    return int(value) if value.is_integer() else value


def limits_said(low: float | None, high: float | None, rest: str) -> str:
    """The other way round."""
    said = [f". >= {low}"] * (low is not None) + [f". <= {high}"] * (high is not None)
    if not said:
        return rest
    return " and ".join([*said, *([f"({rest})"] if rest else [])])
