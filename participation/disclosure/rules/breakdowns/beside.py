"""What two releases of one breakdown, or it and the sizes of its groups, give away."""

from collections.abc import Sequence

from participation.disclosure.rules.breakdowns.shapes import Breakdown, ShownBreakdown, ShownGrouped
from participation.disclosure.rules.tables import Thresholds


def breakdown_clashes(
    earlier: ShownBreakdown, later: ShownBreakdown, thresholds: Thresholds
) -> tuple[str, ...]:
    """Keys of the questions that the two side by side would give away.

    The same attribute of the same source: groups, columns and what is hidden must agree, and
    every number differ by nobody or by enough.
    """
    groups_differ = [g.codes for g in earlier.groups] != [g.codes for g in later.groups]
    return tuple(
        new.key
        for new in later.tables
        if (old := earlier.table(new.key)) is not None
        and (groups_differ or old.shape != new.shape or _differ_by_few(old, new, thresholds))
    )


def _differ_by_few(old: ShownGrouped, new: ShownGrouped, thresholds: Thresholds) -> bool:
    return any(
        before is not None and after is not None and thresholds.is_small(after - before)
        for then, now in zip(old.rows, new.rows, strict=True)
        for before, after in zip(
            (then.n, *(then.counts or ())), (now.n, *(now.counts or ())), strict=True
        )
    )


def skips_are_told(
    breakdown: Breakdown, key: str, sizes: Sequence[int | None], thresholds: Thresholds
) -> bool:
    """True when the published sizes of the groups show that 1–4 of one skipped question `key`."""
    return any(
        size is not None and thresholds.is_small(size - row.n)
        for size, row in zip(sizes, breakdown.rows[key], strict=True)
    )
