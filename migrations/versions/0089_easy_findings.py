"""A finding can be told in short sentences too, for who reads the easy page."""

import sqlalchemy as sa
from alembic import op

revision = "0089_easy_findings"
down_revision = "0088_plan_versions"


def upgrade() -> None:
    with op.batch_alter_table("findings") as batch_op:
        batch_op.add_column(sa.Column("easy_text", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("findings") as batch_op:
        batch_op.drop_column("easy_text")
