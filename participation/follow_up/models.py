"""Tables of follow-up. Plans and indicators come from county files and are never deleted by one."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.county.models import KEY_LENGTH, NAME_LENGTH, FromCountyFile
from participation.foundation.db import Base, Created, PublicId

PERIOD_LENGTH = 10  # "2025", "2025-H1", "2025-Q3", "2016/17"


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


class Indicator(FromCountyFile, PublicId, Base):
    """A measure with its definition; `counter_key`: the platform counts it itself."""

    __tablename__ = "indicators"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("county_groups.id"), index=True)
    perspective_id: Mapped[int] = mapped_column(ForeignKey("perspectives.id"), index=True)
    unit: Mapped[str] = mapped_column(String(80))
    description: Mapped[str | None] = mapped_column(String(2000))
    source: Mapped[str | None] = mapped_column(String(500))
    better: Mapped[str] = mapped_column(String(6))
    goal: Mapped[str | None] = mapped_column(String(300))
    period_kind: Mapped[str] = mapped_column(String(12), default="year")
    counter_key: Mapped[str | None] = mapped_column(String(40))
    position: Mapped[int]


class Measurement(FromCountyFile, Base):
    """One value of an indicator: period × municipality × sex × age band.

    `sex` is T (all), K or M; no `municipality_code` means the whole county. `has_break_before`:
    measured differently from the value before, so a line must not join them. `reference_label`
    marks a value of somebody else (the nation) to compare with.
    """

    __tablename__ = "measurements"
    __table_args__ = (
        UniqueConstraint(
            "indicator_id", "period", "municipality_code", "sex", "age_band", "reference_label"
        ),
        CheckConstraint("sex IN ('T', 'K', 'M')", name="known_sex"),
        Index("ix_measurements_series", "indicator_id", "municipality_code", "sex", "period"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicators.id"))
    period: Mapped[str] = mapped_column(String(PERIOD_LENGTH))
    municipality_code: Mapped[str] = mapped_column(String(4), default="")
    sex: Mapped[str] = mapped_column(String(1), default="T")
    age_band: Mapped[str] = mapped_column(String(10), default="")
    reference_label: Mapped[str] = mapped_column(String(80), default="")
    value: Mapped[float]
    count_behind: Mapped[int | None]
    is_preliminary: Mapped[bool] = mapped_column(default=False)
    has_break_before: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None] = mapped_column(String(500))


class FindingPlanLink(Created, Base):
    """A published finding that a line of a plan answers to, or that speaks for it."""

    __tablename__ = "finding_plan_links"
    __table_args__ = (UniqueConstraint("finding_id", "node_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"))
    node_id: Mapped[int] = mapped_column(ForeignKey("plan_nodes.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))


class Feedback(PublicId, Created, Base):
    """One matter of "you said – we did": what people said, tied to the answer somebody owes.

    `voice_text` is a published quote or a sentence that a coordinator has checked: nobody can be
    recognised in it. `check_text` is what those who said it think of the result, when asked.
    """

    __tablename__ = "feedbacks"
    __table_args__ = (Index("ix_feedbacks_public", "is_public", "voice_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(NAME_LENGTH))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id"), unique=True)
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("findings.id"), index=True)
    voice_text: Mapped[str] = mapped_column(String(1000))
    voice_role: Mapped[str] = mapped_column(String(40), default="")
    voice_where: Mapped[str] = mapped_column(String(300), default="")
    voice_on: Mapped[date]
    check_text: Mapped[str] = mapped_column(String(1000), default="")
    check_on: Mapped[date | None]
    is_public: Mapped[bool] = mapped_column(default=True)
    is_fictional: Mapped[bool] = mapped_column(default=False)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
