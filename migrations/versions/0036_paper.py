"""Answers typed from paper: sealed until typed twice, and marked where they came from."""

import sqlalchemy as sa
from alembic import op

revision = "0036_paper"
down_revision = "0035_answer_exports"


def upgrade() -> None:
    op.add_column(
        "responses",
        sa.Column("source", sa.String(length=10), nullable=False, server_default=""),
    )
    op.create_table(
        "paper_entries",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["survey_rounds.id"], name=op.f("fk_paper_entries_round_id_survey_rounds")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_entries")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_paper_entries_round_id"), "paper_entries", ["round_id"])


def downgrade() -> None:
    op.drop_table("paper_entries")
    op.drop_column("responses", "source")
