"""What themes and a round's own numbers tell side by side: how few of a group did not write.

Whoever writes has answered, so 30 next of kin who answered less 28 who wrote are two who did not.
Numbers that differ by 1–4 are never told both, whichever was told first, for everybody and for each
group: groups put together are compared with all that lies within them or around them.
"""

from collections.abc import Sequence
from itertools import product

from participation.disclosure.rules.breakdowns import ShownBreakdown
from participation.disclosure.rules.drafts import EarlierRelease, ReleaseDraft
from participation.disclosure.rules.tables import ShownTable, Thresholds

Size = tuple[frozenset[str], int]
"""Some groups put together, and how many they are."""


def beside(draft: ReleaseDraft, earlier: Sequence[EarlierRelease]) -> list[EarlierRelease]:
    """What was published of the same people from another source, withdrawn or not."""
    return [one for one in earlier if (one.source_kind, one.source_public_id) in draft.beside]


def is_whole_told(n: int, before: Sequence[EarlierRelease], thresholds: Thresholds) -> bool:
    """Whether `n` people lie within 1–4 of a number that any of `before` tells of everybody."""
    return any(
        thresholds.is_small(n - told)
        for one in before
        for told in (one.respondents, *(table.n for table in one.tables))
        if told is not None
    )


def are_groups_told(
    shown: ShownBreakdown | None,
    tables: Sequence[ShownTable],
    before: Sequence[EarlierRelease],
    thresholds: Thresholds,
) -> bool:
    """Whether a group of `shown` lies within 1–4 of what any of `before` tells of it."""
    if shown is None:
        return False
    ours = _sizes(shown, tables)
    theirs = [
        sizes
        for release in before
        for one in release.breakdowns
        if one.attribute == shown.attribute
        for sizes in _sizes(one, release.tables)
    ]
    return any(_tell(one, other, thresholds) for one, other in product(ours, theirs))


def is_asker_told(question_key: str, before: Sequence[EarlierRelease]) -> bool:
    """Whether the question that asks which group somebody is in was shown as a table."""
    return bool(question_key) and any(
        table.key == question_key and not table.is_hidden
        for release in before
        for table in release.tables
    )


def _sizes(shown: ShownBreakdown, tables: Sequence[ShownTable]) -> list[list[Size]]:
    """Of each question, how many of each group; those that are hidden together, by subtraction."""
    wholes = {table.key: table.n for table in tables}
    found = []
    for grouped in shown.tables:
        rows = list(zip(shown.groups, grouped.rows, strict=True))
        sizes = [(frozenset(group.codes), row.n) for group, row in rows if row.n is not None]
        hidden = frozenset(code for group, row in rows if row.n is None for code in group.codes)
        whole = wholes.get(grouped.key)
        if hidden and whole is not None:
            sizes.append((hidden, whole - sum(n for _codes, n in sizes)))
        found.append(sizes)
    return found


def _tell(ours: Sequence[Size], theirs: Sequence[Size], thresholds: Thresholds) -> bool:
    """Groups within one another, and all that overlaps put together, on either side."""
    pairs = list(product(ours, theirs))
    return any(
        thresholds.is_small(n - other_n)
        for (codes, n), (others, other_n) in pairs
        if codes <= others or others <= codes
    ) or any(
        thresholds.is_small(_within(ours, part) - _within(theirs, part))
        for part in _overlapping([codes for codes, _n in (*ours, *theirs)])
    )


def _within(sizes: Sequence[Size], part: frozenset[str]) -> int:
    return sum(n for codes, n in sizes if codes <= part)


def _overlapping(sets: Sequence[frozenset[str]]) -> set[frozenset[str]]:
    """What hangs together by common groups, put together."""
    found: set[frozenset[str]] = set()
    for codes in sets:
        near = {one for one in found if one & codes}
        found = (found - near) | {codes.union(*near)}
    return found
