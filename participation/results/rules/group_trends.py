"""A question by group beside the same groups of earlier rounds, from what was published of each.

Each round's breakdown passed the gate by itself, and other people answered; putting two published
tables beside each other tells nothing that they do not tell apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from participation.disclosure.rules.breakdowns import ShownBreakdown, ShownGrouped
from participation.disclosure.rules.tables import ShownTable
from participation.foundation.i18n import gettext as _
from participation.results.rules.trends import asks_alike
from participation.results.rules.uncertainty import wilson


@dataclass(frozen=True)
class GroupWave:
    """What an earlier round published of the same breakdown."""

    label: str
    tables: tuple[ShownTable, ...]
    shown: ShownBreakdown


@dataclass(frozen=True)
class GroupTrend:
    """Shares of one answer, a row per group and a column per round, newest first."""

    answer: str
    labels: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


def group_trend(
    newest: GroupWave, key: str, earlier: Sequence[GroupWave], words: ShownBreakdown
) -> GroupTrend | None:
    """The first answer (of a scale its top) over the rounds that can be compared; None: none can.

    `words`: the newest breakdown as the page names its groups and answers.
    """
    own, named = newest.shown.table(key), words.table(key)
    whole = _whole(newest, key)
    if own is None or named is None or whole is None or whole.kind.is_many:
        return None
    comparable = [
        wave
        for wave in earlier
        if (old := _whole(wave, key))
        and (then := wave.shown.table(key))
        and asks_alike(old, whole)
        and _columns(then) == _columns(own)
    ]
    if not comparable:
        return None
    waves = [newest, *comparable]
    lines = tuple(
        (group.label, *(_share(wave, key, group.codes) for wave in waves)) for group in words.groups
    )
    return GroupTrend(named.columns[0].label, tuple(wave.label for wave in waves), lines)


def _whole(wave: GroupWave, key: str) -> ShownTable | None:
    return next((table for table in wave.tables if table.key == key), None)


def _columns(table: ShownGrouped) -> list[tuple[str, ...]]:
    return [column.codes for column in table.columns]


def _share(wave: GroupWave, key: str, codes: tuple[str, ...]) -> str:
    """ "56 % (41–70)" of the group in that round; "–" where it was no group of its own."""
    table = wave.shown.table(key)
    places = [place for place, one in enumerate(wave.shown.groups) if one.codes == codes]
    if table is None or not places:
        return "–"
    row = table.rows[places[0]]
    count = row.counts[0] if row.counts else None
    if count is None or not row.n:
        return _("hidden")
    low, high = wilson(count, row.n).percents
    return f"{round(100 * count / row.n)} % ({low}–{high})"
