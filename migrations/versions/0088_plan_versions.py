"""Plans are edited in drafts and decided in versions that stay readable."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql


revision = "0088_plan_versions"
down_revision = "0087_told"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "plan_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decided", sa.String(10), nullable=True),
        sa.Column("decided_by", sa.String(300), nullable=True),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("changes", JSON, nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["action_plans.id"], name=op.f("fk_plan_versions_plan_id_action_plans")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_plan_versions_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_versions")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_versions_plan_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_plan_versions_public_id")),
    )
    op.create_table(
        "plan_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("form", sa.String(10), nullable=False),
        sa.Column("period_from", sa.Integer(), nullable=False),
        sa.Column("period_to", sa.Integer(), nullable=False),
        sa.Column("overall_goal", sa.String(2000), nullable=True),
        sa.Column("target_group", sa.String(2000), nullable=True),
        sa.Column("responsible", sa.String(500), nullable=True),
        sa.Column("carried_out", sa.Text(), nullable=True),
        sa.Column("followed_up", sa.Text(), nullable=True),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["action_plans.id"], name=op.f("fk_plan_drafts_plan_id_action_plans")),
        sa.ForeignKeyConstraint(["group_id"], ["county_groups.id"], name=op.f("fk_plan_drafts_group_id_county_groups")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_plan_drafts_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_drafts")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_plan_drafts_plan_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_plan_drafts_public_id")),
    )
    op.create_index(op.f("ix_plan_drafts_group_id"), "plan_drafts", ["group_id"])
    op.create_table(
        "plan_draft_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("node_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("time_frame", sa.String(500), nullable=True),
        sa.Column("responsible", sa.String(500), nullable=True),
        sa.Column("indicator_key", sa.String(64), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["plan_drafts.id"], name=op.f("fk_plan_draft_lines_draft_id_plan_drafts"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["parent_id"], ["plan_draft_lines.id"], name=op.f("fk_plan_draft_lines_parent_id_plan_draft_lines"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["node_id"], ["plan_nodes.id"], name=op.f("fk_plan_draft_lines_node_id_plan_nodes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_draft_lines")),
        sa.UniqueConstraint("public_id", name=op.f("uq_plan_draft_lines_public_id")),
    )
    op.create_index("ix_plan_draft_lines_draft_position", "plan_draft_lines", ["draft_id", "position"])
    op.create_index(op.f("ix_plan_draft_lines_parent_id"), "plan_draft_lines", ["parent_id"])
    op.create_index(op.f("ix_plan_draft_lines_node_id"), "plan_draft_lines", ["node_id"])


def downgrade() -> None:
    op.drop_table("plan_draft_lines")
    op.drop_table("plan_drafts")
    op.drop_table("plan_versions")
