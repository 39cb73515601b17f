"""Offers of seats, renewal, agenda points with papers, adjusters, statements agreed and followed up."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0022_council_complete"
down_revision = "0021_bank_coordinators"

VACANT_KINDS = "vacant_kind IN ('own_wish','died','left_bank','moved_up','other')"


def upgrade() -> None:
    with op.batch_alter_table("council_terms") as batch_op:
        batch_op.add_column(
            sa.Column("renewal", sa.String(length=8), nullable=False, server_default="whole")
        )
        batch_op.create_check_constraint(
            op.f("ck_council_terms_renewal_known"), "renewal IN ('whole','half')"
        )
    _grow_seats()
    _create_offers()
    _grow_meetings()
    _grow_agenda()
    _grow_decisions()
    _grow_statements()


def _grow_seats() -> None:
    with op.batch_alter_table("council_seats") as batch_op:
        batch_op.add_column(sa.Column("vacant_kind", sa.String(length=12), nullable=True))
        batch_op.add_column(
            sa.Column("shows_municipality", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.create_check_constraint(op.f("ck_council_seats_vacant_kind_known"), VACANT_KINDS)
    with op.batch_alter_table("council_seat_pasts") as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=12), nullable=True))


def _create_offers() -> None:
    op.create_table(
        "council_seat_offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reply_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked','accepted','declined','lapsed','withdrawn')",
            name=op.f("ck_council_seat_offers_state_known"),
        ),
        sa.CheckConstraint(
            "(state = 'asked') = (closed_at IS NULL)",
            name=op.f("ck_council_seat_offers_closed_has_moment"),
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"],
            ["council_seats.id"],
            name=op.f("fk_council_seat_offers_seat_id_council_seats"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["bank_members.id"],
            name=op.f("fk_council_seat_offers_member_id_bank_members"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_seat_offers")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_council_seat_offers_token_hash")),
        sa.UniqueConstraint("public_id", name=op.f("uq_council_seat_offers_public_id")),
    )
    op.create_index(op.f("ix_council_seat_offers_member_id"), "council_seat_offers", ["member_id"])
    op.create_index(
        "ix_council_seat_offers_seat_id_state", "council_seat_offers", ["seat_id", "state"]
    )
    op.create_index(
        "ix_council_seat_offers_state_reply_by", "council_seat_offers", ["state", "reply_by"]
    )


def _grow_meetings() -> None:
    with op.batch_alter_table("council_meetings") as batch_op:
        batch_op.add_column(sa.Column("agenda_sent_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("published_on", sa.Date(), nullable=True))
        batch_op.create_check_constraint(
            op.f("ck_council_meetings_published_is_approved"),
            "published_on IS NULL OR approved_on IS NOT NULL",
        )
    op.create_table(
        "council_adjusters",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["council_meetings.id"],
            name=op.f("fk_council_adjusters_meeting_id_council_meetings"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["bank_members.id"],
            name=op.f("fk_council_adjusters_member_id_bank_members"),
        ),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", name=op.f("pk_council_adjusters")),
    )
    op.create_index(op.f("ix_council_adjusters_member_id"), "council_adjusters", ["member_id"])


def _grow_agenda() -> None:
    with op.batch_alter_table("council_agenda_items") as batch_op:
        batch_op.add_column(sa.Column("public_id", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("planned_minutes", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("owner", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("record", sa.Text(), nullable=False, server_default=""))
    _name_points()
    with op.batch_alter_table("council_agenda_items") as batch_op:
        batch_op.alter_column("public_id", existing_type=sa.String(length=12), nullable=False)
        batch_op.create_unique_constraint(op.f("uq_council_agenda_items_public_id"), ["public_id"])
        batch_op.create_check_constraint(
            op.f("ck_council_agenda_items_planned_minutes_positive"), "planned_minutes > 0"
        )


def _name_points() -> None:
    """Each point gets a public id, and stands where its number says."""
    points = sa.table(
        "council_agenda_items",
        sa.column("meeting_id", sa.Integer),
        sa.column("number", sa.Integer),
        sa.column("position", sa.Integer),
        sa.column("public_id", sa.String),
    )
    connection = op.get_bind()
    for meeting_id, number in connection.execute(
        sa.select(points.c.meeting_id, points.c.number)
    ).all():
        connection.execute(
            points.update()
            .where(points.c.meeting_id == meeting_id, points.c.number == number)
            .values(position=number, public_id=secrets.token_hex(6))
        )


def _grow_decisions() -> None:
    with op.batch_alter_table("council_decisions") as batch_op:
        batch_op.add_column(sa.Column("agenda_number", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("owner_member_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            "fk_council_decisions_agenda_item",
            "council_agenda_items",
            ["meeting_id", "agenda_number"],
            ["meeting_id", "number"],
        )
        batch_op.create_foreign_key(
            op.f("fk_council_decisions_owner_member_id_bank_members"),
            "bank_members",
            ["owner_member_id"],
            ["id"],
        )
        batch_op.create_index(op.f("ix_council_decisions_owner_member_id"), ["owner_member_id"])


def _grow_statements() -> None:
    with op.batch_alter_table("council_statements") as batch_op:
        batch_op.add_column(sa.Column("agreed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("followed_up_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("follow_up_text", sa.Text(), nullable=False, server_default="")
        )
    op.execute("UPDATE council_statements SET agreed_on = sent_on WHERE sent_on IS NOT NULL")
    with op.batch_alter_table("council_statements") as batch_op:
        batch_op.create_check_constraint(
            op.f("ck_council_statements_sent_is_agreed"), "sent_on IS NULL OR agreed_on IS NOT NULL"
        )
        batch_op.create_check_constraint(
            op.f("ck_council_statements_followed_up_is_sent"),
            "followed_up_on IS NULL OR sent_on IS NOT NULL",
        )


def downgrade() -> None:
    with op.batch_alter_table("council_statements") as batch_op:
        batch_op.drop_constraint(op.f("ck_council_statements_followed_up_is_sent"), type_="check")
        batch_op.drop_constraint(op.f("ck_council_statements_sent_is_agreed"), type_="check")
        for column in ("follow_up_text", "followed_up_on", "agreed_on"):
            batch_op.drop_column(column)
    with op.batch_alter_table("council_decisions") as batch_op:
        batch_op.drop_index(op.f("ix_council_decisions_owner_member_id"))
        batch_op.drop_constraint(
            op.f("fk_council_decisions_owner_member_id_bank_members"), type_="foreignkey"
        )
        batch_op.drop_constraint("fk_council_decisions_agenda_item", type_="foreignkey")
        batch_op.drop_column("owner_member_id")
        batch_op.drop_column("agenda_number")
    with op.batch_alter_table("council_agenda_items") as batch_op:
        batch_op.drop_constraint(
            op.f("ck_council_agenda_items_planned_minutes_positive"), type_="check"
        )
        batch_op.drop_constraint(op.f("uq_council_agenda_items_public_id"), type_="unique")
        for column in ("record", "owner", "planned_minutes", "position", "public_id"):
            batch_op.drop_column(column)
    op.drop_table("council_adjusters")
    with op.batch_alter_table("council_meetings") as batch_op:
        batch_op.drop_constraint(op.f("ck_council_meetings_published_is_approved"), type_="check")
        batch_op.drop_column("published_on")
        batch_op.drop_column("agenda_sent_on")
    op.drop_table("council_seat_offers")
    with op.batch_alter_table("council_seat_pasts") as batch_op:
        batch_op.drop_column("kind")
    with op.batch_alter_table("council_seats") as batch_op:
        batch_op.drop_constraint(op.f("ck_council_seats_vacant_kind_known"), type_="check")
        batch_op.drop_column("shows_municipality")
        batch_op.drop_column("vacant_kind")
    with op.batch_alter_table("council_terms") as batch_op:
        batch_op.drop_constraint(op.f("ck_council_terms_renewal_known"), type_="check")
        batch_op.drop_column("renewal")
