"""An import remembers how far its mails have come."""

import sqlalchemy as sa
from alembic import op

revision = "0026_import_mails"
down_revision = "0025_user_organisations"


def upgrade() -> None:
    op.add_column(
        "bank_imports",
        sa.Column("mailed_up_to_id", sa.Integer(), nullable=False, server_default="0"),
    )


def downgrade() -> None:
    with op.batch_alter_table("bank_imports") as batch_op:
        batch_op.drop_column("mailed_up_to_id")
