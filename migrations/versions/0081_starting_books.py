"""Codebooks to begin from that an installation loads itself."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0081_starting_books"
down_revision = "0080_read_at_source"


def upgrade() -> None:
    op.create_table(
        "starting_codebooks",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column(
            "content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_starting_codebooks")),
    )


def downgrade() -> None:
    op.drop_table("starting_codebooks")
