"""People who want to be called instead of filling in forms."""

import sqlalchemy as sa
from alembic import op

revision = "0041_call_requests"
down_revision = "0040_late_papers"


def upgrade() -> None:
    op.create_table(
        "bank_call_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("phone_index", sa.String(32), nullable=False),
        sa.Column("suits", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("locale", sa.String(8), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_how", sa.String(12), nullable=True),
        sa.Column("settled_by_account_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "settled_how IN ('talked','not_needed','too_late')",
            name=op.f("ck_bank_call_requests_settled_how_known"),
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_bank_call_requests_settled_by_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_call_requests")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_call_requests_public_id")),
    )
    op.create_index(
        "uq_bank_call_requests_waiting",
        "bank_call_requests",
        ["phone_index"],
        unique=True,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_index(
        "ix_bank_call_requests_settled_at_id", "bank_call_requests", ["settled_at", "id"]
    )


def downgrade() -> None:
    op.drop_table("bank_call_requests")
