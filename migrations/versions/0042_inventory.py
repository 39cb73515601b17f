"""Surveys that others hold, and lists of them on their way in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0042_inventory"
down_revision = "0041_call_requests"


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "inventory_surveys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("targets", json, nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("how_often", sa.String(length=20), nullable=False),
        sa.Column("last_year", sa.Integer(), nullable=True),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("questions", json, nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_account_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_inventory_surveys_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id"], ["areas.id"], name=op.f("fk_inventory_surveys_area_id_areas")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_inventory_surveys_created_by_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_surveys")),
        sa.UniqueConstraint("public_id", name=op.f("uq_inventory_surveys_public_id")),
    )
    for column in ("organisation_id", "area_id", "created_by_account_id"):
        op.create_index(op.f(f"ix_inventory_surveys_{column}"), "inventory_surveys", [column])
    op.create_table(
        "inventory_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("drafts", json, nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("problems", json, nullable=False),
        sa.Column("created_by_account_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_inventory_imports_created_by_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_imports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_inventory_imports_public_id")),
    )
    op.create_index(
        op.f("ix_inventory_imports_created_by_account_id"),
        "inventory_imports",
        ["created_by_account_id"],
    )


def downgrade() -> None:
    op.drop_table("inventory_imports")
    op.drop_table("inventory_surveys")
