"""Own words in the mails of a round, by language."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0056_mail_words"
down_revision = "0055_what_was_said_of_results"


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    with op.batch_alter_table("survey_rounds") as batch:
        batch.add_column(sa.Column("mail_words", json, server_default="{}", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("survey_rounds") as batch:
        batch.drop_column("mail_words")
