"""From lines that a person has looked at to a plan's facts; what cannot stand is told by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from participation.plans.rules.plan_file import LONG, LineFacts, PlanFacts
from participation.plans.rules.plan_vocabulary import AREAS, LISTS, K, LineKind

# What each kind of line stands under; the nearest one before it counts.
_ABOVE: Mapping[LineKind, frozenset[LineKind]] = {
    K.GOAL: frozenset({K.IMPROVEMENT_AREA}),
    K.SUPPORTED_GOAL: frozenset({K.IMPROVEMENT_AREA}),
    K.LONG_TERM_GOAL: frozenset({K.FOCUS_AREA}),
    K.SHORT_TERM_GOAL: frozenset({K.LONG_TERM_GOAL}),
    K.INDICATOR: frozenset({K.LONG_TERM_GOAL}),
    K.PLAN_ACTION: frozenset({K.IMPROVEMENT_AREA, K.ONGOING_AREA, K.LONG_TERM_GOAL}),
}
# What a line adds to the one above it.
_DETAILS: Mapping[LineKind, tuple[str, frozenset[LineKind]]] = {
    K.PURPOSE: ("purpose", frozenset({K.IMPROVEMENT_AREA})),
    K.TIME_FRAME: ("time_frame", frozenset({K.IMPROVEMENT_AREA})),
    K.RESPONSIBLE: ("responsible", frozenset({K.IMPROVEMENT_AREA, K.LONG_TERM_GOAL})),
    K.ACTION_RESPONSIBLE: ("responsible", frozenset({K.PLAN_ACTION})),
}
_OF_THE_PLAN: Mapping[LineKind, str] = {
    K.OVERALL_GOAL: "overall_goal",
    K.TARGET_GROUP: "target_group",
    K.PLAN_RESPONSIBLE: "responsible",
    K.CARRIED_OUT: "carried_out",
    K.FOLLOWED_UP: "followed_up",
}
_MOST = {"responsible": 500, "time_frame": 500}
KINDS_OF_FORM: Mapping[str, tuple[LineKind, ...]] = {
    "areas": (
        K.IMPROVEMENT_AREA,
        K.ONGOING_AREA,
        K.PURPOSE,
        K.TIME_FRAME,
        K.GOAL,
        K.SUPPORTED_GOAL,
        K.PLAN_ACTION,
        K.ACTION_RESPONSIBLE,
    ),
    "goals": (
        K.FOCUS_AREA,
        K.LONG_TERM_GOAL,
        K.SHORT_TERM_GOAL,
        K.INDICATOR,
        K.PLAN_ACTION,
        K.RESPONSIBLE,
        K.ACTION_RESPONSIBLE,
    ),
}
KINDS_OF_PLAN = (K.TITLE, *_OF_THE_PLAN)


class Wrong(StrEnum):
    """Why a line cannot stand where it stands."""

    NO_PLACE = "no_place"
    TOO_LONG = "too_long"
    OTHER_FORM = "other_form"


@dataclass(frozen=True)
class Chosen:
    """A line as a person has chosen it to be."""

    kind: LineKind
    text: str


@dataclass(frozen=True)
class Head:
    """What a person says of the whole plan."""

    group: str
    title: str
    form: str
    period_from: int
    period_to: int


@dataclass
class _Plan:
    form: str
    lines: list[LineFacts] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    wrong: dict[int, Wrong] = field(default_factory=dict)


def depth_of(kind: LineKind, form: str) -> int:
    """How far in a line of a kind stands in a form: 0 at the top.

    >>> depth_of(K.PLAN_ACTION, "areas"), depth_of(K.PLAN_ACTION, "goals")
    (1, 2)
    """
    if kind not in LISTS and kind not in _DETAILS:
        return 0
    return 2 if form == "goals" and kind is not K.LONG_TERM_GOAL else 1


def plan_facts(head: Head, lines: Sequence[Chosen]) -> tuple[PlanFacts, dict[int, Wrong]]:
    """The plan, and what is wrong by the place of the line. Facts are whole where nothing is."""
    plan = _Plan(head.form)
    for place, line in enumerate(lines):
        if line.kind in _OF_THE_PLAN:
            _add_about(plan, place, _OF_THE_PLAN[line.kind], line.text)
        elif line.kind in _DETAILS:
            _add_detail(plan, place, line)
        elif line.kind in AREAS or line.kind in _ABOVE:
            _add_line(plan, place, line)
    facts = PlanFacts(
        key="read",
        group=head.group,
        title=head.title,
        form=head.form,
        content_state="loaded",
        period_from=head.period_from,
        period_to=head.period_to,
        decided=None,
        decided_by=None,
        overall_goal=plan.about.get("overall_goal"),
        target_group=plan.about.get("target_group"),
        responsible=plan.about.get("responsible"),
        carried_out=plan.about.get("carried_out"),
        followed_up=plan.about.get("followed_up"),
        is_fictional=False,
        lines=tuple(plan.lines),
    )
    return facts, plan.wrong


def _add_about(plan: _Plan, place: int, name: str, text: str) -> None:
    whole = _joined(plan.about.get(name), text, "; " if name == "responsible" else "\n")
    if len(whole) > _MOST.get(name, LONG):
        plan.wrong[place] = Wrong.TOO_LONG
    plan.about[name] = whole


def _add_detail(plan: _Plan, place: int, line: Chosen) -> None:
    name, above = _DETAILS[line.kind]
    found = _nearest(plan, above)
    if line.kind not in KINDS_OF_FORM[plan.form]:
        plan.wrong[place] = Wrong.OTHER_FORM
    elif found is None:
        plan.wrong[place] = Wrong.NO_PLACE
    else:
        between = "\n" if name == "purpose" else "; "
        whole = _joined(getattr(plan.lines[found], name), line.text, between)
        if len(whole) > _MOST.get(name, LONG):
            plan.wrong[place] = Wrong.TOO_LONG
        said: dict[str, Any] = {name: whole}
        plan.lines[found] = replace(plan.lines[found], **said)


def _add_line(plan: _Plan, place: int, line: Chosen) -> None:
    parent = None
    if line.kind not in KINDS_OF_FORM[plan.form]:
        plan.wrong[place] = Wrong.OTHER_FORM
    elif line.kind in _ABOVE:
        found = _nearest(plan, _ABOVE[line.kind])
        parent = plan.lines[found].key if found is not None else None
        if parent is None:
            plan.wrong[place] = Wrong.NO_PLACE
    if len(line.text) > LONG:
        plan.wrong[place] = Wrong.TOO_LONG
    plan.lines.append(
        LineFacts(key=f"line-{place}", kind=line.kind.value, text=line.text, parent=parent)
    )


def _nearest(plan: _Plan, kinds: frozenset[LineKind]) -> int | None:
    """The last line of one of the kinds, but not across the area the reader is in."""
    for place in range(len(plan.lines) - 1, -1, -1):
        kind = LineKind(plan.lines[place].kind)
        if kind in kinds:
            return place
        if kind in AREAS:
            return None
    return None


def _joined(before: str | None, text: str, between: str = "\n") -> str:
    return f"{before}{between}{text}" if before else text
