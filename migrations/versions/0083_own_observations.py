"""A point of a report and a finding say what they rest on, or that it is the team's own observation.

What stands in reports that are handed over already, with nothing ticked, is told as the team's own:
nobody can say any longer whom it rests on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0083_own_observations"
down_revision = "0082_audit_meetings"

OUT = ("reported", "fed_back", "answered", "followed_up")


def upgrade() -> None:
    for table in ("audit_points", "findings"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(
                sa.Column(
                    "is_own_observation", sa.Boolean(), server_default=sa.false(), nullable=False
                )
            )
    points = sa.table("audit_points", sa.column("id"), sa.column("audit_id"), _own())
    audits = sa.table("audits", sa.column("id"), sa.column("state"))
    evidence = sa.table("audit_point_interviews", sa.column("point_id"))
    op.execute(
        points.update()
        .where(
            points.c.audit_id.in_(sa.select(audits.c.id).where(audits.c.state.in_(OUT))),
            points.c.id.not_in(sa.select(evidence.c.point_id)),
        )
        .values(is_own_observation=True)
    )


def downgrade() -> None:
    for table in ("audit_points", "findings"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("is_own_observation")


def _own() -> sa.ColumnClause[bool]:
    return sa.column("is_own_observation", sa.Boolean())
