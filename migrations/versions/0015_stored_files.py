"""The table of files handed in."""

import sqlalchemy as sa
from alembic import op

revision = "0015_stored_files"
down_revision = "0014_search_full_text"


def upgrade() -> None:
    op.create_table(
        "stored_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about_kind", sa.String(length=40), nullable=False),
        sa.Column("about_id", sa.String(length=12), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_by_account_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_files")),
        sa.UniqueConstraint("public_id", name=op.f("uq_stored_files_public_id")),
    )
    op.create_index("ix_stored_files_about_kind_about_id", "stored_files", ["about_kind", "about_id"])
    op.create_index(
        op.f("ix_stored_files_created_by_account_id"), "stored_files", ["created_by_account_id"]
    )


def downgrade() -> None:
    op.drop_table("stored_files")
