"""Files of other coding programs wait for a yes."""

import sqlalchemy as sa
from alembic import op

revision = "0061_qda_imports"
down_revision = "0060_audit_agreements"


def upgrade() -> None:
    op.create_table(
        "qda_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('project','codebook')", name=op.f("ck_qda_imports_kind_known")),
        sa.ForeignKeyConstraint(
            ["owner_account_id"], ["accounts.id"], name=op.f("fk_qda_imports_owner_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qda_imports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_qda_imports_public_id")),
    )
    with op.batch_alter_table("qda_imports") as batch_op:
        batch_op.create_index(batch_op.f("ix_qda_imports_owner_account_id"), ["owner_account_id"])


def downgrade() -> None:
    op.drop_table("qda_imports")
