"""What those who publish saw before publishing is remembered: it counts beside later releases."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0053_release_previews"
down_revision = "0052_who_changed_a_draft"


def upgrade() -> None:
    op.create_table(
        "release_previews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_kind", sa.String(length=20), nullable=False),
        sa.Column("source_public_id", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column(
            "payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("is_binding", sa.Boolean(), nullable=False),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_account_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_previews")),
        sa.UniqueConstraint("public_id", name=op.f("uq_release_previews_public_id")),
    )
    op.create_index(
        "ix_release_previews_source", "release_previews", ["source_kind", "source_public_id", "id"]
    )


def downgrade() -> None:
    op.drop_table("release_previews")
