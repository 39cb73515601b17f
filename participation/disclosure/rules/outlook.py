"""What the gate does to each question and each breakdown, for those who publish, never for readers.

Codes, not sentences: it is kept with the release and read in the language of whoever looks. It
holds no number of people, and does not say which answer was hidden, so that two of them side by
side tell next to nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from participation.disclosure.rules.breakdowns import Breakdown, ShownBreakdown, ShownGrouped
from participation.disclosure.rules.tables import ShownTable, Table


class Fate(StrEnum):
    """What becomes of a question, as a whole or by one attribute."""

    SHOWN = "shown"
    MERGED = "merged"  # answers put together
    PARTLY = "partly"  # answers or groups hidden
    HIDDEN = "hidden"


class Why(StrEnum):
    FEW = "few"  # too few answered, or all alike: which of the two is not said
    STEPS = "steps"  # few answered, so a scale has fewer steps
    CELLS = "cells"  # few gave one of the answers
    FOLLOW_UP = "follow_up"  # who was asked would be told
    ROWS = "rows"  # few of a group gave one of the answers
    COLUMNS = "columns"  # answers put together so that more groups are shown
    WHOLE = "whole"  # hidden for everybody, so for the groups too
    SIZES = "sizes"  # the published sizes of the groups would tell who skipped it
    BACKGROUND = "background"  # about who answers: never broken down
    CROSSED = "crossed"  # beside another breakdown it would tell how few are in two groups at once
    SPARSE = "sparse"  # too few gave each answer in each group
    SKIPPED = "skipped"  # beside it, others would tell how few skipped a question
    LOOKED = "looked"  # beside what staff have looked at it would tell of a few
    ATTACKED = "attacked"  # all numbers together would tell of a few (rules/attack)
    NUMBERS = "numbers"  # numbers are not counted group by group
    ONE_GROUP = "one_group"  # only one group is large enough
    WROTE = "wrote"  # beside how many answered, or wrote, it would tell how few did not write
    RIVAL = "rival"  # another breakdown is published, whose groups lie within these


@dataclass(frozen=True, kw_only=True)
class QuestionFate:
    """`hidden` of `of`: answers, or groups of a breakdown, that are not shown."""

    key: str
    title: str
    fate: Fate
    why: tuple[Why, ...] = ()
    hidden: int = 0
    of: int = 0


@dataclass(frozen=True, kw_only=True)
class BreakdownFate:
    """`together`: groups put together. `why` not empty: the whole breakdown is left out."""

    attribute: str
    why: tuple[Why, ...] = ()
    together: tuple[str, ...] = ()
    questions: tuple[QuestionFate, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """A release as the gate leaves it. `tells_respondents`: how many answered in all is told."""

    tells_respondents: bool = True
    questions: tuple[QuestionFate, ...] = ()
    breakdowns: tuple[BreakdownFate, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Outlook | None":
        """None for a release older than outlooks, and for a finding."""
        if not data.get("questions"):
            return None
        return cls(
            tells_respondents=data["tells_respondents"],
            questions=_questions(data["questions"]),
            breakdowns=tuple(
                BreakdownFate(
                    attribute=one["attribute"],
                    why=tuple(map(Why, one["why"])),
                    together=tuple(one["together"]),
                    questions=_questions(one["questions"]),
                )
                for one in data["breakdowns"]
            ),
        )


def _questions(found: Sequence[Mapping[str, Any]]) -> tuple[QuestionFate, ...]:
    return tuple(
        QuestionFate(
            key=one["key"],
            title=one["title"],
            fate=Fate(one["fate"]),
            why=tuple(map(Why, one["why"])),
            hidden=one["hidden"],
            of=one["of"],
        )
        for one in found
    )


def question_fate(table: ShownTable, because: Mapping[str, Why]) -> QuestionFate:
    """A question for everybody. `because`: why those are hidden that the rule itself does not."""
    hidden = sum(cell.count is None for cell in table.cells)
    if table.is_hidden:
        why = [because.get(table.key, Why.FEW)]
        return QuestionFate(key=table.key, title=table.title, fate=Fate.HIDDEN, why=tuple(why))
    why = [Why.STEPS] * table.is_merged + [Why.CELLS] * (hidden > 0)
    return QuestionFate(
        key=table.key,
        title=table.title,
        fate=_fate(hidden=hidden, is_merged=table.is_merged),
        why=tuple(why),
        hidden=hidden,
        of=len(table.cells),
    )


def _fate(*, hidden: int, is_merged: bool) -> Fate:
    if hidden:
        return Fate.PARTLY
    return Fate.MERGED if is_merged else Fate.SHOWN


def breakdown_fate(
    breakdown: Breakdown,
    shown: ShownBreakdown | None,
    totals: Sequence[tuple[Table, ShownTable]],
    gone: Mapping[str, Why],
) -> BreakdownFate:
    """`gone`: the questions left out because of what else is known, and why."""
    if shown is None:
        return BreakdownFate(attribute=breakdown.attribute, why=(Why.ONE_GROUP,))
    return BreakdownFate(
        attribute=breakdown.attribute,
        together=tuple(group.label for group in shown.groups if len(group.codes) > 1),
        questions=tuple(
            _fate_by_group(breakdown, table, total, shown.table(table.key), gone.get(table.key))
            for table, total in totals
        ),
    )


def _fate_by_group(
    breakdown: Breakdown,
    table: Table,
    total: ShownTable,
    grouped: ShownGrouped | None,
    gone: Why | None,
) -> QuestionFate:
    if grouped is None:
        left_out = (_why_left_out(breakdown, table, total, gone),)
        return QuestionFate(key=table.key, title=table.title, fate=Fate.HIDDEN, why=left_out)
    rows = [row for row in grouped.rows if row.n != 0]
    hidden = sum(row.counts is None or None in row.counts for row in rows)
    is_coarser = len(grouped.columns) < len(total.cells) and not table.is_many
    why = [Why.ROWS] * (hidden > 0) + [Why.COLUMNS] * is_coarser
    return QuestionFate(
        key=table.key,
        title=table.title,
        fate=_fate(hidden=hidden, is_merged=is_coarser),
        why=tuple(why),
        hidden=hidden,
        of=len(rows),
    )


def _why_left_out(breakdown: Breakdown, table: Table, total: ShownTable, gone: Why | None) -> Why:
    if total.is_hidden:
        return Why.WHOLE
    if table.key not in breakdown.rows:
        return Why.NUMBERS if table.what == "number" else Why.BACKGROUND
    if gone is not None:
        return gone
    return Why.FOLLOW_UP if table.asked_if is not None else Why.SPARSE
