"""When and where a round's results come, in the other languages of its questionnaire."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0045_results_on_twins"
down_revision = "0044_shown_count"


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    with op.batch_alter_table("survey_rounds") as batch:
        batch.add_column(sa.Column("results_on_twins", json, server_default="{}", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("survey_rounds") as batch:
        batch.drop_column("results_on_twins")
