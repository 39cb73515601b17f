"""Whether a text that was read elsewhere is still the same but for what was hidden in it. Pure."""

import re
from collections.abc import Sequence

from participation.coding.rules.passages import MASK_LABELS, Mask, mask_word


def masks_since(before: str, after: str) -> Sequence[Mask] | None:
    """Where marks such as "[namn]" stand in `after`, when that is all that differs from `before`.

    None: words were changed too, so what was read is another text.

    >>> masks_since("Bo ringde.", "[namn] ringde.")
    [Mask(start=0, end=6, kind='name')]
    >>> masks_since("Bo ringde.", "Han ringde.") is None, masks_since("Ja.", "Ja.")
    (True, [])
    """
    kinds = {mask_word(kind): kind for kind in MASK_LABELS}
    marks = "|".join(re.escape(word) for word in kinds)
    found = [one for one in re.finditer(marks, after) if one.group() not in before]
    parts, at = [], 0
    for one in found:
        parts.append(re.escape(after[at : one.start()]))
        at = one.end()
    pattern = r"\S(?:.*?\S)??".join([*parts, re.escape(after[at:])])
    if re.fullmatch(pattern, before, re.DOTALL) is None:
        return None
    return [Mask(start=one.start(), end=one.end(), kind=kinds[one.group()]) for one in found]
