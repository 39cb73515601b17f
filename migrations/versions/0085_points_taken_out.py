"""A point that too few stand behind can be taken out of a report after it is handed over."""

import sqlalchemy as sa
from alembic import op

revision = "0085_points_taken_out"
down_revision = "0084_called_off"

points = sa.table("audit_points", sa.column("id"), sa.column("taken_out_on", sa.Date()))
evidence = sa.table("audit_point_interviews", sa.column("point_id"))
remarks = sa.table("audit_fact_remarks", sa.column("point_id"))


def upgrade() -> None:
    with op.batch_alter_table("audit_points") as batch_op:
        batch_op.add_column(sa.Column("taken_out_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """What was taken out may point to somebody: it goes, and does not come back."""
    gone = sa.select(points.c.id).where(points.c.taken_out_on.is_not(None))
    op.execute(sa.delete(remarks).where(remarks.c.point_id.in_(gone)))
    op.execute(sa.delete(evidence).where(evidence.c.point_id.in_(gone)))
    op.execute(sa.delete(points).where(points.c.taken_out_on.is_not(None)))
    with op.batch_alter_table("audit_points") as batch_op:
        batch_op.drop_column("taken_out_on")
