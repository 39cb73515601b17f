"""The four answers that an activity with children rests on."""

import sqlalchemy as sa
from alembic import op

revision = "0019_children_in_activities"
down_revision = "0018_training"


def upgrade() -> None:
    op.create_table(
        "activity_child_answers",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("space", sa.Text(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("influence", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activities.id"],
            name=op.f("fk_activity_child_answers_activity_id_activities"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_activity_child_answers_answered_by_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_activity_child_answers")),
    )
    op.create_index(
        op.f("ix_activity_child_answers_answered_by_account_id"),
        "activity_child_answers",
        ["answered_by_account_id"],
    )


def downgrade() -> None:
    op.drop_table("activity_child_answers")
