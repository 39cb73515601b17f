"""Theme dialogues and meetings: what tables write down, and the dots of those who sit there."""

import sqlalchemy as sa
from alembic import op

revision = "0071_meetings"
down_revision = "0070_users_told"


def upgrade() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("theme", sa.String(length=200), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("dots_each", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("consent_version", sa.String(length=10), nullable=False),
        sa.Column("consent_words", sa.Text(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('dialogue','meeting')", name=op.f("ck_meetings_kind_known")),
        sa.CheckConstraint(
            "state IN ('planned','open','closed')", name=op.f("ck_meetings_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_meetings_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_meetings_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("public_id", name=op.f("uq_meetings_public_id")),
    )
    with op.batch_alter_table("meetings") as batch_op:
        for column in ("activity_id", "organisation_id"):
            batch_op.create_index(batch_op.f(f"ix_meetings_{column}"), [column])
    op.create_table(
        "meeting_tables",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=32), nullable=False),
        sa.Column("has_agreed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_tables_meeting_id_meetings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_tables")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_meeting_tables_code_hash")),
        sa.UniqueConstraint(
            "meeting_id", "number", name=op.f("uq_meeting_tables_meeting_id_number")
        ),
    )
    op.create_table(
        "meeting_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["table_id"],
            ["meeting_tables.id"],
            name=op.f("fk_meeting_notes_table_id_meeting_tables"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_notes")),
        sa.UniqueConstraint("table_id", "number", name=op.f("uq_meeting_notes_table_id_number")),
    )
    op.create_table(
        "meeting_statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by_account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name=op.f("fk_meeting_statements_meeting_id_meetings"),
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_meeting_statements_reviewed_by_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["table_id"],
            ["meeting_tables.id"],
            name=op.f("fk_meeting_statements_table_id_meeting_tables"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_statements")),
        sa.UniqueConstraint(
            "meeting_id", "number", name=op.f("uq_meeting_statements_meeting_id_number")
        ),
    )
    with op.batch_alter_table("meeting_statements") as batch_op:
        for column in ("reviewed_by_account_id", "table_id"):
            batch_op.create_index(batch_op.f(f"ix_meeting_statements_{column}"), [column])
    op.create_table(
        "meeting_dots",
        sa.Column("place_hash", sa.String(length=32), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["meeting_statements.id"],
            name=op.f("fk_meeting_dots_statement_id_meeting_statements"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["table_id"],
            ["meeting_tables.id"],
            name=op.f("fk_meeting_dots_table_id_meeting_tables"),
        ),
        sa.PrimaryKeyConstraint("place_hash", "statement_id", name=op.f("pk_meeting_dots")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("meeting_dots") as batch_op:
        for column in ("statement_id", "table_id"):
            batch_op.create_index(batch_op.f(f"ix_meeting_dots_{column}"), [column])


def downgrade() -> None:
    op.drop_table("meeting_dots")
    op.drop_table("meeting_statements")
    op.drop_table("meeting_notes")
    op.drop_table("meeting_tables")
    op.drop_table("meetings")
