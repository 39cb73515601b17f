"""What the size of a follow-up question tells about the question before it.

"Did you tell somebody?" is asked of those who answered yes to "Were you hurt?". How many answered
the one is at most how many said yes to the other, and where an answer is required it is that very
number. So it is treated as that number: it must not split what the other question hides.
"""

from collections.abc import Iterable, Sequence

from participation.disclosure.rules.breakdowns import Breakdown
from participation.disclosure.rules.drafts import ReleaseDraft
from participation.disclosure.rules.parts import new_parts
from participation.disclosure.rules.tables import ShownTable, Table, Thresholds


def telling_follow_ups(
    draft: ReleaseDraft, shown: Sequence[ShownTable], thresholds: Thresholds
) -> frozenset[str]:
    """Keys of the questions whose size would give away a few answers to another one.

    Worked example: yes 397 and no 3 are both hidden of 400; a question asked only after yes, which
    397 answered, would show both.
    """
    tables = {table.key: table for table in draft.tables}
    results = {result.key: result for result in shown}
    gone: set[str] = set()
    told: dict[str, list[frozenset[str]]] = {}
    sizes: dict[str, list[int]] = {}
    for table in draft.tables:
        source = table.asked_if
        if source is None or results[table.key].is_hidden:
            continue
        before = tables.get(source.key)
        if source.codes is None:
            gone.add(table.key)
        elif before is None:
            others = sizes.setdefault(source.key, [draft.respondents])
            if _tells_of_unshown(table, others, draft.breakdowns, thresholds):
                gone.add(table.key)
            else:
                others.append(table.n)
        else:
            asked = told.setdefault(source.key, [])
            result = results[source.key]
            if source.key in gone or _tells(
                before, result, table.n, [*asked, source.codes], thresholds
            ):
                gone.add(table.key)
            else:
                asked.append(source.codes)
    return frozenset(gone)


def _tells(
    before: Table,
    shown: ShownTable,
    size: int,
    asked: Sequence[frozenset[str]],
    thresholds: Thresholds,
) -> bool:
    """Whether `size`, of those who gave the answers `asked` last, splits what `shown` hides."""
    if shown.is_hidden or thresholds.is_small(before.n - size):
        return True
    if before.is_many:
        return shown.count_of(asked[-1]) is None
    counts = {cell.code: cell.count for cell in before.cells}
    hidden = frozenset(code for cell in shown.cells if cell.count is None for code in cell.codes)
    known = [frozenset(cell.codes) for cell in shown.cells if cell.count is not None]
    return any(
        _is_few([counts[code] for code in part], thresholds, is_hidden=part <= hidden)
        for part in new_parts([*known, hidden], asked)
    )


def _is_few(counts: Sequence[int], thresholds: Thresholds, *, is_hidden: bool) -> bool:
    """Answers known together: a few; or, where each is hidden, one alone or fewer than enough."""
    if is_hidden and (len(counts) < 2 or sum(counts) < thresholds.minimum):
        return True
    return thresholds.is_small(sum(counts))


def _tells_of_unshown(
    table: Table,
    sizes: Iterable[int],
    breakdowns: Iterable[Breakdown],
    thresholds: Thresholds,
) -> bool:
    """The question before is no table of its own: a number, or what the answers are grouped by."""
    if any(thresholds.is_small(size - table.n) for size in sizes):
        return True
    key = table.asked_if.key if table.asked_if else ""
    return any(
        thresholds.is_small(group.people)
        for breakdown in breakdowns
        if breakdown.question_key == key
        for group in breakdown.groups
    )
