"""How few skipped a question, told by one that everybody must answer.

A required question's number is how many answered the round, also where that number is left out:
188 answered it and 186 another, so two skipped the other.
"""

from collections.abc import Sequence

from participation.disclosure.rules.breakdowns import Breakdown, shown_groups
from participation.disclosure.rules.tables import Table, Thresholds


def telling_of_skips(
    tables: Sequence[Table], respondents: int, thresholds: Thresholds
) -> frozenset[str]:
    """Keys of what to hide of the shown `tables`: those that all must answer, or those that 1–4
    skipped, whichever are fewer.
    """
    must = {one.key for one in tables if _is_for_all(one, respondents)}
    few = {one.key for one in tables if thresholds.is_small(respondents - one.n)}
    return _fewer(must, few)


def telling_by_group(
    breakdown: Breakdown, tables: Sequence[Table], respondents: int, thresholds: Thresholds
) -> frozenset[str]:
    """The same group by group: what the size of each group would tell of who skipped."""
    parts = shown_groups(breakdown, thresholds)
    sizes = [sum(breakdown.groups[place].people for place in part) for part in parts]
    own = [one for one in tables if one.key in breakdown.rows]
    must = {one.key for one in own if _is_for_all(one, respondents)}
    few = {
        one.key
        for one in own
        for part, size in zip(parts, sizes, strict=True)
        if thresholds.is_small(size - sum(breakdown.rows[one.key][place].n for place in part))
    }
    return _fewer(must, few)


def _is_for_all(table: Table, respondents: int) -> bool:
    return table.is_required and table.asked_if is None and table.n == respondents


def _fewer(must: set[str], few: set[str]) -> frozenset[str]:
    if not must or not few:
        return frozenset()
    return frozenset(few if len(few) < len(must) else must)
