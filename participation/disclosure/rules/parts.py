"""Answers that are known together, and what becomes of them when more is told."""

from collections.abc import Iterable, Sequence

Codes = frozenset[str]


def new_parts(known: Sequence[Codes], told: Iterable[Codes]) -> list[Codes]:
    """The parts that only `told` makes: sums of answers that follow from it and `known`.

    Worked example: a, b and c+d are known; a+c is told too: then c and d are known by themselves.
    """
    parts = list(known)
    for codes in told:
        parts = [piece for part in parts for piece in (part & codes, part - codes) if piece]
    return [part for part in parts if part not in known]
