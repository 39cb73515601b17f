"""The county's own questions in the library."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0043_shared_questions"
down_revision = "0042_inventory"


def upgrade() -> None:
    op.create_table(
        "shared_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("area", sa.String(20), nullable=False),
        sa.Column(
            "content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("licence", sa.String(60), nullable=False),
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_questions")),
        sa.UniqueConstraint("key", name=op.f("uq_shared_questions_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_shared_questions_public_id")),
    )


def downgrade() -> None:
    op.drop_table("shared_questions")
