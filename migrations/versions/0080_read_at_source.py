"""A text may have been read where it came from, for publication; until now none says so."""

import sqlalchemy as sa
from alembic import op

revision = "0080_read_at_source"
down_revision = "0079_destroyed_deposits"


def upgrade() -> None:
    with op.batch_alter_table("material_texts") as batch_op:
        batch_op.add_column(
            sa.Column("is_read_at_source", sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("material_texts") as batch_op:
        batch_op.drop_column("is_read_at_source")
