"""Successors are drawn with keys that were sealed before the draw."""

import sqlalchemy as sa
from alembic import op

revision = "0038_successor_keys"
down_revision = "0037_fhir_answers"


def upgrade() -> None:
    with op.batch_alter_table("draws") as batch:
        batch.add_column(sa.Column("successor_secret", sa.Text(), nullable=True))
        batch.add_column(sa.Column("successor_seal", sa.String(64), nullable=True))
        batch.add_column(sa.Column("successors_sealed_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("draw_replacements") as batch:
        batch.add_column(sa.Column("key_place", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("seed", sa.Text(), nullable=True))
        batch.add_column(sa.Column("published_file", sa.Text(), nullable=True))
        batch.create_unique_constraint(
            op.f("uq_draw_replacements_draw_id_key_place"), ["draw_id", "key_place"]
        )


def downgrade() -> None:
    with op.batch_alter_table("draw_replacements") as batch:
        batch.drop_constraint(op.f("uq_draw_replacements_draw_id_key_place"), type_="unique")
        batch.drop_column("published_file")
        batch.drop_column("seed")
        batch.drop_column("key_place")
    with op.batch_alter_table("draws") as batch:
        batch.drop_column("successors_sealed_at")
        batch.drop_column("successor_seal")
        batch.drop_column("successor_secret")
