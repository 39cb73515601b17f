"""Series, automatic rounds, reminders, calendar addresses, evaluations; more about an activity."""

import sqlalchemy as sa
from alembic import op

revision = "0020_activities_complete"
down_revision = "0019_children_in_activities"

STATES = "'queued','sent','accepted','declined','not_now','waiting','withdrawn'"


def upgrade() -> None:
    op.create_table(
        "activity_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("repeats", sa.String(length=12), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "repeats IN ('two_weeks','month','quarter')",
            name=op.f("ck_activity_series_repeats_known"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_activity_series_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_series")),
        sa.UniqueConstraint("public_id", name=op.f("uq_activity_series_public_id")),
    )
    op.create_index(
        op.f("ix_activity_series_organisation_id"), "activity_series", ["organisation_id"]
    )
    with op.batch_alter_table("activities") as batch:
        batch.add_column(sa.Column("link", sa.String(length=500), nullable=True))
        batch.add_column(
            sa.Column("time_text", sa.String(length=200), nullable=False, server_default="")
        )
        batch.add_column(
            sa.Column("invitation_words", sa.Text(), nullable=False, server_default="")
        )
        batch.add_column(sa.Column("series_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_activities_series_id_activity_series"),
            "activity_series",
            ["series_id"],
            ["id"],
        )
        batch.create_index(op.f("ix_activities_series_id"), ["series_id"])
    with op.batch_alter_table("invitation_rounds") as batch:
        batch.drop_constraint(op.f("ck_invitation_rounds_chosen_by_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_invitation_rounds_chosen_by_known"),
            "chosen_by IN ('hand','lottery','turn')",
        )
    with op.batch_alter_table("invitations") as batch:
        batch.drop_constraint(op.f("ck_invitations_state_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_invitations_state_known"), f"state IN ({STATES},'walked_in')"
        )
        batch.add_column(sa.Column("reply", sa.Text(), nullable=True))
        batch.add_column(sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("recorded_by_account_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_invitations_recorded_by_account_id_accounts"),
            "accounts",
            ["recorded_by_account_id"],
            ["id"],
        )
        batch.create_index(
            op.f("ix_invitations_recorded_by_account_id"), ["recorded_by_account_id"]
        )
    op.create_table(
        "automatic_rounds",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("people_each", sa.Integer(), nullable=False),
        sa.Column("most_rounds", sa.Integer(), nullable=False),
        sa.Column("reply_days", sa.Integer(), nullable=False),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("chosen_by", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by_account_id", sa.Integer(), nullable=False),
        sa.Column("sent_count", sa.Integer(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "chosen_by IN ('lottery','turn')", name=op.f("ck_automatic_rounds_chosen_by_known")
        ),
        sa.CheckConstraint(
            "people_each > 0 AND most_rounds > 0",
            name=op.f("ck_automatic_rounds_counts_positive"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activities.id"],
            name=op.f("fk_automatic_rounds_activity_id_activities"),
        ),
        sa.ForeignKeyConstraint(
            ["set_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_automatic_rounds_set_by_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_automatic_rounds")),
    )
    op.create_index(
        op.f("ix_automatic_rounds_set_by_account_id"), "automatic_rounds", ["set_by_account_id"]
    )
    op.create_table(
        "activity_reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=12), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("set_by_account_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "audience IN ('unanswered','coming')",
            name=op.f("ck_activity_reminders_audience_known"),
        ),
        sa.CheckConstraint(
            "days_before BETWEEN 0 AND 60", name=op.f("ck_activity_reminders_days_before_known")
        ),
        sa.CheckConstraint(
            "hour BETWEEN 6 AND 21", name=op.f("ck_activity_reminders_hour_by_day")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activities.id"],
            name=op.f("fk_activity_reminders_activity_id_activities"),
        ),
        sa.ForeignKeyConstraint(
            ["set_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_activity_reminders_set_by_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_reminders")),
        sa.UniqueConstraint("public_id", name=op.f("uq_activity_reminders_public_id")),
    )
    op.create_index(
        op.f("ix_activity_reminders_activity_id"), "activity_reminders", ["activity_id"]
    )
    op.create_index(
        op.f("ix_activity_reminders_set_by_account_id"),
        "activity_reminders",
        ["set_by_account_id"],
    )
    op.create_table(
        "activity_reminders_sent",
        sa.Column("reminder_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name=op.f("fk_activity_reminders_sent_invitation_id_invitations"),
        ),
        sa.ForeignKeyConstraint(
            ["reminder_id"],
            ["activity_reminders.id"],
            name=op.f("fk_activity_reminders_sent_reminder_id_activity_reminders"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "reminder_id", "invitation_id", name=op.f("pk_activity_reminders_sent")
        ),
    )
    op.create_index(
        op.f("ix_activity_reminders_sent_invitation_id"),
        "activity_reminders_sent",
        ["invitation_id"],
    )
    op.create_table(
        "calendar_subscriptions",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=32), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_calendar_subscriptions_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_calendar_subscriptions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_calendar_subscriptions_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_subscriptions_token_hash")),
    )
    op.create_table(
        "activity_evaluations",
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("understood", sa.String(length=8), nullable=False),
        sa.Column("listened", sa.String(length=8), nullable=False),
        sa.Column("again", sa.String(length=8), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("shown_words", sa.Text(), nullable=True),
        sa.Column("is_read", sa.Boolean(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        *(
            sa.CheckConstraint(
                f"{name} IN ('yes','partly','no','unsure')",
                name=op.f(f"ck_activity_evaluations_{name}_known"),
            )
            for name in ("understood", "listened", "again")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["invitations.id"],
            name=op.f("fk_activity_evaluations_invitation_id_invitations"),
        ),
        sa.PrimaryKeyConstraint("invitation_id", name=op.f("pk_activity_evaluations")),
        sa.UniqueConstraint("public_id", name=op.f("uq_activity_evaluations_public_id")),
    )


def downgrade() -> None:
    for table in (
        "activity_evaluations",
        "calendar_subscriptions",
        "activity_reminders_sent",
        "activity_reminders",
        "automatic_rounds",
    ):
        op.drop_table(table)
    op.execute("UPDATE invitations SET state = 'withdrawn' WHERE state = 'walked_in'")
    op.execute("UPDATE invitation_rounds SET chosen_by = 'hand' WHERE chosen_by = 'turn'")
    with op.batch_alter_table("invitations") as batch:
        batch.drop_index(op.f("ix_invitations_recorded_by_account_id"))
        batch.drop_constraint(
            op.f("fk_invitations_recorded_by_account_id_accounts"), type_="foreignkey"
        )
        batch.drop_column("recorded_by_account_id")
        batch.drop_column("replied_at")
        batch.drop_column("reply")
        batch.drop_constraint(op.f("ck_invitations_state_known"), type_="check")
        batch.create_check_constraint(op.f("ck_invitations_state_known"), f"state IN ({STATES})")
    with op.batch_alter_table("invitation_rounds") as batch:
        batch.drop_constraint(op.f("ck_invitation_rounds_chosen_by_known"), type_="check")
        batch.create_check_constraint(
            op.f("ck_invitation_rounds_chosen_by_known"), "chosen_by IN ('hand','lottery')"
        )
    with op.batch_alter_table("activities") as batch:
        batch.drop_index(op.f("ix_activities_series_id"))
        batch.drop_constraint(op.f("fk_activities_series_id_activity_series"), type_="foreignkey")
        batch.drop_column("series_id")
        batch.drop_column("invitation_words")
        batch.drop_column("time_text")
        batch.drop_column("link")
    op.drop_table("activity_series")
