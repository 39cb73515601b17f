"""Each coder's own layer, and codebooks whose changes can be taken back."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0059_layers"
down_revision = "0058_material_coders"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
SPOT = ("text_id", "code_id", "coder_account_id", "start_offset", "end_offset")
LAYERED = (*SPOT[:3], "layer", *SPOT[3:])
OLD_UNIQUE = "uq_excerpts_text_id_code_id_coder_account_id_start_offset_end_offset"
NEW_UNIQUE = "uq_excerpts_spot"


def upgrade() -> None:
    _codebook_steps()
    _text_states()
    with op.batch_alter_table("codes") as batch_op:
        batch_op.add_column(
            sa.Column("is_retired", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_codes_merged_into_id_codes"), "codes", ["merged_into_id"], ["id"]
        )
        batch_op.create_index(batch_op.f("ix_codes_merged_into_id"), ["merged_into_id"])
    with op.batch_alter_table("excerpts") as batch_op:
        batch_op.add_column(
            sa.Column("layer", sa.String(length=8), nullable=False, server_default="own")
        )
        batch_op.drop_constraint(op.f(OLD_UNIQUE), type_="unique")
        batch_op.create_unique_constraint(op.f(NEW_UNIQUE), list(LAYERED))
        batch_op.create_check_constraint(
            op.f("ck_excerpts_layer_known"), "layer IN ('own','agreed')"
        )
    op.execute(
        "INSERT INTO text_states (text_id, coder_account_id, set_aside_at) "
        "SELECT id, reviewed_by_account_id, set_aside_at FROM material_texts "
        "WHERE set_aside_at IS NOT NULL AND reviewed_by_account_id IS NOT NULL"
    )
    with op.batch_alter_table("material_texts") as batch_op:
        batch_op.drop_column("set_aside_at")


def _codebook_steps() -> None:
    op.create_table(
        "codebook_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("codebook_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("changes", JSON, nullable=False),
        sa.Column("words", JSON, nullable=False),
        sa.Column("is_undone", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_codebook_steps_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["codebook_id"], ["codebooks.id"], name=op.f("fk_codebook_steps_codebook_id_codebooks")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codebook_steps")),
    )
    with op.batch_alter_table("codebook_steps") as batch_op:
        batch_op.create_index(batch_op.f("ix_codebook_steps_account_id"), ["account_id"])
        batch_op.create_index(batch_op.f("ix_codebook_steps_codebook_id"), ["codebook_id"])


def _text_states() -> None:
    op.create_table(
        "text_states",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("coder_account_id", sa.Integer(), nullable=False),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["coder_account_id"],
            ["accounts.id"],
            name=op.f("fk_text_states_coder_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["text_id"],
            ["material_texts.id"],
            name=op.f("fk_text_states_text_id_material_texts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("text_id", "coder_account_id", name=op.f("pk_text_states")),
    )
    with op.batch_alter_table("text_states") as batch_op:
        batch_op.create_index(batch_op.f("ix_text_states_coder_account_id"), ["coder_account_id"])


def downgrade() -> None:
    with op.batch_alter_table("material_texts") as batch_op:
        batch_op.add_column(sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE material_texts SET set_aside_at = "
        "(SELECT min(set_aside_at) FROM text_states WHERE text_id = material_texts.id)"
    )
    op.execute("DELETE FROM excerpts WHERE layer = 'agreed'")
    with op.batch_alter_table("excerpts") as batch_op:
        batch_op.drop_constraint(op.f("ck_excerpts_layer_known"), type_="check")
        batch_op.drop_constraint(op.f(NEW_UNIQUE), type_="unique")
        batch_op.create_unique_constraint(op.f(OLD_UNIQUE), list(SPOT))
        batch_op.drop_column("layer")
    with op.batch_alter_table("codes") as batch_op:
        batch_op.drop_constraint(op.f("fk_codes_merged_into_id_codes"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_codes_merged_into_id"))
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("is_retired")
    op.drop_table("text_states")
    op.drop_table("codebook_steps")
