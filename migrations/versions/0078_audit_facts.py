"""After a report is handed over the unit says which facts are wrong, and the auditors answer."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0078_audit_facts"
down_revision = "0077_draw_practice"

BEFORE = ("information", "interviews_from", "interviews_to", "report", "feedback", "follow_up")
MILESTONES = (*BEFORE, "facts")
TWO_WEEKS = timedelta(days=14)  # ten working days, for reports that lie with a unit already

steps = sa.table(
    "audit_steps", sa.column("audit_id"), sa.column("state"), sa.column("taken_on", sa.Date())
)
audits = sa.table(
    "audits", sa.column("id"), sa.column("state"), sa.column("facts_until", sa.Date())
)


def upgrade() -> None:
    _know(MILESTONES)
    with op.batch_alter_table("audits") as batch_op:
        batch_op.add_column(sa.Column("facts_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("facts_read_on", sa.Date(), nullable=True))
    reported = sa.select(steps.c.audit_id, steps.c.taken_on).where(steps.c.state == "reported")
    for audit_id, taken_on in op.get_bind().execute(reported).all():
        op.execute(
            sa.update(audits)
            .where(audits.c.id == audit_id, audits.c.state == "reported")
            .values(facts_until=taken_on + TWO_WEEKS)
        )
    op.create_table(
        "audit_fact_remarks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_account_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=12), nullable=True),
        sa.Column("answer_text", sa.Text(), nullable=True),
        sa.Column("earlier_words", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)",
            name=op.f("ck_audit_fact_remarks_answer_has_time"),
        ),
        sa.CheckConstraint(
            "answer IN ('corrected','stays')", name=op.f("ck_audit_fact_remarks_answer_known")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_audit_fact_remarks_answered_by_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["audit_id"], ["audits.id"], name=op.f("fk_audit_fact_remarks_audit_id_audits")
        ),
        sa.ForeignKeyConstraint(
            ["by_account_id"],
            ["accounts.id"],
            name=op.f("fk_audit_fact_remarks_by_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["point_id"],
            ["audit_points.id"],
            name=op.f("fk_audit_fact_remarks_point_id_audit_points"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_fact_remarks")),
        sa.UniqueConstraint(
            "audit_id", "point_id", name=op.f("uq_audit_fact_remarks_audit_id_point_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_audit_fact_remarks_public_id")),
    )
    with op.batch_alter_table("audit_fact_remarks") as batch_op:
        for column in ("answered_by_account_id", "by_account_id", "point_id"):
            batch_op.create_index(batch_op.f(f"ix_audit_fact_remarks_{column}"), [column])
        batch_op.create_index(
            "uq_audit_fact_remarks_report",
            ["audit_id"],
            unique=True,
            sqlite_where=sa.text("point_id IS NULL"),
            postgresql_where=sa.text("point_id IS NULL"),
        )


def downgrade() -> None:
    op.drop_table("audit_fact_remarks")
    with op.batch_alter_table("audits") as batch_op:
        batch_op.drop_column("facts_read_on")
        batch_op.drop_column("facts_until")
    op.execute("DELETE FROM audit_milestones WHERE milestone = 'facts'")
    _know(BEFORE)


def _know(milestones: tuple[str, ...]) -> None:
    known = ",".join(f"'{one}'" for one in milestones)
    with op.batch_alter_table("audit_milestones") as batch_op:
        batch_op.drop_constraint(op.f("ck_audit_milestones_milestone_known"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_audit_milestones_milestone_known"), f"milestone IN ({known})"
        )
