"""Easy words beside a report, its release, and who agrees that its summary is public."""

import sqlalchemy as sa
from alembic import op

revision = "0064_audit_reports"
down_revision = "0063_double_coding"


def upgrade() -> None:
    with op.batch_alter_table("audits") as batch_op:
        batch_op.add_column(sa.Column("easy_summary", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("release_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_audits_release_id_releases"), "releases", ["release_id"], ["id"]
        )
        batch_op.create_index(op.f("ix_audits_release_id"), ["release_id"])
    with op.batch_alter_table("audit_points") as batch_op:
        batch_op.add_column(sa.Column("easy_text", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "audit_consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("is_unit", sa.Boolean(), nullable=False),
        sa.Column("says_yes", sa.Boolean(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_audit_consents_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["audits.id"], name=op.f("fk_audit_consents_audit_id_audits")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_consents")),
        sa.UniqueConstraint(
            "audit_id",
            "account_id",
            "is_unit",
            name=op.f("uq_audit_consents_audit_id_account_id_is_unit"),
        ),
    )
    with op.batch_alter_table("audit_consents") as batch_op:
        batch_op.create_index(op.f("ix_audit_consents_account_id"), ["account_id"])


def downgrade() -> None:
    op.drop_table("audit_consents")
    with op.batch_alter_table("audit_points") as batch_op:
        batch_op.drop_column("easy_text")
    with op.batch_alter_table("audits") as batch_op:
        batch_op.drop_index(op.f("ix_audits_release_id"))
        batch_op.drop_constraint(op.f("fk_audits_release_id_releases"), type_="foreignkey")
        batch_op.drop_column("release_id")
        batch_op.drop_column("easy_summary")
