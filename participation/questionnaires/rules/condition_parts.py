"""The parts of a condition: what stands between "and" and "or", inside brackets and calls. Pure."""

from collections.abc import Sequence

from participation.questionnaires.rules.expressions import Token


def parts(found: Sequence[Token], word: str) -> list[Sequence[Token]]:
    """What stands between the `word`s that no bracket holds."""
    split, begin = [], 0
    for place, depth in enumerate(_depths(found)):
        token = found[place]
        if depth == 0 and token.kind == "word" and token.text == word:
            split.append(found[begin:place])
            begin = place + 1
    return [*split, found[begin:]]


def _depths(found: Sequence[Token]) -> list[int]:
    """How many brackets each token stands in; a bracket stands in itself."""
    depth, depths = 0, []
    for token in found:
        depth += token.text == "(" and token.kind == "mark"
        depths.append(depth)
        depth -= token.text == ")" and token.kind == "mark"
    return depths


def unwrapped(found: Sequence[Token]) -> Sequence[Token]:
    """Without brackets around the whole; nothing at all when they hold nothing."""
    while len(found) > 1 and found[0].text == "(" and not _closes_early(found):
        found = found[1:-1]
    return found


def _closes_early(found: Sequence[Token]) -> bool:
    """Whether the first bracket closes before the end: "(a) and (b)" is not wrapped."""
    depth = 0
    for token in found[:-1]:
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0:
            return True
    return False


def is_call(found: Sequence[Token], name: str) -> bool:
    """Whether the whole is one call of the function: "not(…)", and not "not(…) = 1"."""
    return (
        len(found) > 3
        and found[0].kind == "word"
        and found[0].text == name
        and found[1].text == "("
        and found[-1].text == ")"
        and not _closes_early(found[1:])
    )
