"""A release keeps what the gate hid and merged, and why, for those who publish."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0046_outlooks"
down_revision = "0045_results_on_twins"


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    with op.batch_alter_table("releases") as batch:
        batch.add_column(sa.Column("outlook", json, server_default="{}", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("releases") as batch:
        batch.drop_column("outlook")
