"""Requests in full with their history and deadlines; adoptions and contact persons' areas."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016_requests_and_adoption"
down_revision = "0015_stored_files"

STATES_BEFORE = "state IN ('draft','submitted','accepted','declined','closed')"
STATES = (
    "state IN ('draft','submitted','incomplete','accepted','declined','planned',"
    "'closed','withdrawn')"
)
COMPLETE = (
    "state IN ('draft','withdrawn') OR (people_count IS NOT NULL AND "
    "wanted_from IS NOT NULL AND kind <> '')"
)
HAS_DUE_DAY = "state <> 'submitted' OR answer_due_on IS NOT NULL"
STATE_KNOWN = "ck_participation_requests_state_known"
COMPLETE_WHEN_SENT = "ck_participation_requests_complete_when_sent"
SUBMITTED_HAS_DUE_DAY = "ck_participation_requests_submitted_has_due_day"
HANDLED_BY = "fk_participation_requests_handled_by_account_id_accounts"
TEXTS = ("purpose", "experience_text", "compensation_text", "use_text")
LINES = {"place": 300, "time_text": 300, "paid_by": 200}
LISTS = ("wanted_roles", "wanted_ways")
MOMENTS = ("reminded_at", "asker_read_at", "coordinator_read_at")
DAYS = ("answer_by", "answer_due_on", "completion_due_on")
ANSWER_WITHIN = timedelta(days=7)

requests = sa.table(
    "participation_requests",
    sa.column("id", sa.Integer()),
    sa.column("state", sa.String()),
    sa.column("submitted_at", sa.DateTime(timezone=True)),
    sa.column("created_at", sa.DateTime(timezone=True)),
    sa.column("people_count", sa.Integer()),
    sa.column("wanted_from", sa.Date()),
    sa.column("answer_due_on", sa.Date()),
)


def upgrade() -> None:
    _new_tables()
    with op.batch_alter_table("participation_requests") as batch:
        for name in TEXTS:
            batch.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        for name, length in LINES.items():
            batch.add_column(sa.Column(name, sa.String(length), nullable=False, server_default=""))
        json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
        for name in LISTS:
            batch.add_column(sa.Column(name, json, nullable=False, server_default="[]"))
        for name in MOMENTS:
            batch.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        for name in DAYS:
            batch.add_column(sa.Column(name, sa.Date(), nullable=True))
        batch.add_column(sa.Column("contact_text", sa.Text(), nullable=True))
        batch.add_column(sa.Column("handled_by_account_id", sa.Integer(), nullable=True))
        batch.alter_column("people_count", existing_type=sa.Integer(), nullable=True)
        batch.alter_column("wanted_from", existing_type=sa.Date(), nullable=True)
    _give_due_days()
    with op.batch_alter_table("participation_requests") as batch:
        batch.drop_constraint(op.f(STATE_KNOWN), type_="check")
        batch.create_check_constraint(op.f(STATE_KNOWN), STATES)
        batch.create_check_constraint(op.f(COMPLETE_WHEN_SENT), COMPLETE)
        batch.create_check_constraint(op.f(SUBMITTED_HAS_DUE_DAY), HAS_DUE_DAY)
        batch.create_foreign_key(op.f(HANDLED_BY), "accounts", ["handled_by_account_id"], ["id"])
        batch.create_index(
            op.f("ix_participation_requests_handled_by_account_id"), ["handled_by_account_id"]
        )


def _new_tables() -> None:
    op.create_table(
        "adoptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("since_precision", sa.String(length=5), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("diary_number", sa.String(length=60), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("ended_because", sa.String(length=500), nullable=False),
        sa.Column("layer", sa.String(length=64), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "since_precision IN ('year','month','day')", name=op.f("ck_adoptions_precision_known")
        ),
        sa.CheckConstraint(
            "until IS NULL OR until >= since", name=op.f("ck_adoptions_ends_after_it_began")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_adoptions_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoptions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_adoptions_public_id")),
    )
    op.create_index(op.f("ix_adoptions_organisation_id"), "adoptions", ["organisation_id"])
    op.create_table(
        "contact_areas",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_contact_areas_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["area_id"], ["areas.id"], name=op.f("fk_contact_areas_area_id_areas")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_contact_areas_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint(
            "account_id", "organisation_id", "area_id", name=op.f("pk_contact_areas")
        ),
    )
    op.create_index(op.f("ix_contact_areas_area_id"), "contact_areas", ["area_id"])
    op.create_index(op.f("ix_contact_areas_organisation_id"), "contact_areas", ["organisation_id"])
    op.create_table(
        "request_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("by_account_id", sa.Integer(), nullable=True),
        sa.Column("is_by_coordinator", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_account_id"], ["accounts.id"], name=op.f("fk_request_steps_by_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["participation_requests.id"],
            name=op.f("fk_request_steps_request_id_participation_requests"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_steps")),
    )
    op.create_index(op.f("ix_request_steps_by_account_id"), "request_steps", ["by_account_id"])
    op.create_index(op.f("ix_request_steps_request_id"), "request_steps", ["request_id"])


def _give_due_days() -> None:
    """Requests that wait for an answer have waited since the day they were sent."""
    connection = op.get_bind()
    waiting = connection.execute(
        sa.select(requests.c.id, requests.c.submitted_at, requests.c.created_at).where(
            requests.c.state == "submitted"
        )
    ).all()
    for row in waiting:
        due_on = ((row.submitted_at or row.created_at) + ANSWER_WITHIN).date()
        connection.execute(
            sa.update(requests).where(requests.c.id == row.id).values(answer_due_on=due_on)
        )


def downgrade() -> None:
    connection = op.get_bind()
    for state, before in (("incomplete", "submitted"), ("planned", "accepted")):
        connection.execute(
            sa.update(requests).where(requests.c.state == state).values(state=before)
        )
    connection.execute(
        sa.update(requests).where(requests.c.people_count.is_(None)).values(people_count=1)
    )
    first_day = (
        sa.cast(requests.c.created_at, sa.Date())
        if connection.dialect.name == "postgresql"
        else sa.func.date(requests.c.created_at)
    )
    connection.execute(
        sa.update(requests).where(requests.c.wanted_from.is_(None)).values(wanted_from=first_day)
    )
    with op.batch_alter_table("participation_requests") as batch:
        batch.drop_index(op.f("ix_participation_requests_handled_by_account_id"))
        batch.drop_constraint(op.f(HANDLED_BY), type_="foreignkey")
        for name in (STATE_KNOWN, COMPLETE_WHEN_SENT, SUBMITTED_HAS_DUE_DAY):
            batch.drop_constraint(op.f(name), type_="check")
    connection.execute(
        sa.update(requests).where(requests.c.state == "withdrawn").values(state="closed")
    )
    with op.batch_alter_table("participation_requests") as batch:
        batch.create_check_constraint(op.f(STATE_KNOWN), STATES_BEFORE)
        batch.alter_column("people_count", existing_type=sa.Integer(), nullable=False)
        batch.alter_column("wanted_from", existing_type=sa.Date(), nullable=False)
        for name in (*TEXTS, *LINES, *LISTS, *MOMENTS, *DAYS, "contact_text"):
            batch.drop_column(name)
        batch.drop_column("handled_by_account_id")
    for table in ("request_steps", "contact_areas", "adoptions"):
        op.drop_table(table)
