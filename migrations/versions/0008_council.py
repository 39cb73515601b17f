"""The tables of council."""

import sqlalchemy as sa
from alembic import op

revision = "0008_council"
down_revision = "0007_activities"


def upgrade() -> None:
    op.create_table(
        "council_terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_council_terms_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["county_groups.id"], name=op.f("fk_council_terms_group_id_county_groups")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_terms")),
        sa.UniqueConstraint("public_id", name=op.f("uq_council_terms_public_id")),
    )
    with op.batch_alter_table("council_terms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_council_terms_ends_on"), ["ends_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_council_terms_group_id"), ["group_id"], unique=False)

    op.create_table(
        "council_seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_alternate", sa.Boolean(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("vacant_since", sa.Date(), nullable=True),
        sa.Column("vacant_reason", sa.Text(), nullable=True),
        sa.Column("shown_name", sa.Text(), nullable=True),
        sa.Column("shown_about", sa.Text(), nullable=True),
        sa.Column("shown_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "(member_id IS NULL AND since IS NULL AND shown_name IS NULL) OR (member_id IS NOT NULL AND since IS NOT NULL AND vacant_since IS NULL)",
            name=op.f("ck_council_seats_held_or_empty"),
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_council_seats_number_positive")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["bank_members.id"], name=op.f("fk_council_seats_member_id_bank_members")
        ),
        sa.ForeignKeyConstraint(
            ["term_id"], ["council_terms.id"], name=op.f("fk_council_seats_term_id_council_terms")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_seats")),
        sa.UniqueConstraint("public_id", name=op.f("uq_council_seats_public_id")),
        sa.UniqueConstraint(
            "term_id",
            "is_alternate",
            "number",
            name=op.f("uq_council_seats_term_id_is_alternate_number"),
        ),
    )
    with op.batch_alter_table("council_seats", schema=None) as batch_op:
        batch_op.create_index("ix_council_seats_member_id", ["member_id"], unique=False)

    op.create_table(
        "council_seat_pasts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("until >= since", name=op.f("ck_council_seat_pasts_until_after_since")),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["bank_members.id"],
            name=op.f("fk_council_seat_pasts_member_id_bank_members"),
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"],
            ["council_seats.id"],
            name=op.f("fk_council_seat_pasts_seat_id_council_seats"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_seat_pasts")),
    )
    with op.batch_alter_table("council_seat_pasts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_council_seat_pasts_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_council_seat_pasts_seat_id"), ["seat_id"], unique=False
        )

    op.create_table(
        "representations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("shown_name", sa.Text(), nullable=True),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('ordinary','alternate')", name=op.f("ck_representations_kind_known")
        ),
        sa.CheckConstraint(
            "to_on IS NULL OR to_on >= from_on", name=op.f("ck_representations_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["county_groups.id"],
            name=op.f("fk_representations_group_id_county_groups"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["bank_members.id"],
            name=op.f("fk_representations_member_id_bank_members"),
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["council_seats.id"], name=op.f("fk_representations_seat_id_council_seats")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_representations")),
        sa.UniqueConstraint("public_id", name=op.f("uq_representations_public_id")),
    )
    with op.batch_alter_table("representations", schema=None) as batch_op:
        batch_op.create_index(
            "ix_representations_group_id_to_on", ["group_id", "to_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_representations_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_representations_seat_id"), ["seat_id"], unique=False)

    op.create_table(
        "council_meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"],
            ["activities.id"],
            name=op.f("fk_council_meetings_activity_id_activities"),
        ),
        sa.ForeignKeyConstraint(
            ["term_id"],
            ["council_terms.id"],
            name=op.f("fk_council_meetings_term_id_council_terms"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_meetings")),
        sa.UniqueConstraint("activity_id", name=op.f("uq_council_meetings_activity_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_council_meetings_public_id")),
    )
    with op.batch_alter_table("council_meetings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_council_meetings_term_id"), ["term_id"], unique=False)

    op.create_table(
        "council_agenda_items",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["council_meetings.id"],
            name=op.f("fk_council_agenda_items_meeting_id_council_meetings"),
        ),
        sa.PrimaryKeyConstraint("meeting_id", "number", name=op.f("pk_council_agenda_items")),
    )
    op.create_table(
        "council_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["council_meetings.id"],
            name=op.f("fk_council_decisions_meeting_id_council_meetings"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_decisions")),
        sa.UniqueConstraint(
            "meeting_id", "number", name=op.f("uq_council_decisions_meeting_id_number")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_council_decisions_public_id")),
    )
    with op.batch_alter_table("council_decisions", schema=None) as batch_op:
        batch_op.create_index(
            "ix_council_decisions_done_on_due_on", ["done_on", "due_on"], unique=False
        )

    op.create_table(
        "council_statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("written_by_account_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(sent_on IS NULL) = (due_on IS NULL)", name=op.f("ck_council_statements_sent_has_due")
        ),
        sa.CheckConstraint(
            "due_on IS NULL OR due_on >= sent_on", name=op.f("ck_council_statements_due_after_sent")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["county_groups.id"],
            name=op.f("fk_council_statements_group_id_county_groups"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["council_meetings.id"],
            name=op.f("fk_council_statements_meeting_id_council_meetings"),
        ),
        sa.ForeignKeyConstraint(
            ["term_id"],
            ["council_terms.id"],
            name=op.f("fk_council_statements_term_id_council_terms"),
        ),
        sa.ForeignKeyConstraint(
            ["written_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_council_statements_written_by_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_statements")),
        sa.UniqueConstraint("public_id", name=op.f("uq_council_statements_public_id")),
    )
    with op.batch_alter_table("council_statements", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_council_statements_group_id"), ["group_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_council_statements_meeting_id"), ["meeting_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_council_statements_sent_on"), ["sent_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_council_statements_term_id"), ["term_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_council_statements_written_by_account_id"),
            ["written_by_account_id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("council_statements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_statements_written_by_account_id"))
        batch_op.drop_index(batch_op.f("ix_council_statements_term_id"))
        batch_op.drop_index(batch_op.f("ix_council_statements_sent_on"))
        batch_op.drop_index(batch_op.f("ix_council_statements_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_council_statements_group_id"))

    op.drop_table("council_statements")
    with op.batch_alter_table("council_decisions", schema=None) as batch_op:
        batch_op.drop_index("ix_council_decisions_done_on_due_on")

    op.drop_table("council_decisions")
    op.drop_table("council_agenda_items")
    with op.batch_alter_table("council_meetings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_meetings_term_id"))

    op.drop_table("council_meetings")
    with op.batch_alter_table("representations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_representations_seat_id"))
        batch_op.drop_index(batch_op.f("ix_representations_member_id"))
        batch_op.drop_index("ix_representations_group_id_to_on")

    op.drop_table("representations")
    with op.batch_alter_table("council_seat_pasts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_seat_pasts_seat_id"))
        batch_op.drop_index(batch_op.f("ix_council_seat_pasts_member_id"))

    op.drop_table("council_seat_pasts")
    with op.batch_alter_table("council_seats", schema=None) as batch_op:
        batch_op.drop_index("ix_council_seats_member_id")

    op.drop_table("council_seats")
    with op.batch_alter_table("council_terms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_council_terms_group_id"))
        batch_op.drop_index(batch_op.f("ix_council_terms_ends_on"))

    op.drop_table("council_terms")
