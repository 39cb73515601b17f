"""Texts that are sent in wait for a yes."""

import sqlalchemy as sa
from alembic import op

revision = "0062_material_imports"
down_revision = "0061_qda_imports"


def upgrade() -> None:
    op.create_table(
        "material_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('words','table')", name=op.f("ck_material_imports_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["owner_account_id"],
            ["accounts.id"],
            name=op.f("fk_material_imports_owner_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_imports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_material_imports_public_id")),
    )
    with op.batch_alter_table("material_imports") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_material_imports_owner_account_id"), ["owner_account_id"]
        )


def downgrade() -> None:
    op.drop_table("material_imports")
