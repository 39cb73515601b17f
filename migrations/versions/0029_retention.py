"""Decisions on how long things are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0029_retention"
down_revision = "0028_outbox_sheets"


def upgrade() -> None:
    op.create_table(
        "retention_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("is_held", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("days >= 0", name=op.f("ck_retention_decisions_days_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_decisions")),
    )
    op.create_index(op.f("ix_retention_decisions_rule"), "retention_decisions", ["rule"])


def downgrade() -> None:
    op.drop_table("retention_decisions")
