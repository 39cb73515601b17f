"""What two releases of one breakdown, or it and the sizes of its groups, give away."""

from collections.abc import Mapping, Sequence

from participation.disclosure.rules.breakdowns.shapes import Breakdown, ShownBreakdown, ShownGrouped
from participation.disclosure.rules.tables import ShownTable, Thresholds

Totals = Mapping[str, ShownTable]


def breakdown_clashes(
    earlier: ShownBreakdown,
    later: ShownBreakdown,
    totals: tuple[Totals, Totals],
    thresholds: Thresholds,
) -> tuple[str, ...]:
    """Keys of the questions that the two side by side would give away.

    The same attribute of the same source: groups, columns and what is hidden must agree, and
    every number differ by nobody or by enough; so must what is hidden, which `totals` (of the
    earlier and the later release) less the shown rows tell.
    """
    groups_differ = [g.codes for g in earlier.groups] != [g.codes for g in later.groups]
    return tuple(
        new.key
        for new in later.tables
        if (old := earlier.table(new.key)) is not None
        and (
            groups_differ
            or old.shape != new.shape
            or _differ_by_few(old, new, thresholds)
            or _hidden_differ_by_few(old, new, [one.get(new.key) for one in totals], thresholds)
        )
    )


def _differ_by_few(old: ShownGrouped, new: ShownGrouped, thresholds: Thresholds) -> bool:
    for then, now in zip(old.rows, new.rows, strict=True):
        grown = None if then.n is None or now.n is None else now.n - then.n
        changes = [
            after - before
            for before, after in zip(then.counts or (), now.counts or (), strict=True)
            if before is not None and after is not None
        ]
        if grown is not None:
            changes += [grown, *(grown - change for change in changes)]
        if any(thresholds.is_small(change) for change in changes):
            return True
    return False


def _hidden_differ_by_few(
    old: ShownGrouped,
    new: ShownGrouped,
    totals: Sequence[ShownTable | None],
    thresholds: Thresholds,
) -> bool:
    """What all hidden rows hold together, column by column and in size."""
    before, after = totals
    if before is None or after is None:
        return False
    then, now = _hidden_together(old, before), _hidden_together(new, after)
    changes = [
        later - earlier
        for earlier, later in zip(then, now, strict=True)
        if earlier is not None and later is not None
    ]
    return any(thresholds.is_small(change) for change in changes)


def _hidden_together(grouped: ShownGrouped, total: ShownTable) -> list[int | None]:
    """Total less what is shown: of the size, then of each column; None where no total is told."""
    found = [_less(total.n, [row.n for row in grouped.rows])]
    hidden = {code for cell in total.cells if cell.count is None for code in cell.codes}
    for place, column in enumerate(grouped.columns):
        own = set(column.codes)
        whole = total.count_of(frozenset(own))
        if whole is None and hidden <= own and not total.kind.is_many:
            others = [cell.count for cell in total.cells if not set(cell.codes) <= own]
            whole = _less(total.n, others)
        found.append(_less(whole, [row.counts[place] for row in grouped.rows if row.counts]))
    return found


def _less(whole: int | None, shown: Sequence[int | None]) -> int | None:
    return None if whole is None else whole - sum(one or 0 for one in shown)


def skips_are_told(
    breakdown: Breakdown, key: str, sizes: Sequence[int | None], thresholds: Thresholds
) -> bool:
    """True when the published sizes of the groups show that 1–4 of one skipped question `key`."""
    return any(
        size is not None and thresholds.is_small(size - row.n)
        for size, row in zip(sizes, breakdown.rows[key], strict=True)
    )
