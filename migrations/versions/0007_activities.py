"""The tables of activities."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007_activities"
down_revision = "0006_interest_bank"


def upgrade() -> None:
    op.create_table(
        "participation_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("created_by_account_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("people_count", sa.Integer(), nullable=False),
        sa.Column("wanted_from", sa.Date(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft','submitted','accepted','declined','closed')",
            name=op.f("ck_participation_requests_state_known"),
        ),
        sa.CheckConstraint(
            "people_count > 0", name=op.f("ck_participation_requests_people_count_positive")
        ),
        sa.ForeignKeyConstraint(
            ["area_id"], ["areas.id"], name=op.f("fk_participation_requests_area_id_areas")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_participation_requests_created_by_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_participation_requests_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_participation_requests_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation_requests")),
        sa.UniqueConstraint("public_id", name=op.f("uq_participation_requests_public_id")),
    )
    with op.batch_alter_table("participation_requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_participation_requests_area_id"), ["area_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_participation_requests_created_by_account_id"),
            ["created_by_account_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_participation_requests_organisation_id"),
            ["organisation_id"],
            unique=False,
        )
        batch_op.create_index("ix_participation_requests_state_id", ["state", "id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_participation_requests_unit_id"), ["unit_id"], unique=False
        )

    op.create_table(
        "activities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("compensation_text", sa.Text(), nullable=False),
        sa.Column("contact_text", sa.Text(), nullable=False),
        sa.Column("accessibility_text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=True),
        sa.Column("is_open_to_all", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column(
            "wanted_roles", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column(
            "wanted_municipalities",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "wanted_ways", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("attendance_closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('planned','open','completed','cancelled')",
            name=op.f("ck_activities_state_known"),
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_activities_ends_after_start")),
        sa.CheckConstraint("seats > 0", name=op.f("ck_activities_seats_positive")),
        sa.ForeignKeyConstraint(
            ["area_id"], ["areas.id"], name=op.f("fk_activities_area_id_areas")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["county_groups.id"], name=op.f("fk_activities_group_id_county_groups")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_activities_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["participation_requests.id"],
            name=op.f("fk_activities_request_id_participation_requests"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_activities_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
        sa.UniqueConstraint("public_id", name=op.f("uq_activities_public_id")),
    )
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activities_area_id"), ["area_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_activities_group_id"), ["group_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_activities_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_activities_request_id"), ["request_id"], unique=False)
        batch_op.create_index("ix_activities_state_starts_at", ["state", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_activities_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "request_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("author_account_id", sa.Integer(), nullable=False),
        sa.Column("is_from_coordinator", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_account_id"],
            ["accounts.id"],
            name=op.f("fk_request_messages_author_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["participation_requests.id"],
            name=op.f("fk_request_messages_request_id_participation_requests"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_messages")),
    )
    with op.batch_alter_table("request_messages", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_request_messages_author_account_id"), ["author_account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_request_messages_request_id"), ["request_id"], unique=False
        )

    op.create_table(
        "attendances",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("ticked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_attendances_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["bank_members.id"], name=op.f("fk_attendances_member_id_bank_members")
        ),
        sa.PrimaryKeyConstraint("activity_id", "member_id", name=op.f("pk_attendances")),
    )
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendances_member_id"), ["member_id"], unique=False)

    op.create_table(
        "invitation_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reply_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chosen_by", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_by_account_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "chosen_by IN ('hand','lottery')", name=op.f("ck_invitation_rounds_chosen_by_known")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activities.id"],
            name=op.f("fk_invitation_rounds_activity_id_activities"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_invitation_rounds_created_by_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_rounds")),
        sa.UniqueConstraint(
            "activity_id", "number", name=op.f("uq_invitation_rounds_activity_id_number")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_invitation_rounds_public_id")),
    )
    with op.batch_alter_table("invitation_rounds", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitation_rounds_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_invitation_rounds_created_by_account_id"),
            ["created_by_account_id"],
            unique=False,
        )

    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiting_number", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state <> 'waiting' OR waiting_number IS NOT NULL",
            name=op.f("ck_invitations_waiting_is_numbered"),
        ),
        sa.CheckConstraint(
            "state IN ('queued','sent','accepted','declined','not_now','waiting','withdrawn')",
            name=op.f("ck_invitations_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_invitations_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["bank_members.id"], name=op.f("fk_invitations_member_id_bank_members")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["invitation_rounds.id"],
            name=op.f("fk_invitations_round_id_invitation_rounds"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint(
            "activity_id", "member_id", name=op.f("uq_invitations_activity_id_member_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_invitations_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(
            "ix_invitations_activity_id_state", ["activity_id", "state"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_invitations_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_round_id"), ["round_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitations_round_id"))
        batch_op.drop_index(batch_op.f("ix_invitations_member_id"))
        batch_op.drop_index("ix_invitations_activity_id_state")

    op.drop_table("invitations")
    with op.batch_alter_table("invitation_rounds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_rounds_created_by_account_id"))
        batch_op.drop_index(batch_op.f("ix_invitation_rounds_activity_id"))

    op.drop_table("invitation_rounds")
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendances_member_id"))

    op.drop_table("attendances")
    with op.batch_alter_table("request_messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_request_messages_request_id"))
        batch_op.drop_index(batch_op.f("ix_request_messages_author_account_id"))

    op.drop_table("request_messages")
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activities_unit_id"))
        batch_op.drop_index("ix_activities_state_starts_at")
        batch_op.drop_index(batch_op.f("ix_activities_request_id"))
        batch_op.drop_index(batch_op.f("ix_activities_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_activities_group_id"))
        batch_op.drop_index(batch_op.f("ix_activities_area_id"))

    op.drop_table("activities")
    with op.batch_alter_table("participation_requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_participation_requests_unit_id"))
        batch_op.drop_index("ix_participation_requests_state_id")
        batch_op.drop_index(batch_op.f("ix_participation_requests_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_participation_requests_created_by_account_id"))
        batch_op.drop_index(batch_op.f("ix_participation_requests_area_id"))

    op.drop_table("participation_requests")
