"""Advice of the questionnaire editor that somebody has considered is not given again."""

import sqlalchemy as sa
from alembic import op

revision = "0054_considered_advice"
down_revision = "0053_release_previews"


def upgrade() -> None:
    op.create_table(
        "considered_advice",
        sa.Column("questionnaire_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question_key", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("wording", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["questionnaires.id"],
            name=op.f("fk_considered_advice_questionnaire_id_questionnaires"),
        ),
        sa.PrimaryKeyConstraint(
            "questionnaire_id", "question_key", "code", name=op.f("pk_considered_advice")
        ),
    )


def downgrade() -> None:
    op.drop_table("considered_advice")
