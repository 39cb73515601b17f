"""Those whom a finding is about say whether it rings true before it is published."""

import sqlalchemy as sa
from alembic import op

revision = "0069_verdicts"
down_revision = "0068_code_models"


def upgrade() -> None:
    op.create_table(
        "finding_verdict_asks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_finding_verdict_asks_finding_id_findings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_verdict_asks")),
        sa.UniqueConstraint("public_id", name=op.f("uq_finding_verdict_asks_public_id")),
    )
    with op.batch_alter_table("finding_verdict_asks") as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_verdict_asks_finding_id"), ["finding_id"])
    op.create_table(
        "finding_verdicts",
        sa.Column("ask_id", sa.Integer(), nullable=False),
        sa.Column("voice_hash", sa.String(length=32), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('yes','partly','no','dont_know')", name=op.f("ck_finding_verdicts_answer_known")
        ),
        sa.ForeignKeyConstraint(
            ["ask_id"],
            ["finding_verdict_asks.id"],
            name=op.f("fk_finding_verdicts_ask_id_finding_verdict_asks"),
        ),
        sa.PrimaryKeyConstraint("ask_id", "voice_hash", name=op.f("pk_finding_verdicts")),
    )
    with op.batch_alter_table("findings") as batch_op:
        batch_op.add_column(
            sa.Column("despite_verdict", sa.Text(), server_default="", nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("findings") as batch_op:
        batch_op.drop_column("despite_verdict")
    op.drop_table("finding_verdicts")
    op.drop_table("finding_verdict_asks")
