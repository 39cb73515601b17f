"""A question is taken back before it is answered, because what it was about is withdrawn."""

import sqlalchemy as sa
from alembic import op

revision = "0084_called_off"
down_revision = "0083_own_observations"

STATUSES = ("open", "in_progress", "done", "declined")
KINDS = ("owed", "answered", "status", "moved", "reminded")
NEW = "called_off"

commitments = sa.table("commitments", sa.column("status"))
updates = sa.table("commitment_updates", sa.column("kind"), sa.column("status"))


def upgrade() -> None:
    _know((*STATUSES, NEW), (*KINDS, NEW))


def downgrade() -> None:
    op.execute(sa.update(commitments).where(commitments.c.status == NEW).values(status="open"))
    op.execute(sa.delete(updates).where(updates.c.kind == NEW))
    _know(STATUSES, KINDS)


def _know(statuses: tuple[str, ...], kinds: tuple[str, ...]) -> None:
    with op.batch_alter_table("commitments") as batch_op:
        batch_op.drop_constraint(op.f("ck_commitments_status_known"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_commitments_status_known"), f"status IN ({_listed(statuses)})"
        )
    with op.batch_alter_table("commitment_updates") as batch_op:
        batch_op.drop_constraint(op.f("ck_commitment_updates_kind"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_commitment_updates_kind"), f"kind IN ({_listed(kinds)})"
        )


def _listed(words: tuple[str, ...]) -> str:
    return ",".join(f"'{word}'" for word in words)
