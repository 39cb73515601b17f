"""That a group's members were asked how their plan is going: once a quarter."""

import sqlalchemy as sa
from alembic import op

revision = "0095_plan_reminders"
down_revision = "0094_plan_status_told_as"


def upgrade() -> None:
    op.create_table(
        "plan_reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(7), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["county_groups.id"],
            name=op.f("fk_plan_reminders_group_id_county_groups"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_reminders")),
        sa.UniqueConstraint("group_id", "period", name=op.f("uq_plan_reminders_group_id_period")),
    )


def downgrade() -> None:
    op.drop_table("plan_reminders")
