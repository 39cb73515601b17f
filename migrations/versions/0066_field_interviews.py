"""Interviews written where there is no connection, notes by question, the second auditor."""

import sqlalchemy as sa
from alembic import op

revision = "0066_field_interviews"
down_revision = "0065_audit_afterwards"

STATES = "'opened','late','unreadable','forgotten'"


def upgrade() -> None:
    _keys_and_devices()
    _deposits()
    with op.batch_alter_table("audit_interviews") as batch_op:
        batch_op.add_column(sa.Column("ref", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("second_account_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("consent_version", sa.String(length=20), nullable=False, server_default="")
        )
        batch_op.create_unique_constraint(op.f("uq_audit_interviews_ref"), ["ref"])
        batch_op.create_foreign_key(
            op.f("fk_audit_interviews_second_account_id_accounts"),
            "accounts",
            ["second_account_id"],
            ["id"],
        )
        batch_op.create_index(
            batch_op.f("ix_audit_interviews_second_account_id"), ["second_account_id"]
        )
    with op.batch_alter_table("audit_interviews") as batch_op:
        batch_op.alter_column("consent_version", server_default=None)
    op.create_table(
        "audit_interview_answers",
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("question_number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["audit_interviews.id"],
            name=op.f("fk_audit_interview_answers_interview_id_audit_interviews"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "interview_id", "question_number", name=op.f("pk_audit_interview_answers")
        ),
    )


def _keys_and_devices() -> None:
    op.create_table(
        "audit_field_keys",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("private_key", sa.LargeBinary(), nullable=True),
        sa.Column("destroyed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["audits.id"], name=op.f("fk_audit_field_keys_audit_id_audits")
        ),
        sa.PrimaryKeyConstraint("audit_id", name=op.f("pk_audit_field_keys")),
    )
    op.create_table(
        "audit_field_devices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("token_hash", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_audit_field_devices_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["audits.id"], name=op.f("fk_audit_field_devices_audit_id_audits")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_field_devices")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_audit_field_devices_token_hash")),
    )
    for column in ("account_id", "audit_id"):
        op.create_index(
            op.f(f"ix_audit_field_devices_{column}"), "audit_field_devices", [column]
        )


def _deposits() -> None:
    op.create_table(
        "audit_field_deposits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=32), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("received_week", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            f"state IN ({STATES})", name=op.f("ck_audit_field_deposits_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["audits.id"], name=op.f("fk_audit_field_deposits_audit_id_audits")
        ),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["audit_field_devices.id"],
            name=op.f("fk_audit_field_deposits_device_id_audit_field_devices"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_field_deposits")),
        sa.UniqueConstraint("public_id", name=op.f("uq_audit_field_deposits_public_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_audit_field_deposits_ref")),
    )
    for column in ("audit_id", "device_id"):
        op.create_index(
            op.f(f"ix_audit_field_deposits_{column}"), "audit_field_deposits", [column]
        )


def downgrade() -> None:
    op.drop_table("audit_interview_answers")
    with op.batch_alter_table("audit_interviews") as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_interviews_second_account_id"))
        batch_op.drop_constraint(
            op.f("fk_audit_interviews_second_account_id_accounts"), type_="foreignkey"
        )
        batch_op.drop_constraint(op.f("uq_audit_interviews_ref"), type_="unique")
        for column in ("consent_version", "second_account_id", "ref"):
            batch_op.drop_column(column)
    for table in ("audit_field_deposits", "audit_field_devices", "audit_field_keys"):
        op.drop_table(table)
