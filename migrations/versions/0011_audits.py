"""The tables of audits."""

import sqlalchemy as sa
from alembic import op

revision = "0011_audits"
down_revision = "0010_questionnaires"


def upgrade() -> None:
    op.create_table(
        "audits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("ordered_by_account_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("target_group", sa.Text(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=False),
        sa.Column("team_note", sa.Text(), nullable=False),
        sa.Column("independence", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("follow_up_who", sa.Text(), nullable=False),
        sa.Column("follow_up_text", sa.Text(), nullable=False),
        sa.Column("remaining_text", sa.Text(), nullable=False),
        sa.Column("answers_due_on", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('ordered','agreed','team_ready','preparing','interviewing','analysing','reported','fed_back','answered','followed_up','cancelled')",
            name=op.f("ck_audits_state_known"),
        ),
        sa.CheckConstraint(
            "period_to >= period_from", name=op.f("ck_audits_period_ends_after_start")
        ),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_audits_area_id_areas")),
        sa.ForeignKeyConstraint(
            ["ordered_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_audits_ordered_by_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["participation_requests.id"],
            name=op.f("fk_audits_request_id_participation_requests"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_audits_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audits")),
        sa.UniqueConstraint("public_id", name=op.f("uq_audits_public_id")),
    )
    with op.batch_alter_table("audits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audits_area_id"), ["area_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_audits_ordered_by_account_id"), ["ordered_by_account_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_audits_published_on"), ["published_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_audits_request_id"), ["request_id"], unique=False)
        batch_op.create_index("ix_audits_state_id", ["state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audits_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "audit_interviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_account_id", sa.Integer(), nullable=True),
        sa.Column("respondent_role", sa.String(length=20), nullable=False),
        sa.Column("held_week", sa.String(length=8), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["audits.id"], name=op.f("fk_audit_interviews_audit_id_audits")
        ),
        sa.ForeignKeyConstraint(
            ["by_account_id"],
            ["accounts.id"],
            name=op.f("fk_audit_interviews_by_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_interviews")),
        sa.UniqueConstraint("audit_id", "number", name=op.f("uq_audit_interviews_audit_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_audit_interviews_public_id")),
    )
    with op.batch_alter_table("audit_interviews", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_interviews_by_account_id"), ["by_account_id"], unique=False
        )

    op.create_table(
        "audit_points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('strength','shortcoming')", name=op.f("ck_audit_points_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["audits.id"], name=op.f("fk_audit_points_audit_id_audits")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_points")),
        sa.UniqueConstraint(
            "audit_id", "kind", "number", name=op.f("uq_audit_points_audit_id_kind_number")
        ),
    )
    op.create_table(
        "audit_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["audits.id"], name=op.f("fk_audit_proposals_audit_id_audits")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_proposals")),
        sa.UniqueConstraint("audit_id", "number", name=op.f("uq_audit_proposals_audit_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_audit_proposals_public_id")),
    )
    op.create_table(
        "audit_questions",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("follow_up", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["audits.id"], name=op.f("fk_audit_questions_audit_id_audits")
        ),
        sa.PrimaryKeyConstraint("audit_id", "number", name=op.f("pk_audit_questions")),
    )
    op.create_table(
        "audit_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("by_account_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["audits.id"], name=op.f("fk_audit_steps_audit_id_audits")
        ),
        sa.ForeignKeyConstraint(
            ["by_account_id"], ["accounts.id"], name=op.f("fk_audit_steps_by_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_steps")),
        sa.UniqueConstraint("audit_id", "state", name=op.f("uq_audit_steps_audit_id_state")),
    )
    with op.batch_alter_table("audit_steps", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_steps_by_account_id"), ["by_account_id"], unique=False
        )
        batch_op.create_index("ix_audit_steps_state_taken_on", ["state", "taken_on"], unique=False)

    op.create_table(
        "audit_team_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("own_experience", sa.Text(), nullable=True),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_audit_team_members_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["audits.id"], name=op.f("fk_audit_team_members_audit_id_audits")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["bank_members.id"],
            name=op.f("fk_audit_team_members_member_id_bank_members"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_team_members")),
        sa.UniqueConstraint(
            "audit_id", "account_id", name=op.f("uq_audit_team_members_audit_id_account_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_audit_team_members_public_id")),
    )
    with op.batch_alter_table("audit_team_members", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_team_members_account_id"), ["account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_audit_team_members_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "audit_point_interviews",
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["audit_interviews.id"],
            name=op.f("fk_audit_point_interviews_interview_id_audit_interviews"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["point_id"],
            ["audit_points.id"],
            name=op.f("fk_audit_point_interviews_point_id_audit_points"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("point_id", "interview_id", name=op.f("pk_audit_point_interviews")),
    )
    with op.batch_alter_table("audit_point_interviews", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_audit_point_interviews_interview_id"), ["interview_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("audit_point_interviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_point_interviews_interview_id"))

    op.drop_table("audit_point_interviews")
    with op.batch_alter_table("audit_team_members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_team_members_member_id"))
        batch_op.drop_index(batch_op.f("ix_audit_team_members_account_id"))

    op.drop_table("audit_team_members")
    with op.batch_alter_table("audit_steps", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_steps_state_taken_on")
        batch_op.drop_index(batch_op.f("ix_audit_steps_by_account_id"))

    op.drop_table("audit_steps")
    op.drop_table("audit_questions")
    op.drop_table("audit_proposals")
    op.drop_table("audit_points")
    with op.batch_alter_table("audit_interviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_interviews_by_account_id"))

    op.drop_table("audit_interviews")
    with op.batch_alter_table("audits", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audits_unit_id"))
        batch_op.drop_index("ix_audits_state_id")
        batch_op.drop_index(batch_op.f("ix_audits_request_id"))
        batch_op.drop_index(batch_op.f("ix_audits_published_on"))
        batch_op.drop_index(batch_op.f("ix_audits_ordered_by_account_id"))
        batch_op.drop_index(batch_op.f("ix_audits_area_id"))

    op.drop_table("audits")
