"""Seats of an activity can be drawn by lot among those who said yes."""

import sqlalchemy as sa
from alembic import op

revision = "0030_drawn_seats"
down_revision = "0029_retention"

BEFORE = "'queued','sent','accepted','declined','not_now','waiting',"
AFTER = "'withdrawn','walked_in'"


def upgrade() -> None:
    with op.batch_alter_table("activities") as batch:
        batch.add_column(sa.Column("draw_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("seats_drawn_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("invitations") as batch:
        batch.drop_constraint(op.f("ck_invitations_state_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_invitations_state_known"), f"state IN ({BEFORE}'in_draw',{AFTER})"
        )


def downgrade() -> None:
    op.execute("UPDATE invitations SET state = 'sent' WHERE state = 'in_draw'")
    with op.batch_alter_table("invitations") as batch:
        batch.drop_constraint(op.f("ck_invitations_state_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_invitations_state_known"), f"state IN ({BEFORE}{AFTER})"
        )
    with op.batch_alter_table("activities") as batch:
        batch.drop_column("seats_drawn_at")
        batch.drop_column("draw_on")
