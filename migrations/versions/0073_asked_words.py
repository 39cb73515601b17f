"""What was answered about a finding counts beside the words that were asked about alone."""

import sqlalchemy as sa
from alembic import op

revision = "0073_asked_words"
down_revision = "0072_memos"


def upgrade() -> None:
    with op.batch_alter_table("finding_verdict_asks") as batch_op:
        batch_op.add_column(
            sa.Column("words_digest", sa.String(length=64), server_default="", nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("finding_verdict_asks") as batch_op:
        batch_op.drop_column("words_digest")
