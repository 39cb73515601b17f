"""Plans as pages show them: a tree of lines, and the state of each plan action."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from participation.plans.rules.evidence import Evidence


class PlanStatus(StrEnum):
    """The state of a plan action. NOT_LOADED: the group has not told the platform."""

    NOT_LOADED = "not_loaded"
    NOT_STARTED = "not_started"
    GOING = "going"
    DONE = "done"
    DECLINED = "declined"


# Lines that say what is to be reached; a finding may speak for them.
GOAL_KINDS = ("goal", "long_term_goal", "short_term_goal")

# What a person may choose; "not loaded" is only ever the absence of a status.
CHOOSABLE = (
    PlanStatus.NOT_STARTED,
    PlanStatus.GOING,
    PlanStatus.DONE,
    PlanStatus.DECLINED,
)


@dataclass
class PlanLine:
    """One line with what hangs under it. `status` is set for plan actions only."""

    public_id: str
    kind: str
    text: str
    purpose: str | None = None
    time_frame: str | None = None
    responsible: str | None = None
    indicator_key: str | None = None
    status: PlanStatus | None = None
    status_on: date | None = None
    status_text: str = ""
    findings: list[tuple[str, str]] = field(default_factory=list)  # title, public id
    rests_on: Sequence[Evidence] = ()  # beside findings
    below: list["PlanLine"] = field(default_factory=list)

    def of_kind(self, kind: str) -> list["PlanLine"]:
        """The lines right below of one kind, in order."""
        return [line for line in self.below if line.kind == kind]


@dataclass(frozen=True)
class Row:
    """A stored line: `id` and `parent_id` tie the tree; rows come in the plan's order."""

    id: int
    parent_id: int | None
    line: PlanLine


def tree(rows: Iterable[Row]) -> list[PlanLine]:
    """The top lines of a plan with everything below them.

    >>> top = PlanLine("a", "ongoing_area", "Tider")
    >>> [line.below[0].text for line in tree([Row(1, None, top),
    ...     Row(2, 1, PlanLine("b", "plan_action", "Ha öppet"))])]
    ['Ha öppet']
    """
    lines: dict[int, PlanLine] = {}
    tops = []
    for row in rows:
        lines[row.id] = row.line
        if row.parent_id is None:
            tops.append(row.line)
        else:
            lines[row.parent_id].below.append(row.line)
    return tops


def plan_actions(tops: Sequence[PlanLine]) -> list[PlanLine]:
    """Every plan action of the tree, in order."""
    found = []
    for line in tops:
        if line.kind == "plan_action":
            found.append(line)
        found += plan_actions(line.below)
    return found


def count_by_status(actions: Iterable[PlanLine]) -> dict[PlanStatus, int]:
    """How many plan actions stand in each state; every state is a key."""
    counts = dict.fromkeys(PlanStatus, 0)
    for action in actions:
        counts[action.status or PlanStatus.NOT_LOADED] += 1
    return counts
