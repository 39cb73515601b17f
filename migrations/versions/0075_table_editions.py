"""A table whose sheet was lost or photographed gets a new one, with a new code."""

import sqlalchemy as sa
from alembic import op

revision = "0075_table_editions"
down_revision = "0074_text_questions"


def upgrade() -> None:
    with op.batch_alter_table("meeting_tables") as batch_op:
        batch_op.add_column(
            sa.Column("edition", sa.Integer(), server_default="1", nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("meeting_tables") as batch_op:
        batch_op.drop_column("edition")
