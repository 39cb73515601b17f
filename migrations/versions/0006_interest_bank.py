"""The tables of interest bank."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006_interest_bank"
down_revision = "0005_commitments"


def upgrade() -> None:
    op.create_table(
        "bank_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("phone_index", sa.String(length=32), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("municipality_code", sa.String(length=4), nullable=True),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("gender", sa.String(length=12), nullable=False),
        sa.Column("gender_text", sa.Text(), nullable=True),
        sa.Column("experience_text", sa.Text(), nullable=True),
        sa.Column("ways", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "times", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "languages", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "needs", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("needs_text", sa.Text(), nullable=True),
        sa.Column("yearly_ceiling", sa.Integer(), nullable=True),
        sa.Column("preferred_contact", sa.String(length=8), nullable=False),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("is_protected", sa.Boolean(), nullable=False),
        sa.Column("confirmation_hash", sa.String(length=32), nullable=True),
        sa.Column("confirmation_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "gender IN ('woman','man','other','undisclosed')",
            name=op.f("ck_bank_members_gender_known"),
        ),
        sa.CheckConstraint(
            "state = 'left' OR (municipality_code IS NOT NULL AND birth_year IS NOT NULL)",
            name=op.f("ck_bank_members_told_while_in"),
        ),
        sa.CheckConstraint(
            "state IN ('unconfirmed','active','paused','left')",
            name=op.f("ck_bank_members_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_bank_members_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipalities.code"],
            name=op.f("fk_bank_members_municipality_code_municipalities"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_members")),
        sa.UniqueConstraint("account_id", name=op.f("uq_bank_members_account_id")),
        sa.UniqueConstraint("confirmation_hash", name=op.f("uq_bank_members_confirmation_hash")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_members_public_id")),
    )
    with op.batch_alter_table("bank_members", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_bank_members_phone_index"), ["phone_index"], unique=False
        )
        batch_op.create_index(
            "ix_bank_members_state_municipality_code", ["state", "municipality_code"], unique=False
        )

    op.create_table(
        "bank_consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("notice_version", sa.String(length=16), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('membership','experiences')", name=op.f("ck_bank_consents_purpose_known")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["bank_members.id"], name=op.f("fk_bank_consents_member_id_bank_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_consents")),
        sa.UniqueConstraint(
            "member_id",
            "purpose",
            "given_at",
            name=op.f("uq_bank_consents_member_id_purpose_given_at"),
        ),
    )
    with op.batch_alter_table("bank_consents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bank_consents_member_id"), ["member_id"], unique=False)

    op.create_table(
        "bank_member_experiences",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["areas.id"], name=op.f("fk_bank_member_experiences_area_id_areas")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["bank_members.id"],
            name=op.f("fk_bank_member_experiences_member_id_bank_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("member_id", "area_id", name=op.f("pk_bank_member_experiences")),
    )
    with op.batch_alter_table("bank_member_experiences", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_bank_member_experiences_area_id"), ["area_id"], unique=False
        )

    op.create_table(
        "bank_member_roles",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.CheckConstraint(
            "role IN ('patient','service_user','next_of_kin')",
            name=op.f("ck_bank_member_roles_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["bank_members.id"],
            name=op.f("fk_bank_member_roles_member_id_bank_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("member_id", "role", name=op.f("pk_bank_member_roles")),
    )
    with op.batch_alter_table("bank_member_roles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bank_member_roles_role"), ["role"], unique=False)

    op.create_table(
        "bank_name_tokens",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["bank_members.id"],
            name=op.f("fk_bank_name_tokens_member_id_bank_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("member_id", "token", name=op.f("pk_bank_name_tokens")),
    )
    with op.batch_alter_table("bank_name_tokens", schema=None) as batch_op:
        batch_op.create_index("ix_bank_name_tokens_token", ["token"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("bank_name_tokens", schema=None) as batch_op:
        batch_op.drop_index("ix_bank_name_tokens_token")

    op.drop_table("bank_name_tokens")
    with op.batch_alter_table("bank_member_roles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bank_member_roles_role"))

    op.drop_table("bank_member_roles")
    with op.batch_alter_table("bank_member_experiences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bank_member_experiences_area_id"))

    op.drop_table("bank_member_experiences")
    with op.batch_alter_table("bank_consents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bank_consents_member_id"))

    op.drop_table("bank_consents")
    with op.batch_alter_table("bank_members", schema=None) as batch_op:
        batch_op.drop_index("ix_bank_members_state_municipality_code")
        batch_op.drop_index(batch_op.f("ix_bank_members_phone_index"))

    op.drop_table("bank_members")
