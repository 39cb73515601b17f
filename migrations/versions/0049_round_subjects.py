"""A survey round may belong to an activity, a commitment or an audit."""

import sqlalchemy as sa
from alembic import op

revision = "0049_round_subjects"
down_revision = "0048_no_source_of_answers"


def upgrade() -> None:
    for name, length in (("subject_kind", 20), ("subject_public_id", 12)):
        op.add_column(
            "survey_rounds",
            sa.Column(name, sa.String(length), server_default="", nullable=False),
        )
    op.create_index("ix_survey_rounds_subject_public_id", "survey_rounds", ["subject_public_id"])


def downgrade() -> None:
    op.drop_index("ix_survey_rounds_subject_public_id", "survey_rounds")
    for name in ("subject_public_id", "subject_kind"):
        op.drop_column("survey_rounds", name)
