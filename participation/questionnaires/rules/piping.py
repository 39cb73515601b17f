"""Earlier answers in later texts: "You said ${support_from|you get support}. Who …". Pure.

The part after the bar is said to whoever has not answered; without it there is a blank, or on
paper which answer is meant (rules/paper_form.py). What an answer says is text, never markup: pages
escape it as they escape everything.
"""

import re
from collections.abc import Callable, Iterator

BLANK = "________"
MOST_SAID = 120  # characters of an answer in the middle of a sentence
_PIPE = re.compile(r"\$\{([a-z][a-z0-9_]*)(?:\|([^{}]*))?\}")


def piped(text: str) -> Iterator[str]:
    """The keys of the questions whose answers a text repeats."""
    if "${" in text:
        yield from (found.group(1) for found in _PIPE.finditer(text))


def blank(_key: str) -> str:
    """What stands where nothing is known of an answer."""
    return BLANK


def filled(text: str, answer: Callable[[str], str], unknown: Callable[[str], str] = blank) -> str:
    """The text with answers in it; `answer` gives "" for what is not answered, and `unknown` says
    something there where the author wrote nothing to say instead.

    >>> filled("Du sa ${who|att någon hjälper}.", lambda key: "")
    'Du sa att någon hjälper.'
    """
    if "${" not in text:
        return text
    return _PIPE.sub(lambda found: _said(answer(found[1])) or found[2] or unknown(found[1]), text)


def renamed(text: str, name: Callable[[str, str], str]) -> str:
    """The text with something else in the places of answers, by key and what stands instead."""
    return _PIPE.sub(lambda found: name(found.group(1), found.group(2) or ""), text)


def unfilled(text: str) -> str:
    """The text where no answers are known: on paper, in results, in other programs."""
    return filled(text, lambda _key: "")


def for_xlsform(text: str) -> str:
    """As other programs write it: they know no words for an unanswered question."""
    return _PIPE.sub(r"${\1}", text)


def _said(answer: str) -> str:
    return answer if len(answer) <= MOST_SAID else f"{answer[:MOST_SAID].rstrip()} …"
