"""A round knows which questions staff have set against each other, and how much has changed."""

import sqlalchemy as sa
from alembic import op

revision = "0050_looks"
down_revision = "0049_round_subjects"


def upgrade() -> None:
    op.create_table(
        "answer_looks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("first_key", sa.String(length=129), nullable=False),
        sa.Column("second_key", sa.String(length=129), nullable=False),
        sa.Column("by_role", sa.Boolean(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["survey_rounds.id"], name=op.f("fk_answer_looks_round_id_survey_rounds")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_looks")),
        sa.UniqueConstraint(
            "round_id",
            "first_key",
            "second_key",
            name=op.f("uq_answer_looks_round_id_first_key_second_key"),
        ),
    )
    with op.batch_alter_table("survey_rounds") as batch:
        batch.add_column(sa.Column("changed_count", sa.Integer(), server_default="0", nullable=False))
        batch.add_column(sa.Column("shown_changes", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("survey_rounds") as batch:
        batch.drop_column("shown_changes")
        batch.drop_column("changed_count")
    op.drop_table("answer_looks")
