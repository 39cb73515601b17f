"""What is learnt from a coder's own codes, and which suggestions they declined."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0068_code_models"
down_revision = "0067_grid_index"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "code_models",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("codebook_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("codings", sa.Integer(), nullable=False),
        sa.Column("text_ids", JSON, nullable=False),
        sa.Column("weights", sa.LargeBinary(), nullable=False),
        sa.Column("skills", JSON, nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_code_models_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["codebook_id"], ["codebooks.id"], name=op.f("fk_code_models_codebook_id_codebooks")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_models")),
        sa.UniqueConstraint(
            "codebook_id", "account_id", name=op.f("uq_code_models_codebook_id_account_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_code_models_public_id")),
    )
    op.create_index(op.f("ix_code_models_account_id"), "code_models", ["account_id"])
    op.create_table(
        "declined_codes",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("coder_account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["code_id"], ["codes.id"], name=op.f("fk_declined_codes_code_id_codes")
        ),
        sa.ForeignKeyConstraint(
            ["coder_account_id"],
            ["accounts.id"],
            name=op.f("fk_declined_codes_coder_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["text_id"],
            ["material_texts.id"],
            name=op.f("fk_declined_codes_text_id_material_texts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "text_id", "code_id", "coder_account_id", name=op.f("pk_declined_codes")
        ),
    )
    for column in ("code_id", "coder_account_id"):
        op.create_index(op.f(f"ix_declined_codes_{column}"), "declined_codes", [column])


def downgrade() -> None:
    op.drop_table("declined_codes")
    op.drop_table("code_models")
