"""Forms from other programs wait for a yes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0033_questionnaire_imports"
down_revision = "0032_open_links"


def upgrade() -> None:
    op.create_table(
        "questionnaire_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column(
            "content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True
        ),
        sa.Column(
            "findings", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_imports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_questionnaire_imports_public_id")),
    )


def downgrade() -> None:
    op.drop_table("questionnaire_imports")
