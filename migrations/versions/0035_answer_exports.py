"""Answers can be taken out row by row, as a file that expires."""

import sqlalchemy as sa
from alembic import op

revision = "0035_answer_exports"
down_revision = "0034_anonymous_rounds"


def upgrade() -> None:
    op.create_table(
        "answer_exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("with_series", sa.Boolean(), nullable=False),
        sa.Column("with_texts", sa.Boolean(), nullable=False),
        sa.Column("file_format", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("job_public_id", sa.String(length=12), nullable=True),
        sa.Column("row_count", sa.Integer(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by_account_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "file_format IN ('csv','xlsx')", name=op.f("ck_answer_exports_format_known")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["survey_rounds.id"], name=op.f("fk_answer_exports_round_id_survey_rounds")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_answer_exports_created_by_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_exports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_answer_exports_public_id")),
    )
    for column in ("round_id", "expires_at", "created_by_account_id"):
        op.create_index(op.f(f"ix_answer_exports_{column}"), "answer_exports", [column])
    op.create_table(
        "answer_export_pieces",
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["export_id"],
            ["answer_exports.id"],
            name=op.f("fk_answer_export_pieces_export_id_answer_exports"),
        ),
        sa.PrimaryKeyConstraint("export_id", "position", name=op.f("pk_answer_export_pieces")),
    )


def downgrade() -> None:
    op.drop_table("answer_export_pieces")
    op.drop_table("answer_exports")
