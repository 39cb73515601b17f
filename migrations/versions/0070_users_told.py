"""A unit says that those who use it are told of an audit."""

import sqlalchemy as sa
from alembic import op

revision = "0070_users_told"
down_revision = "0069_verdicts"


def upgrade() -> None:
    with op.batch_alter_table("audits") as batch_op:
        batch_op.add_column(sa.Column("users_told_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("audits") as batch_op:
        batch_op.drop_column("users_told_on")
