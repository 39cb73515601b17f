"""Whether an answer came on paper is no longer kept: nobody read it, and few answers do."""

import sqlalchemy as sa
from alembic import op

revision = "0048_no_source_of_answers"
down_revision = "0047_named_rounds"


def upgrade() -> None:
    op.drop_column("responses", "source")


def downgrade() -> None:
    op.add_column(
        "responses", sa.Column("source", sa.String(10), server_default="", nullable=False)
    )
