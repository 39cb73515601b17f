"""Double coding: a sample that two people code without seeing each other's work."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0063_double_coding"
down_revision = "0062_material_imports"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "coding_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("first_account_id", sa.Integer(), nullable=False),
        sa.Column("second_account_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("figures", JSON, nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('coding','compared','settled')", name=op.f("ck_coding_rounds_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["first_account_id"],
            ["accounts.id"],
            name=op.f("fk_coding_rounds_first_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["material_id"],
            ["materials.id"],
            name=op.f("fk_coding_rounds_material_id_materials"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["second_account_id"],
            ["accounts.id"],
            name=op.f("fk_coding_rounds_second_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_rounds")),
        sa.UniqueConstraint("public_id", name=op.f("uq_coding_rounds_public_id")),
    )
    with op.batch_alter_table("coding_rounds") as batch_op:
        for column in ("first_account_id", "material_id", "second_account_id"):
            batch_op.create_index(batch_op.f(f"ix_coding_rounds_{column}"), [column])
    op.create_table(
        "coding_assignments",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["coding_rounds.id"],
            name=op.f("fk_coding_assignments_round_id_coding_rounds"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["text_id"],
            ["material_texts.id"],
            name=op.f("fk_coding_assignments_text_id_material_texts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("round_id", "text_id", name=op.f("pk_coding_assignments")),
    )
    with op.batch_alter_table("coding_assignments") as batch_op:
        batch_op.create_index(batch_op.f("ix_coding_assignments_text_id"), ["text_id"])


def downgrade() -> None:
    op.drop_table("coding_assignments")
    op.drop_table("coding_rounds")
