"""A draft knows what it was before its last change."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0039_undo_in_the_editor"
down_revision = "0038_successor_keys"


def upgrade() -> None:
    with op.batch_alter_table("questionnaire_versions") as batch:
        batch.add_column(
            sa.Column(
                "content_before",
                sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
                nullable=True,
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("questionnaire_versions") as batch:
        batch.drop_column("content_before")
