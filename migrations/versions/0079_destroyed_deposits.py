"""Interviews that still waited when their audit ended go with its key; no unreadable bytes stay."""

import sqlalchemy as sa
from alembic import op

revision = "0079_destroyed_deposits"
down_revision = "0078_audit_facts"

BEFORE = "'opened','late','unreadable','forgotten'"
AFTER = f"{BEFORE},'destroyed'"
NAME = "ck_audit_field_deposits_state_known"


def upgrade() -> None:
    _allow(AFTER)
    op.execute(
        sa.text(
            "UPDATE audit_field_deposits SET sealed = :nothing, state = 'destroyed'"
            " WHERE state IN ('late', 'unreadable') AND audit_id IN"
            " (SELECT audit_id FROM audit_field_keys WHERE private_key IS NULL)"
        ).bindparams(nothing=b"")
    )


def downgrade() -> None:
    op.execute("UPDATE audit_field_deposits SET state = 'forgotten' WHERE state = 'destroyed'")
    _allow(BEFORE)


def _allow(states: str) -> None:
    with op.batch_alter_table("audit_field_deposits") as batch_op:
        batch_op.drop_constraint(op.f(NAME), type_="check")
        batch_op.create_check_constraint(op.f(NAME), f"state IN ({states})")
