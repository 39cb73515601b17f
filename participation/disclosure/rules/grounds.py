"""What a claim rests on: a number, texts with the codes that are counted in them, or what the team
saw itself. One rule for the form, for what is written down, and for the gate. Pure.
"""

from enum import StrEnum


class Lack(StrEnum):
    """What is wrong with the grounds of a claim."""

    OWN_AND_OTHERS = "own_and_others"  # the team's own observation, and a number or texts
    CODES = "codes"  # texts alone do not say how many
    TEXTS = "texts"  # codes that are counted nowhere
    EVERYTHING = "everything"  # a draft may wait for its number; nothing is published so


def lacking(*, is_own: bool, has_figure: bool, has_texts: bool, has_codes: bool) -> Lack | None:
    """What is wrong, if anything.

    >>> lacking(is_own=False, has_figure=True, has_texts=True, has_codes=False).value
    'codes'
    >>> lacking(is_own=True, has_figure=False, has_texts=False, has_codes=False) is None
    True
    """
    if is_own:
        return Lack.OWN_AND_OTHERS if has_figure or has_texts or has_codes else None
    if has_texts != has_codes:
        return Lack.CODES if has_texts else Lack.TEXTS
    return None if has_figure or has_texts else Lack.EVERYTHING
