"""What of one table may be shown: small groups hidden, scales merged, nothing derivable.

The rule (ANALYSIS.md, "Disclosure control"): at least five respondents; counts 1–4 and
complements 1–4 hidden; further cells hidden so that those cannot be worked out from the total;
below thirty answers a scale is merged into two or three steps; if everybody gave the same answer
to a sensitive question, or stands in the same step once steps are merged, it is hidden; below
thirty "nobody" is not told of an option that may be ticked, nor beside answers that are hidden.
"""

from collections.abc import Sequence

from participation.disclosure.rules.tables import (
    ShownCell,
    ShownTable,
    Table,
    TableKind,
    Thresholds,
)
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import mid_sentence


def shown_table(table: Table, thresholds: Thresholds) -> ShownTable:
    """`table` as it may be published. Deterministic: the same table is always shown alike."""
    is_merged = table.kind is TableKind.SCALE and table.n < thresholds.merge_below
    cells = merged_cells(table) if is_merged else _single_cells(table)
    if _is_hidden_altogether(table, cells, thresholds):
        return _table(table, None, [_without_count(cell) for cell in cells], is_merged)
    hidden = hidden_positions(table, [cell.count or 0 for cell in cells], thresholds)
    shown = [
        _without_count(cell) if position in hidden else cell for position, cell in enumerate(cells)
    ]
    return _table(table, table.n, shown, is_merged)


def _is_hidden_altogether(table: Table, cells: Sequence[ShownCell], thresholds: Thresholds) -> bool:
    """`cells`: the answers as they would be shown, steps merged.

    Worked example: always 4 · often 3 of 7 is "always or often" 7 of 7: who knows who took part
    knows what each of them answered.
    """
    everybody_alike = table.kind is not TableKind.MANY and any(
        cell.count == table.n for cell in cells
    )
    return table.n < thresholds.minimum or (table.is_sensitive and everybody_alike)


def hidden_positions(table: Table, counts: Sequence[int], thresholds: Thresholds) -> set[int]:
    """Which of `counts` to hide.

    Worked example, n = 40, one answer each: 20 · 3 · 9 · 8 → 3 is too small; alone it would be
    40 − 20 − 9 − 8, so the smallest other cell goes with it: 3 and 8 are hidden. The reader knows
    that they are 11 together, which says of neither more than "between 0 and 11".
    """
    n = table.n
    hidden = {
        position
        for position, count in enumerate(counts)
        if thresholds.is_small(count) or thresholds.is_small(n - count)
    }
    is_few = table.is_sensitive and n < thresholds.merge_below
    nobody = {p for p, count in enumerate(counts) if is_few and count == 0}
    if table.kind is TableKind.MANY and table.at_most is not None:
        return _within_what_each_could_give(table, counts, hidden, thresholds)
    if table.kind is TableKind.MANY:
        everybody = {p for p, count in enumerate(counts) if table.is_sensitive and count == n}
        return hidden | everybody | nobody  # each stands alone: no total to subtract from
    if hidden and (len(hidden) == 1 or sum(counts[p] for p in hidden) < thresholds.minimum):
        others = [p for p, count in enumerate(counts) if p not in hidden and count]
        hidden.add(min(others, key=lambda p: (counts[p], p)))
    return hidden | nobody if hidden else hidden


def _within_what_each_could_give(
    table: Table, counts: Sequence[int], hidden: set[int], thresholds: Thresholds
) -> set[int]:
    """Which of `counts` to hide where each of n people could give at most so many answers.

    Then all counts together are at most n · at_most, and what is shown leaves the rest for the
    hidden ones. Worked example: 12 people with two dots each; 7 · 7 · 7 shown leave at most 3 for
    a hidden one. So nobody and everybody are hidden as well, and the smallest shown count until
    the rest is at least as large as the smallest group.
    """
    n, most = table.n, table.at_most or 0
    hidden = hidden | {p for p, count in enumerate(counts) if count in {0, n}}
    shown = sorted((p for p in range(len(counts)) if p not in hidden), key=lambda p: counts[p])
    while hidden and shown and n * most - sum(counts[p] for p in shown) < thresholds.minimum:
        hidden.add(shown.pop(0))
    return hidden


def merged_cells(table: Table) -> list[ShownCell]:
    """The steps of a scale in two or three: an odd number keeps its middle.

    Worked example: always · often · sometimes · seldom · never → always or often · sometimes ·
    seldom or never. "Don't know" stays by itself.
    """
    steps = [cell for cell in table.cells if not cell.is_unsure]
    half = len(steps) // 2
    middle = steps[half : len(steps) - half]
    parts = [steps[:half], middle, steps[len(steps) - half :]] if half else [steps]
    merged = [
        ShownCell(
            codes=tuple(cell.code for cell in part),
            label=joined_labels([cell.label for cell in part]),
            count=sum(cell.count for cell in part),
        )
        for part in parts
        if part
    ]
    return merged + [cell for cell in _single_cells(table) if cell.is_unsure]


def joined_labels(labels: Sequence[str]) -> str:
    """ "Always", "Often" → "Always or often". Numbers: "0", "1", "2" → "0–2"."""
    if len(labels) > 1 and all(label.isdecimal() for label in labels):
        return f"{labels[0]}–{labels[-1]}"
    joined = labels[0]
    for label in labels[1:]:
        joined = _("%(first)s or %(second)s", first=joined, second=mid_sentence(label))
    return joined


def other_answers(*, with_unsure: bool) -> str:
    """What answers are called that do not belong together: never one step of a scale."""
    if with_unsure:
        return _("Other answers, including “don't know”")
    return _("Other answers")


def _single_cells(table: Table) -> list[ShownCell]:
    return [
        ShownCell(codes=(cell.code,), label=cell.label, count=cell.count, is_unsure=cell.is_unsure)
        for cell in table.cells
    ]


def _without_count(cell: ShownCell) -> ShownCell:
    return ShownCell(codes=cell.codes, label=cell.label, count=None, is_unsure=cell.is_unsure)


def _table(table: Table, n: int | None, cells: Sequence[ShownCell], is_merged: bool) -> ShownTable:
    return ShownTable(
        key=table.key,
        title=table.title,
        kind=table.kind,
        n=n,
        cells=tuple(cells),
        is_merged=is_merged,
        what=table.what,
    )
