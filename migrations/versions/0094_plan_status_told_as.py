"""Who told a plan action's status, as a role, and when an entry was corrected."""

import sqlalchemy as sa
from alembic import op

revision = "0094_plan_status_told_as"
down_revision = "0093_plan_evidence"


def upgrade() -> None:
    op.add_column("plan_action_statuses", sa.Column("told_as", sa.String(40)))
    op.add_column("plan_action_statuses", sa.Column("corrected_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("plan_action_statuses", "corrected_at")
    op.drop_column("plan_action_statuses", "told_as")
