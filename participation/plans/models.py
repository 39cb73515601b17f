"""Tables of action plans: what is in force, its versions, and the draft of the next one.

What comes from a county file is never deleted by one, and what was decided here is not touched.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.county.models import KEY_LENGTH, NAME_LENGTH, FromCountyFile
from participation.foundation.clock import now
from participation.foundation.db import Base, Created, PublicId
from participation.plans.rules.evidence import LINKED_KINDS

BY_HAND = "by-hand"  # the layer of plans that were decided on the platform
_LINKED_KINDS = ",".join(f"'{kind}'" for kind in LINKED_KINDS)
_ONE_TARGET = " AND ".join(f"(kind = '{kind}') = ({kind}_id IS NOT NULL)" for kind in LINKED_KINDS)


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

    A plan action without any entry is shown as "status not loaded". `told_as`: the role of who
    told it, as it was then; None for the file's, and for what was told before it was kept.
    `corrected_at`: it was wrong, another entry stands instead, and it never counts as the newest.
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
    told_as: Mapped[str | None] = mapped_column(String(40))
    corrected_at: Mapped[datetime | None]


class PlanReminder(Created, Base):
    """A group's members were asked by mail how their plan is going. `period`: "2026-Q4"."""

    __tablename__ = "plan_reminders"
    __table_args__ = (UniqueConstraint("group_id", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("county_groups.id"))
    period: Mapped[str] = mapped_column(String(7))


class PlanVersion(Created, PublicId, Base):
    """A plan as it was decided once, whole, so that it stays readable when the next is decided.

    `content`: the plan's own columns under `plan` and its lines under `lines`, in the plan's order
    (rules/versions.py). `changes`: how many lines were added, changed and removed against the one
    before. `decided` as in ActionPlan: a year, a month or a day.
    """

    __tablename__ = "plan_versions"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("action_plans.id"))
    number: Mapped[int]
    decided: Mapped[str | None] = mapped_column(String(10))
    decided_by: Mapped[str | None] = mapped_column(String(300))
    reason: Mapped[str] = mapped_column(String(1000), default="")
    content: Mapped[dict[str, Any]]
    changes: Mapped[dict[str, int]] = mapped_column(default=dict)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class PlanDraft(Created, PublicId, Base):
    """The next version of a plan, or a plan that is new (`plan_id` None), before it is decided.

    `revision` counts every change to the draft or its lines.
    """

    __tablename__ = "plan_drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("action_plans.id"), unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("county_groups.id"), index=True)
    title: Mapped[str] = mapped_column(String(NAME_LENGTH))
    form: Mapped[str] = mapped_column(String(10))
    period_from: Mapped[int]
    period_to: Mapped[int]
    overall_goal: Mapped[str | None] = mapped_column(String(2000))
    target_group: Mapped[str | None] = mapped_column(String(2000))
    responsible: Mapped[str | None] = mapped_column(String(500))
    carried_out: Mapped[str | None] = mapped_column(Text)
    followed_up: Mapped[str | None] = mapped_column(Text)
    is_fictional: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class PlanDraftLine(PublicId, Base):
    """One line of a draft. `node_id`: the line in force that it continues, None for a new one.

    `removed_at` revision: taken away, and may come back until the draft is decided.
    """

    __tablename__ = "plan_draft_lines"
    __table_args__ = (Index("ix_plan_draft_lines_draft_position", "draft_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("plan_drafts.id", ondelete="CASCADE"))
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("plan_draft_lines.id", ondelete="CASCADE"), index=True
    )
    node_id: Mapped[int | None] = mapped_column(ForeignKey("plan_nodes.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(2000))
    purpose: Mapped[str | None] = mapped_column(Text)
    time_frame: Mapped[str | None] = mapped_column(String(500))
    responsible: Mapped[str | None] = mapped_column(String(500))
    indicator_key: Mapped[str | None] = mapped_column(String(KEY_LENGTH))
    position: Mapped[int]
    revision: Mapped[int] = mapped_column(default=1)
    removed_at: Mapped[int | None]


class FindingPlanLink(Created, Base):
    """A published finding that a line of a plan answers to, or that speaks for it."""

    __tablename__ = "finding_plan_links"
    __table_args__ = (UniqueConstraint("finding_id", "node_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"))
    node_id: Mapped[int] = mapped_column(ForeignKey("plan_nodes.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class PlanEvidence(Created, Base):
    """Something else than a finding that a line rests on: the column that `kind` names.

    Pages show it in its public form, while it has one (queries/evidence.py).
    """

    __tablename__ = "plan_evidence"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_LINKED_KINDS})", name="kind_known"),
        CheckConstraint(_ONE_TARGET, name="one_target_of_its_kind"),
        UniqueConstraint("node_id", "statement_id"),
        UniqueConstraint("node_id", "audit_id"),
        UniqueConstraint("node_id", "series_id"),
        UniqueConstraint("node_id", "indicator_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    node_id: Mapped[int] = mapped_column(ForeignKey("plan_nodes.id"))
    kind: Mapped[str] = mapped_column(String(10))
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("council_statements.id"))
    audit_id: Mapped[int | None] = mapped_column(ForeignKey("audits.id"))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("survey_series.id"))
    indicator_id: Mapped[int | None] = mapped_column(ForeignKey("indicators.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
