"""A point of a report and a finding say what they rest on, or that it is the team's own observation.

What stands in older reports with nothing ticked says nothing of it: nobody knows. Whoever wants to
hand such a report over, or make it public, is asked.
"""

import sqlalchemy as sa
from alembic import op

revision = "0083_own_observations"
down_revision = "0082_audit_meetings"


def upgrade() -> None:
    for table in ("audit_points", "findings"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(
                sa.Column(
                    "is_own_observation", sa.Boolean(), server_default=sa.false(), nullable=False
                )
            )


def downgrade() -> None:
    for table in ("audit_points", "findings"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("is_own_observation")
