"""The county file's `action_plans`: both of the county's forms, flattened into one tree of lines.

Source: DOMAIN.md, "Where results go".
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from participation.county.rules.facts import KnownKeys
from participation.county.rules.nodes import Claims, Node, Shape
from participation.foundation.i18n import gettext as _

FORMS = ("areas", "goals")
CONTENT_STATES = ("loaded", "not_loaded")
FILE_STATUSES = ("not_started", "going", "done", "declined")
FIRST_YEAR, LAST_YEAR = 2000, 2100
LONG = 2_000

PLAN = Shape(
    "action_plans",
    required=("key", "title", "group", "form", "content", "period_from", "period_to"),
    optional=(
        "decided",
        "decided_by",
        "overall_goal",
        "target_group",
        "responsible",
        "carried_out",
        "followed_up",
        "fictional",
        "improvement_areas",
        "ongoing_areas",
        "focus_areas",
    ),
)
IMPROVEMENT_AREA = Shape(
    "improvement_areas",
    required=("key", "title"),
    optional=("purpose", "time_frame", "goals", "supports", "plan_actions"),
)
ONGOING_AREA = Shape("ongoing_areas", required=("key", "title"), optional=("plan_actions",))
FOCUS_AREA = Shape("focus_areas", required=("key", "title"), optional=("goals",))
AREA_GOAL = Shape("goals of an improvement area", required=("key", "text"))
GOAL = Shape(
    "goals",
    required=("key", "long_term"),
    optional=("short_term", "indicators", "plan_actions", "responsible"),
)
GOAL_INDICATOR = Shape("indicators of a goal", required=("key", "text"), optional=("indicator",))
PLAN_ACTION = Shape(
    "plan_actions", required=("key", "text"), optional=("status", "status_on", "status_text")
)
SHAPES = (PLAN, IMPROVEMENT_AREA, ONGOING_AREA, FOCUS_AREA, GOAL, PLAN_ACTION)


@dataclass(frozen=True)
class StatusFacts:
    """What an invented plan says of a plan action's state."""

    status: str
    status_on: date
    text: str = ""


@dataclass(frozen=True)
class LineFacts:
    """One line of a plan; `parent` is the key of the line above it in the tree."""

    key: str
    kind: str
    text: str
    parent: str | None = None
    purpose: str | None = None
    time_frame: str | None = None
    responsible: str | None = None
    indicator_key: str | None = None
    status: StatusFacts | None = None


@dataclass(frozen=True)
class PlanFacts:
    """One action plan as the file states it."""

    key: str
    group: str
    title: str
    form: str
    content_state: str
    period_from: int
    period_to: int
    decided: str | None
    decided_by: str | None
    overall_goal: str | None
    target_group: str | None
    responsible: str | None
    carried_out: str | None
    followed_up: str | None
    is_fictional: bool
    lines: tuple[LineFacts, ...] = field(default=())


def read_plans(section: Node, known: KnownKeys) -> list[PlanFacts]:
    """Every plan of the section; what is wrong is noted on the nodes."""
    claims = Claims()
    plans = []
    for node in section.shaped_entries(PLAN):
        plan = _read_plan(node, known)
        claims.claim(node, plan.key)
        plans.append(plan)
    return plans


def _read_plan(node: Node, known: KnownKeys) -> PlanFacts:
    group = node.reference("group", known.groups)
    is_fictional = node.flag("fictional")
    if is_fictional and group not in known.fictional_groups:
        node.error(_("an invented plan must belong to an invented group"), "fictional")
    decided = node.partial_date_or_none("decided")
    form = node.choice("form", FORMS)
    content_state = node.choice("content", CONTENT_STATES)
    lines = tuple(_PlanReader(is_fictional).read(node, form))
    if content_state == "not_loaded" and lines:
        node.error(_("a plan whose content is not loaded has no lines"), "content")
    return PlanFacts(
        key=node.own_key(),
        group=group,
        title=node.text("title"),
        form=form,
        content_state=content_state,
        period_from=node.whole_number("period_from", FIRST_YEAR, LAST_YEAR),
        period_to=node.whole_number("period_to", FIRST_YEAR, LAST_YEAR),
        decided=str(decided) if decided else None,
        decided_by=node.text_or_none("decided_by", 300),
        overall_goal=node.text_or_none("overall_goal", LONG),
        target_group=node.text_or_none("target_group", LONG),
        responsible=node.text_or_none("responsible", 500),
        carried_out=node.text_or_none("carried_out", LONG),
        followed_up=node.text_or_none("followed_up", LONG),
        is_fictional=is_fictional,
        lines=lines,
    )


class _PlanReader:
    """Reads one plan's lines in the order of the file; keys are unique within the plan."""

    def __init__(self, is_fictional: bool) -> None:
        self.is_fictional = is_fictional
        self.claims = Claims()

    def read(self, plan: Node, form: str) -> Iterator[LineFacts]:
        if form == "areas":
            yield from self._improvement_areas(plan)
            yield from self._ongoing_areas(plan)
            self._refuse(plan, "focus_areas", form)
        else:
            yield from self._focus_areas(plan)
            self._refuse(plan, "improvement_areas", form)
            self._refuse(plan, "ongoing_areas", form)

    def _refuse(self, plan: Node, key: str, form: str) -> None:
        if plan.has(key):
            plan.error(
                _("“%(key)s” does not belong to the form “%(form)s”", key=key, form=form), key
            )

    def _own_key(self, node: Node) -> str:
        key = node.own_key()
        self.claims.claim(node, key)
        return key

    def _improvement_areas(self, plan: Node) -> Iterator[LineFacts]:
        for node in plan.shaped_children("improvement_areas", IMPROVEMENT_AREA):
            key = self._own_key(node)
            yield LineFacts(
                key=key,
                kind="improvement_area",
                text=node.text("title"),
                purpose=node.text_or_none("purpose", LONG),
                time_frame=node.text_or_none("time_frame", 500),
            )
            for goal in node.shaped_children("goals", AREA_GOAL):
                yield LineFacts(
                    key=self._own_key(goal), kind="goal", text=goal.text("text", LONG), parent=key
                )
            for number, text in enumerate(node.texts("supports"), 1):
                yield LineFacts(
                    key=f"{key}.supports-{number}", kind="supported_goal", text=text, parent=key
                )
            yield from self._plan_actions(node, key)

    def _ongoing_areas(self, plan: Node) -> Iterator[LineFacts]:
        for node in plan.shaped_children("ongoing_areas", ONGOING_AREA):
            key = self._own_key(node)
            yield LineFacts(key=key, kind="ongoing_area", text=node.text("title"))
            yield from self._plan_actions(node, key)

    def _focus_areas(self, plan: Node) -> Iterator[LineFacts]:
        for node in plan.shaped_children("focus_areas", FOCUS_AREA):
            key = self._own_key(node)
            yield LineFacts(key=key, kind="focus_area", text=node.text("title"))
            for goal in node.shaped_children("goals", GOAL):
                yield from self._goal(goal, key)

    def _goal(self, node: Node, parent: str) -> Iterator[LineFacts]:
        key = self._own_key(node)
        yield LineFacts(
            key=key,
            kind="long_term_goal",
            text=node.text("long_term", LONG),
            parent=parent,
            responsible=node.text_or_none("responsible", 500),
        )
        for number, text in enumerate(node.texts("short_term"), 1):
            yield LineFacts(
                key=f"{key}.short-{number}", kind="short_term_goal", text=text, parent=key
            )
        for indicator in node.shaped_children("indicators", GOAL_INDICATOR):
            yield LineFacts(
                key=self._own_key(indicator),
                kind="indicator",
                text=indicator.text("text", LONG),
                parent=key,
                indicator_key=indicator.text_or_none("indicator"),
            )
        yield from self._plan_actions(node, key)

    def _plan_actions(self, node: Node, parent: str) -> Iterator[LineFacts]:
        for action in node.shaped_children("plan_actions", PLAN_ACTION):
            yield LineFacts(
                key=self._own_key(action),
                kind="plan_action",
                text=action.text("text", LONG),
                parent=parent,
                status=self._status(action),
            )

    def _status(self, action: Node) -> StatusFacts | None:
        status = action.choice_or_none("status", FILE_STATUSES)
        if status is None:
            return None
        if not self.is_fictional:
            action.error(_("a real plan carries no status: it comes from the group"), "status")
        status_on = action.day_or_none("status_on")
        if status_on is None:
            action.error(_("a status needs its date, “status_on”"), "status")
            return None
        return StatusFacts(status, status_on, action.text_or_none("status_text", 1_000) or "")
