"""Tables of action plans. Those of a county file are never deleted by one."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.county.models import KEY_LENGTH, NAME_LENGTH, FromCountyFile
from participation.foundation.db import Base, Created, PublicId


class ActionPlan(FromCountyFile, PublicId, Base):
    """A group's plan for a period, in one of the county's two forms.

    `form` "areas": improvement areas and what goes on over time. "goals": the older form, focus
    area → long-term goal → short-term goal → indicator → plan action → responsible.
    `content_state` "not_loaded": only the decision is known (DOMAIN.md, "Where results go").
    """

    __tablename__ = "action_plans"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("county_groups.id"), index=True)
    title: Mapped[str] = mapped_column(String(NAME_LENGTH))
    form: Mapped[str] = mapped_column(String(10))
    content_state: Mapped[str] = mapped_column(String(12))
    period_from: Mapped[int]
    period_to: Mapped[int]
    decided: Mapped[str | None] = mapped_column(String(10))
    decided_by: Mapped[str | None] = mapped_column(String(300))
    overall_goal: Mapped[str | None] = mapped_column(String(2000))
    target_group: Mapped[str | None] = mapped_column(String(2000))
    responsible: Mapped[str | None] = mapped_column(String(500))
    carried_out: Mapped[str | None] = mapped_column(Text)
    followed_up: Mapped[str | None] = mapped_column(Text)
    is_fictional: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int]


class PlanNode(FromCountyFile, PublicId, Base):
    """One line of a plan; the tree is `parent_id`, the order `position`.

    Kinds: improvement_area, ongoing_area, focus_area, goal, long_term_goal, short_term_goal,
    indicator, plan_action, supported_goal. `text` is the line itself; an improvement area also
    has `purpose` and `time_frame`, a long-term goal its `responsible`.
    """

    __tablename__ = "plan_nodes"
    __table_args__ = (
        UniqueConstraint("plan_id", "key"),
        Index("ix_plan_nodes_plan_position", "plan_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plans.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("plan_nodes.id"), index=True)
    key: Mapped[str] = mapped_column(String(2 * KEY_LENGTH))
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(2000))
    purpose: Mapped[str | None] = mapped_column(Text)
    time_frame: Mapped[str | None] = mapped_column(String(500))
    responsible: Mapped[str | None] = mapped_column(String(500))
    indicator_key: Mapped[str | None] = mapped_column(String(KEY_LENGTH))
    position: Mapped[int]


class PlanActionStatus(Created, Base):
    """One entry in the history of a plan action's status; the newest by `status_on` counts.

    A plan action without any entry is shown as "status not loaded".
    """

    __tablename__ = "plan_action_statuses"
    __table_args__ = (Index("ix_plan_action_statuses_node", "node_id", "status_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    node_id: Mapped[int] = mapped_column(ForeignKey("plan_nodes.id"))
    status: Mapped[str] = mapped_column(String(12))
    status_on: Mapped[date]
    text: Mapped[str] = mapped_column(String(1000), default="")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    is_from_file: Mapped[bool] = mapped_column(default=False)


class FindingPlanLink(Created, Base):
    """A published finding that a line of a plan answers to, or that speaks for it."""

    __tablename__ = "finding_plan_links"
    __table_args__ = (UniqueConstraint("finding_id", "node_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"))
    node_id: Mapped[int] = mapped_column(ForeignKey("plan_nodes.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
