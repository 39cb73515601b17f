"""Who was told what came of it, each once; an answer can be taken back; a meeting to answer at."""

import sqlalchemy as sa
from alembic import op

revision = "0087_told"
down_revision = "0086_search_vector"

KINDS = ("owed", "answered", "status", "moved", "reminded", "called_off")
NEW = "taken_back"

updates = sa.table("commitment_updates", sa.column("kind"))


def upgrade() -> None:
    op.create_table(
        "feedback_told",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(40), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitments.id"],
            name=op.f("fk_feedback_told_commitment_id_commitments"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_feedback_told_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint(
            "commitment_id", "event", "account_id", name=op.f("pk_feedback_told")
        ),
    )
    op.create_index(op.f("ix_feedback_told_account_id"), "feedback_told", ["account_id"])
    with op.batch_alter_table("commitments") as batch_op:
        batch_op.add_column(sa.Column("meeting_on", sa.Date()))
    _know((*KINDS, NEW))


def downgrade() -> None:
    op.execute(sa.delete(updates).where(updates.c.kind == NEW))
    _know(KINDS)
    with op.batch_alter_table("commitments") as batch_op:
        batch_op.drop_column("meeting_on")
    op.drop_table("feedback_told")


def _know(kinds: tuple[str, ...]) -> None:
    listed = ",".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("commitment_updates") as batch_op:
        batch_op.drop_constraint(op.f("ck_commitment_updates_kind"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_commitment_updates_kind"), f"kind IN ({listed})"
        )
