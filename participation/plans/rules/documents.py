"""A plan as a document to keep: the same plan gives the same blocks, in the plan's own form.

The document carries no date of its own making, so that the same plan is the same file.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from participation.foundation.documents import Block, Heading, Item, Paragraph, Table
from participation.foundation.i18n import format_day
from participation.foundation.i18n import gettext as _
from participation.plans.rules.plans import PlanLine, PlanStatus
from participation.plans.rules.words import PLAN_STATUS_WORDS

# Public id of a finding → its public address.
AddressOf = Callable[[str], str]


@dataclass(frozen=True)
class PlanPaper:
    """What stands in the document: `about` are labels with what they say, in order."""

    title: str
    about: Sequence[tuple[str, str]]
    tops: Sequence[PlanLine]
    is_loaded: bool = True
    is_fictional: bool = False
    version: int | None = None

    @property
    def has_status(self) -> bool:
        """Whether the group has told of any plan action how it is going."""
        return any(
            line.status not in (None, PlanStatus.NOT_LOADED) for line in whole_tree(self.tops)
        )

    def tops_of(self, kind: str) -> list[PlanLine]:
        return [line for line in self.tops if line.kind == kind]


def whole_tree(lines: Sequence[PlanLine]) -> Iterator[PlanLine]:
    """Every line of a tree, each before what stands under it."""
    for line in lines:
        yield line
        yield from whole_tree(line.below)


def under(line: PlanLine, kind: str) -> list[PlanLine]:
    """The lines of one kind anywhere under a line, in order."""
    return [one for one in whole_tree(line.below) if one.kind == kind]


def told_status(line: PlanLine) -> str:
    """How a plan action is going, with its day.

    >>> told_status(PlanLine("a", "plan_action", "Ha öppet"))
    ''
    """
    if line.status is None:
        return ""
    word = str(PLAN_STATUS_WORDS[line.status])
    if line.status_on is None:
        return word
    return _("%(status)s, %(date)s", status=word, date=format_day(line.status_on))


def plan_blocks(paper: PlanPaper, address_of: AddressOf) -> list[Block]:
    """The document's blocks in the language that is chosen; the title is not among them."""
    writer = _Writer(paper, address_of)
    return list(writer.blocks())


class _Writer:
    def __init__(self, paper: PlanPaper, address_of: AddressOf) -> None:
        self.paper = paper
        self.address_of = address_of

    def blocks(self) -> Iterator[Block]:
        if self.paper.is_fictional:
            yield Paragraph(_("invented example"))
        for label, text in self.paper.about:
            yield Paragraph(one_line(text), label=label)
        if not self.paper.is_loaded:
            yield Paragraph(_("The content of this plan is not loaded"))
            return
        yield from self._section(_("Improvement areas"), "improvement_area", self._area)
        yield from self._section(_("Goes on over time"), "ongoing_area", self._area)
        yield from self._section(_("Focus areas"), "focus_area", self._focus_area)

    def _section(
        self, title: str, kind: str, content: Callable[[PlanLine], Iterator[Block]]
    ) -> Iterator[Block]:
        lines = self.paper.tops_of(kind)
        if lines:
            yield Heading(title)
        for line in lines:
            yield Heading(one_line(line.text), 2)
            yield from self._said(line)
            yield from content(line)

    def _area(self, area: PlanLine) -> Iterator[Block]:
        for label, text in [
            (_("Purpose"), area.purpose),
            (_("Time frame"), area.time_frame),
            (_("Responsible"), area.responsible),
        ]:
            if text:
                yield Paragraph(one_line(text), label=label)
        yield from self._list(_("Goals"), under(area, "goal"))
        yield from self._list(_("National goals it supports"), under(area, "supported_goal"))
        yield from self._actions(area)

    def _list(self, title: str, lines: Sequence[PlanLine]) -> Iterator[Block]:
        if lines:
            yield Heading(title, 3)
        for line in lines:
            yield Item(one_line(line.text))
            if line.responsible:
                yield Paragraph(one_line(line.responsible), label=_("Responsible"))
            yield from self._said(line)

    def _actions(self, area: PlanLine) -> Iterator[Block]:
        actions = under(area, "plan_action")
        if not self.paper.has_status:
            yield from self._list(_("Plan actions"), actions)
            return
        if not actions:
            return
        yield Heading(_("Plan actions"), 3)
        yield Table(
            [_("Plan action"), _("How is it going?"), _("What has happened?")],
            [[self._in_cell(one), told_status(one), one_line(one.status_text)] for one in actions],
            title=one_line(area.text),
        )

    def _focus_area(self, area: PlanLine) -> Iterator[Block]:
        goals = under(area, "long_term_goal")
        if not goals:
            return
        yield Table(
            [
                _("Long-term goal"),
                _("Short-term goals"),
                _("Indicators"),
                _("Plan actions"),
                _("Responsible"),
            ],
            [self._goal_row(goal) for goal in goals],
            title=one_line(area.text),
        )

    def _goal_row(self, goal: PlanLine) -> list[str]:
        cells = [
            "\n".join(self._in_cell(one) for one in under(goal, kind))
            for kind in ("short_term_goal", "indicator")
        ]
        actions = "\n".join(
            self._in_cell(one) + self._status_line(one) for one in under(goal, "plan_action")
        )
        return [self._in_cell(goal), *cells, actions, one_line(goal.responsible or "")]

    def _status_line(self, action: PlanLine) -> str:
        if not self.paper.has_status:
            return ""
        told = " ".join(
            part for part in (told_status(action), one_line(action.status_text)) if part
        )
        return "\n" + _("How is it going? %(answer)s", answer=told)

    def _in_cell(self, line: PlanLine) -> str:
        said = (
            _(
                "Finding: %(title)s (%(address)s)",
                title=one_line(title),
                address=self.address_of(public_id),
            )
            for title, public_id in line.findings
        )
        who = _("Responsible: %(who)s", who=one_line(line.responsible or ""))
        has_own = line.kind == "plan_action" and line.responsible
        return "\n".join([one_line(line.text), *([who] if has_own else []), *said])

    def _said(self, line: PlanLine) -> Iterator[Block]:
        for title, public_id in line.findings:
            yield Paragraph(one_line(title), label=_("Finding"), address=self.address_of(public_id))


def one_line(text: str) -> str:
    """Words without the line breaks somebody typed: in a cell a break begins another thing.

    >>> one_line("Ha öppet\\n på kvällen")
    'Ha öppet på kvällen'
    """
    return " ".join(text.split())
