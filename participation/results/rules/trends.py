"""A published table beside the same question of earlier rounds: what can be compared, and how sure.

Questions are matched by key. Where the words, the answers to choose from or the steps shown
differ, there is a break: the rounds are not put side by side, and the page says why. Only what
was published takes part, so that a comparison reveals nothing new.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from participation.disclosure.rules.tables import ShownCell, ShownTable, TableKind
from participation.foundation.i18n import format_number
from participation.foundation.i18n import gettext as _
from participation.results.rules.round_tables import chart
from participation.results.rules.uncertainty import difference, wilson


@dataclass(frozen=True)
class Wave:
    """A question as an earlier round published it; None: the release has nothing of it."""

    label: str
    table: ShownTable | None


@dataclass(frozen=True)
class Shown:
    """A question as a round shows it."""

    label: str
    table: ShownTable


@dataclass(frozen=True)
class Trend:
    """What the page shows beside a question: comparable rounds, newest first, and the breaks.

    `lines` are rows of a table: the answer, each round's share with its uncertainty, the change
    since the round before with what it is worth.
    """

    waves: tuple[Shown, ...] = ()
    gaps: tuple[tuple[int, str], ...] = ()  # after how many waves a round is missing, and which
    lines: tuple[tuple[str, ...], ...] = ()
    sentence: str = ""
    breaks: tuple[str, ...] = ()

    @property
    def bars(self) -> list[tuple[str, str, list[int]]]:
        """Rows of the chart, newest first: label, how many answered, whole per cent."""
        drawn = [(wave.label, chart(wave.table)) for wave in self.waves]
        rows = [
            (label, c.size, list(c.percents)) if c.is_bar else (label, _("hidden in part"), [])
            for label, c in drawn
        ]
        for after, label in reversed(self.gaps):
            rows.insert(after, (label, _("no results"), []))
        return rows

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(wave.label for wave in self.waves)


def trend(label: str, table: ShownTable, earlier: Sequence[Wave]) -> Trend:
    """`table` of the round `label` beside `earlier` rounds, newest first.

    After a break nothing older is compared: the line would cross it. A round that shows nothing
    of the question leaves a gap.
    """
    comparable = [Shown(label, table)]
    gaps: list[tuple[int, str]] = []
    for wave in earlier:
        if wave.table is None:
            gaps.append((len(comparable) + len(gaps), wave.label))
            continue
        reason = "" if table.is_hidden else _break(table, Shown(wave.label, wave.table))
        if reason:
            return _told(comparable, gaps, (reason,))
        comparable.append(Shown(wave.label, wave.table))
    return _told(comparable, gaps, ())


def _told(
    waves: Sequence["Shown"], gaps: Sequence[tuple[int, str]], breaks: tuple[str, ...]
) -> Trend:
    if len(waves) < 2:
        return Trend(breaks=breaks)
    cells = waves[0].table.cells
    lines = tuple(_line(position, cell, waves) for position, cell in enumerate(cells))
    last = len(waves) + len(gaps)
    between = [gap for gap in gaps if gap[0] < last - _trailing(waves, gaps)]
    return Trend(tuple(waves), tuple(between), lines, _sentence(waves), breaks)


def _trailing(waves: Sequence["Shown"], gaps: Sequence[tuple[int, str]]) -> int:
    """Gaps older than every round that is shown: nothing is missing between."""
    places = {place for place, _label in gaps}
    last, count = len(waves) + len(gaps) - 1, 0
    while last in places:
        last, count = last - 1, count + 1
    return count


def _break(table: ShownTable, wave: "Shown") -> str:
    """Why the two cannot stand side by side; "" when they can."""
    old = wave.table
    if old.is_hidden:
        return _("%(wave)s: too few answered to compare with.", wave=wave.label)
    if old.title != table.title or old.kind is not table.kind:
        return _(
            "%(wave)s: the question was “%(question)s”, so the rounds are not compared.",
            wave=wave.label,
            question=old.title,
        )
    if old.is_merged is not table.is_merged:
        return _(
            "%(wave)s: the answers are shown in other steps, so the rounds are not compared.",
            wave=wave.label,
        )
    if _choices(old) != _choices(table):
        return _(
            "%(wave)s: there were other answers to choose from, so the rounds are not compared.",
            wave=wave.label,
        )
    return ""


def asks_alike(old: ShownTable, new: ShownTable) -> bool:
    """The same words, and the same answers to choose from."""
    return old.title == new.title and _choices(old) == _choices(new)


def _choices(table: ShownTable) -> list[tuple[tuple[str, ...], str]]:
    return [(cell.codes, cell.label) for cell in table.cells]


def _line(position: int, cell: ShownCell, waves: Sequence[Shown]) -> tuple[str, ...]:
    shares = [_share(wave.table, position) for wave in waves]
    return (cell.label, *shares, _change(waves, position))


def _share(table: ShownTable, position: int) -> str:
    """ "56 % (41–70)"."""
    count = table.cells[position].count
    if count is None or not table.n:
        return _("hidden")
    low, high = wilson(count, table.n).percents
    return f"{chart(table).percents[position]} % ({low}–{high})"


def _change(waves: Sequence[Shown], position: int) -> str:
    """The change in percentage points since the round before, where it is more than chance."""
    new, old = waves[0].table, waves[1].table
    now, before = new.cells[position].count, old.cells[position].count
    if now is None or before is None or not new.n or not old.n:
        return "–"
    low, high = difference((now, new.n), (before, old.n))
    points = chart(new).percents[position] - chart(old).percents[position]
    if not points:
        return _("unchanged")
    if low <= 0 <= high:
        return _("%(points)s, can be chance", points=_signed(points))
    return _("%(points)s, more than chance", points=_signed(points))


def _signed(points: int) -> str:
    return f"+{format_number(points)}" if points > 0 else f"−{format_number(-points)}"


def _sentence(waves: Sequence[Shown]) -> str:
    """The top of a scale now and before, in words: what a reader looks for first."""
    if waves[0].table.kind is not TableKind.SCALE or waves[0].table.what:
        return ""
    if any(wave.table.cells[0].count is None for wave in waves[:2]):
        return ""
    return _(
        "“%(answer)s” – %(wave)s: %(now)s. %(earlier)s: %(before)s. "
        "Change in percentage points: %(change)s.",
        answer=_apart(waves[0].table.cells[0].label),
        now=_apart(_share(waves[0].table, 0)),
        wave=_apart(waves[0].label),
        before=_apart(_share(waves[1].table, 0)),
        earlier=_apart(waves[1].label),
        change=_apart(_change(waves, 0)),
    )


def _apart(text: str) -> str:
    """Isolated, so that Swedish words and numbers keep their order in an Arabic sentence."""
    return f"\u2068{text}\u2069"
