"""A round knows how many answers staff last saw unpublished, so that two looks tell of nobody."""

import sqlalchemy as sa
from alembic import op

revision = "0044_shown_count"
down_revision = "0043_shared_questions"


def upgrade() -> None:
    with op.batch_alter_table("survey_rounds") as batch:
        batch.add_column(sa.Column("shown_count", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("survey_rounds") as batch:
        batch.drop_column("shown_count")
