"""Who in a draw has done the assignment before."""

import sqlalchemy as sa
from alembic import op

revision = "0077_draw_practice"
down_revision = "0076_destroyed_words"


def upgrade() -> None:
    with op.batch_alter_table("draw_people") as batch_op:
        batch_op.add_column(
            sa.Column("has_done", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    with op.batch_alter_table("draw_people") as batch_op:
        batch_op.drop_column("has_done")
