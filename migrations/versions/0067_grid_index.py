"""The grid finds its texts without reading their words."""

from alembic import op

revision = "0067_grid_index"
down_revision = "0066_field_interviews"

NAME = "ix_material_texts_grid"
COLUMNS = [
    "material_id",
    "reviewed_at",
    "number",
    "respondent_role",
    "municipality_code",
    "area_id",
    "unit_id",
]


def upgrade() -> None:
    op.create_index(NAME, "material_texts", COLUMNS)


def downgrade() -> None:
    op.drop_index(NAME, table_name="material_texts")
