"""What tables wrote at old meetings goes by decision; the meeting says since when."""

import sqlalchemy as sa
from alembic import op

revision = "0076_destroyed_words"
down_revision = "0075_table_editions"


def upgrade() -> None:
    with op.batch_alter_table("meetings") as batch_op:
        batch_op.add_column(sa.Column("words_destroyed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("meetings") as batch_op:
        batch_op.drop_column("words_destroyed_on")
