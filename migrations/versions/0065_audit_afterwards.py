"""Reminders about audits that have left, and how auditors are after listening."""

import sqlalchemy as sa
from alembic import op

revision = "0065_audit_afterwards"
down_revision = "0064_audit_reports"


def upgrade() -> None:
    op.create_table(
        "audit_reminders",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("reminder", sa.String(length=16), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["audits.id"], name=op.f("fk_audit_reminders_audit_id_audits")
        ),
        sa.PrimaryKeyConstraint("audit_id", "reminder", name=op.f("pk_audit_reminders")),
    )
    op.create_table(
        "audit_debriefs",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("diary", sa.Text(), nullable=False),
        sa.Column("wants_call", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_audit_debriefs_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["audits.id"], name=op.f("fk_audit_debriefs_audit_id_audits")
        ),
        sa.PrimaryKeyConstraint("audit_id", "account_id", name=op.f("pk_audit_debriefs")),
    )
    with op.batch_alter_table("audit_debriefs") as batch_op:
        batch_op.create_index(op.f("ix_audit_debriefs_account_id"), ["account_id"])


def downgrade() -> None:
    op.drop_table("audit_debriefs")
    op.drop_table("audit_reminders")
