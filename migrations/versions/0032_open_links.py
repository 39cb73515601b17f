"""Open links of units: posters and shared tablets whose answers can be told apart."""

import sqlalchemy as sa
from alembic import op

revision = "0032_open_links"
down_revision = "0031_random_order"


def upgrade() -> None:
    op.create_table(
        "open_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["survey_rounds.id"], name=op.f("fk_open_links_round_id_survey_rounds")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_open_links_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_links")),
        sa.UniqueConstraint("code", name=op.f("uq_open_links_code")),
        sa.UniqueConstraint(
            "round_id", "unit_id", "kind", name=op.f("uq_open_links_round_id_unit_id_kind")
        ),
    )
    op.create_index(op.f("ix_open_links_round_id"), "open_links", ["round_id"])


def downgrade() -> None:
    op.drop_table("open_links")
