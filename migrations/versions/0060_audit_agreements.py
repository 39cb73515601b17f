"""What a unit agrees to before an audit, its plan, and the ties of auditors."""

import sqlalchemy as sa
from alembic import op

revision = "0060_audit_agreements"
down_revision = "0059_layers"

MILESTONES = ("information", "interviews_from", "interviews_to", "report", "feedback", "follow_up")


def upgrade() -> None:
    op.create_table(
        "audit_agreements",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("secrecy", sa.Text(), nullable=False),
        sa.Column("report_reading", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_account_id", sa.Integer(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by_account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["accepted_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_audit_agreements_accepted_by_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["audits.id"], name=op.f("fk_audit_agreements_audit_id_audits")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_audit_agreements_written_by_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("audit_id", name=op.f("pk_audit_agreements")),
    )
    with op.batch_alter_table("audit_agreements") as batch_op:
        for column in ("accepted_by_account_id", "written_by_account_id"):
            batch_op.create_index(batch_op.f(f"ix_audit_agreements_{column}"), [column])
    op.create_table(
        "audit_milestones",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("milestone", sa.String(length=16), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "milestone IN (" + ",".join(f"'{one}'" for one in MILESTONES) + ")",
            name=op.f("ck_audit_milestones_milestone_known"),
        ),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["audits.id"], name=op.f("fk_audit_milestones_audit_id_audits")
        ),
        sa.PrimaryKeyConstraint("audit_id", "milestone", name=op.f("pk_audit_milestones")),
    )
    with op.batch_alter_table("audit_team_members") as batch_op:
        batch_op.add_column(sa.Column("ties", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("cleared_by_account_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("cleared_reason", sa.Text(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_audit_team_members_cleared_by_account_id_accounts"),
            "accounts",
            ["cleared_by_account_id"],
            ["id"],
        )
        batch_op.create_index(
            batch_op.f("ix_audit_team_members_cleared_by_account_id"), ["cleared_by_account_id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("audit_team_members") as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_team_members_cleared_by_account_id"))
        batch_op.drop_constraint(
            op.f("fk_audit_team_members_cleared_by_account_id_accounts"), type_="foreignkey"
        )
        for column in ("cleared_reason", "cleared_by_account_id", "cleared_at", "ties"):
            batch_op.drop_column(column)
    op.drop_table("audit_milestones")
    op.drop_table("audit_agreements")
