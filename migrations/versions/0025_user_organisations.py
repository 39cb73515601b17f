"""User organisations: places, people who speak, nominations, dialogues, arranging together."""

import sqlalchemy as sa
from alembic import op

revision = "0025_user_organisations"
down_revision = "0024_selection"


def upgrade() -> None:
    op.create_table(
        "organisation_applications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("contact_name", sa.Text(), nullable=True),
        sa.Column("contact_email", sa.Text(), nullable=True),
        sa.Column("contact_phone", sa.Text(), nullable=True),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("answer_text", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('new','accepted','declined')",
            name=op.f("ck_organisation_applications_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_applications_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_applications")),
        sa.UniqueConstraint("public_id", name=op.f("uq_organisation_applications_public_id")),
    )
    with op.batch_alter_table("organisation_applications") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_applications_organisation_id"),
            ["organisation_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_organisation_applications_state"), ["state"], unique=False
        )

    op.create_table(
        "organisation_invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("token_hash", sa.String(length=32), nullable=False),
        sa.Column("invited_by_account_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["invited_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_organisation_invitations_invited_by_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_invitations_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_invitations")),
        sa.UniqueConstraint("public_id", name=op.f("uq_organisation_invitations_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_organisation_invitations_token_hash")),
    )
    with op.batch_alter_table("organisation_invitations") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_invitations_expires_at"), ["expires_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_organisation_invitations_invited_by_account_id"),
            ["invited_by_account_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_organisation_invitations_organisation_id"),
            ["organisation_id"],
            unique=False,
        )

    op.create_table(
        "organisation_profiles",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_organisation_profiles_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_organisation_profiles")),
    )
    op.create_table(
        "activity_co_arrangers",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activities.id"],
            name=op.f("fk_activity_co_arrangers_activity_id_activities"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_activity_co_arrangers_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint(
            "activity_id", "organisation_id", name=op.f("pk_activity_co_arrangers")
        ),
    )
    with op.batch_alter_table("activity_co_arrangers") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_activity_co_arrangers_organisation_id"),
            ["organisation_id"],
            unique=False,
        )

    op.create_table(
        "dialogues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=200), nullable=False),
        sa.Column("meets_on", sa.Date(), nullable=True),
        sa.Column("meets_where", sa.String(length=300), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_dialogues_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["county_groups.id"], name=op.f("fk_dialogues_group_id_county_groups")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_dialogues_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogues")),
        sa.UniqueConstraint("public_id", name=op.f("uq_dialogues_public_id")),
    )
    with op.batch_alter_table("dialogues") as batch_op:
        batch_op.create_index(batch_op.f("ix_dialogues_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dialogues_group_id"), ["group_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_dialogues_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "nomination_asks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=16), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("how_many", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_by_account_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "subject = 'council_seat' OR activity_id IS NOT NULL",
            name=op.f("ck_nomination_asks_activity_is_named"),
        ),
        sa.CheckConstraint(
            "subject IN ('activity','training','council_seat')",
            name=op.f("ck_nomination_asks_subject_known"),
        ),
        sa.CheckConstraint("how_many > 0", name=op.f("ck_nomination_asks_how_many_positive")),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activities.id"],
            name=op.f("fk_nomination_asks_activity_id_activities"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_nomination_asks_asked_by_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_nomination_asks_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination_asks")),
        sa.UniqueConstraint("public_id", name=op.f("uq_nomination_asks_public_id")),
    )
    with op.batch_alter_table("nomination_asks") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_nomination_asks_activity_id"), ["activity_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_nomination_asks_asked_by_account_id"),
            ["asked_by_account_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_nomination_asks_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "dialogue_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("author_account_id", sa.Integer(), nullable=False),
        sa.Column("is_from_organisation", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_account_id"],
            ["accounts.id"],
            name=op.f("fk_dialogue_messages_author_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["dialogue_id"],
            ["dialogues.id"],
            name=op.f("fk_dialogue_messages_dialogue_id_dialogues"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogue_messages")),
    )
    with op.batch_alter_table("dialogue_messages") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dialogue_messages_author_account_id"),
            ["author_account_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_dialogue_messages_dialogue_id"), ["dialogue_id"], unique=False
        )

    op.create_table(
        "dialogue_statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("written_by_account_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"],
            ["dialogues.id"],
            name=op.f("fk_dialogue_statements_dialogue_id_dialogues"),
        ),
        sa.ForeignKeyConstraint(
            ["written_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_dialogue_statements_written_by_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialogue_statements")),
        sa.UniqueConstraint("public_id", name=op.f("uq_dialogue_statements_public_id")),
    )
    with op.batch_alter_table("dialogue_statements") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dialogue_statements_dialogue_id"), ["dialogue_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_dialogue_statements_written_by_account_id"),
            ["written_by_account_id"],
            unique=False,
        )

    op.create_table(
        "nominations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ask_id", sa.Integer(), nullable=False),
        sa.Column("nominated_by_account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_index", sa.String(length=32), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("token_hash", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked','accepted','declined','expired','withdrawn')",
            name=op.f("ck_nominations_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["ask_id"], ["nomination_asks.id"], name=op.f("fk_nominations_ask_id_nomination_asks")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["bank_members.id"], name=op.f("fk_nominations_member_id_bank_members")
        ),
        sa.ForeignKeyConstraint(
            ["nominated_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_nominations_nominated_by_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nominations")),
        sa.UniqueConstraint("public_id", name=op.f("uq_nominations_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_nominations_token_hash")),
    )
    with op.batch_alter_table("nominations") as batch_op:
        batch_op.create_index(batch_op.f("ix_nominations_ask_id"), ["ask_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_nominations_email_index"), ["email_index"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_nominations_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_nominations_member_id"), ["member_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_nominations_nominated_by_account_id"),
            ["nominated_by_account_id"],
            unique=False,
        )


def downgrade() -> None:
    op.drop_table("nominations")
    op.drop_table("dialogue_statements")
    op.drop_table("dialogue_messages")
    op.drop_table("nomination_asks")
    op.drop_table("dialogues")
    op.drop_table("activity_co_arrangers")
    op.drop_table("organisation_profiles")
    op.drop_table("organisation_invitations")
    op.drop_table("organisation_applications")
