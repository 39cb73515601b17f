"""A closed round knows why papers that came late are typed."""

import sqlalchemy as sa
from alembic import op

revision = "0040_late_papers"
down_revision = "0039_undo_in_the_editor"


def upgrade() -> None:
    with op.batch_alter_table("survey_rounds") as batch:
        batch.add_column(
            sa.Column("late_papers_reason", sa.String(300), nullable=False, server_default="")
        )


def downgrade() -> None:
    with op.batch_alter_table("survey_rounds") as batch:
        batch.drop_column("late_papers_reason")
