"""One draw under way for each owner and purpose; nobody nominated twice for the same thing."""

import sqlalchemy as sa
from alembic import op

revision = "0027_asked_once"
down_revision = "0026_import_mails"

UNDER_WAY = sa.text("state IN ('preparing','agreed','published','seeded')")


def upgrade() -> None:
    op.create_index(
        "uq_draws_under_way",
        "draws",
        ["owner_kind", "owner_id", "purpose"],
        unique=True,
        sqlite_where=UNDER_WAY,
        postgresql_where=UNDER_WAY,
    )
    with op.batch_alter_table("nominations") as batch_op:
        batch_op.create_unique_constraint(
            op.f("uq_nominations_ask_id_email_index"), ["ask_id", "email_index"]
        )


def downgrade() -> None:
    with op.batch_alter_table("nominations") as batch_op:
        batch_op.drop_constraint(op.f("uq_nominations_ask_id_email_index"), type_="unique")
    op.drop_index("uq_draws_under_way", "draws")
