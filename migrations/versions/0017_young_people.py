"""Kinds of assignment, the notice's kind, guardians' approvals and the ages of the county file."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017_young_people"
down_revision = "0016_requests_and_adoption"

STATE_KNOWN = "ck_bank_members_state_known"


def upgrade() -> None:
    with op.batch_alter_table("bank_members") as batch_op:
        batch_op.add_column(
            sa.Column(
                "assignments",
                sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
                nullable=False,
                server_default="[]",
            )
        )
        batch_op.add_column(sa.Column("interpreter_language", sa.Text(), nullable=True))
        batch_op.drop_constraint(op.f(STATE_KNOWN), type_="check")
        batch_op.create_check_constraint(
            op.f(STATE_KNOWN), "state IN ('unconfirmed','awaiting','active','paused','left')"
        )
    with op.batch_alter_table("bank_consents") as batch_op:
        batch_op.add_column(
            sa.Column("notice_kind", sa.String(length=8), nullable=False, server_default="plain")
        )
        batch_op.create_check_constraint(
            op.f("ck_bank_consents_notice_kind_known"), "notice_kind IN ('plain','easy','child')"
        )
    op.create_table(
        "bank_guardian_approvals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("guardian_email", sa.Text(), nullable=True),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("token_hash", sa.String(length=32), nullable=True),
        sa.Column("withdrawal_hash", sa.String(length=32), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notice_version", sa.String(length=16), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('noted','asked') OR guardian_email IS NULL",
            name=op.f("ck_bank_guardian_approvals_address_only_while_asked"),
        ),
        sa.CheckConstraint(
            "state IN ('noted','asked','approved','refused','withdrawn','lapsed')",
            name=op.f("ck_bank_guardian_approvals_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["bank_members.id"],
            name=op.f("fk_bank_guardian_approvals_member_id_bank_members"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_guardian_approvals")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_bank_guardian_approvals_token_hash")),
        sa.UniqueConstraint(
            "withdrawal_hash", name=op.f("uq_bank_guardian_approvals_withdrawal_hash")
        ),
    )
    op.create_index(
        op.f("ix_bank_guardian_approvals_member_id"), "bank_guardian_approvals", ["member_id"]
    )
    op.create_table(
        "bank_age_policies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youngest", sa.Integer(), nullable=False),
        sa.Column("guardian_below", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "youngest <= guardian_below", name=op.f("ck_bank_age_policies_ages_in_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_age_policies")),
        sa.UniqueConstraint("layer", name=op.f("uq_bank_age_policies_layer")),
    )


def downgrade() -> None:
    op.drop_table("bank_age_policies")
    op.drop_table("bank_guardian_approvals")
    op.execute("UPDATE bank_consents SET notice_kind = 'plain'")
    with op.batch_alter_table("bank_consents") as batch_op:
        batch_op.drop_constraint(op.f("ck_bank_consents_notice_kind_known"), type_="check")
        batch_op.drop_column("notice_kind")
    op.execute("UPDATE bank_members SET state = 'unconfirmed' WHERE state = 'awaiting'")
    with op.batch_alter_table("bank_members") as batch_op:
        batch_op.drop_constraint(op.f(STATE_KNOWN), type_="check")
        batch_op.create_check_constraint(
            op.f(STATE_KNOWN), "state IN ('unconfirmed','active','paused','left')"
        )
        batch_op.drop_column("interpreter_language")
        batch_op.drop_column("assignments")
