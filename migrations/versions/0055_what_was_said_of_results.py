"""What a round said before of when and where its results come is kept when it is corrected."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0055_what_was_said_of_results"
down_revision = "0054_considered_advice"


def upgrade() -> None:
    with op.batch_alter_table("survey_rounds") as batch:
        batch.add_column(
            sa.Column(
                "results_said",
                sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
                nullable=False,
                server_default="[]",
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("survey_rounds") as batch:
        batch.drop_column("results_said")
