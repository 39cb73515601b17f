"""Free texts in which somebody may be in danger: a flag, who takes it, what was done."""

import sqlalchemy as sa
from alembic import op

revision = "0051_urgent_texts"
down_revision = "0050_looks"


def upgrade() -> None:
    op.create_table(
        "urgent_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("flagged_by_account_id", sa.Integer(), nullable=True),
        sa.Column("taken_by_account_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(20), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(done_at IS NULL) = (outcome IS NULL)",
            name=op.f("ck_urgent_texts_done_has_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["text_id"],
            ["material_texts.id"],
            name=op.f("fk_urgent_texts_text_id_material_texts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["flagged_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_urgent_texts_flagged_by_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_urgent_texts_taken_by_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urgent_texts")),
        sa.UniqueConstraint("public_id", name=op.f("uq_urgent_texts_public_id")),
        sa.UniqueConstraint("text_id", name=op.f("uq_urgent_texts_text_id")),
    )
    for column in ("flagged_by_account_id", "taken_by_account_id"):
        op.create_index(f"ix_urgent_texts_{column}", "urgent_texts", [column])
    op.create_table(
        "urgent_contacts",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_urgent_contacts_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_urgent_contacts")),
    )


def downgrade() -> None:
    op.drop_table("urgent_contacts")
    for column in ("taken_by_account_id", "flagged_by_account_id"):
        op.drop_index(f"ix_urgent_texts_{column}", "urgent_texts")
    op.drop_table("urgent_texts")
