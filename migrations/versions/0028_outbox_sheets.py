"""Mails to many people share their words and keep only each person's own values."""

import sqlalchemy as sa
from alembic import op

revision = "0028_outbox_sheets"
down_revision = "0027_asked_once"


def upgrade() -> None:
    op.create_table(
        "outbox_sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_sheets")),
    )
    with op.batch_alter_table("outbox_mails") as batch_op:
        batch_op.add_column(sa.Column("sheet_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("personal_values", sa.Text(), nullable=True))
        batch_op.create_index(op.f("ix_outbox_mails_sheet_id"), ["sheet_id"])
        batch_op.create_foreign_key(
            op.f("fk_outbox_mails_sheet_id_outbox_sheets"), "outbox_sheets", ["sheet_id"], ["id"]
        )


def downgrade() -> None:
    # A mail that waits with shared words would go out empty: staff decide about those.
    op.execute(
        "UPDATE outbox_mails SET state = 'unsure' "
        "WHERE sheet_id IS NOT NULL AND state IN ('queued', 'claimed', 'handing')"
    )
    with op.batch_alter_table("outbox_mails") as batch_op:
        batch_op.drop_constraint(
            op.f("fk_outbox_mails_sheet_id_outbox_sheets"), type_="foreignkey"
        )
        batch_op.drop_index(op.f("ix_outbox_mails_sheet_id"))
        batch_op.drop_column("personal_values")
        batch_op.drop_column("sheet_id")
    op.drop_table("outbox_sheets")
