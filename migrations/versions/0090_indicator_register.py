"""Indicators with a full definition, values with their history, and files taken in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0090_indicator_register"
down_revision = "0089_easy_findings"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

indicators = sa.table(
    "indicators", sa.column("better", sa.String()), sa.column("is_current", sa.Boolean())
)
measurements = sa.table(
    "measurements",
    sa.column("id", sa.Integer()),
    sa.column("layer", sa.String()),
    sa.column("is_withheld", sa.Boolean()),
)

def _definition() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("source_url", sa.String(length=500), nullable=True),
        sa.Column("outside_code", sa.String(length=40), nullable=True),
        sa.Column("numerator", sa.String(length=500), nullable=True),
        sa.Column("denominator", sa.String(length=500), nullable=True),
        sa.Column("caveats", sa.String(length=2000), nullable=True),
        sa.Column("level", sa.String(length=12), nullable=False, server_default="county"),
        sa.Column("target_value", sa.Double(), nullable=True),
        sa.Column("target_kind", sa.String(length=8), nullable=True),
        sa.Column("target_by", sa.String(length=10), nullable=True),
        sa.Column("decimals", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("counts_people", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("retired_because", sa.String(length=500), nullable=True),
    )


def upgrade() -> None:
    with op.batch_alter_table("indicators") as batch_op:
        for column in _definition():
            batch_op.add_column(column)
        batch_op.create_unique_constraint(
            batch_op.f("uq_indicators_outside_code"), ["outside_code"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_indicators_direction_known"), "better IN ('higher','lower','none')"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_indicators_target_kind_known"),
            "target_kind IN ('at_least','at_most')",
        )
    with op.batch_alter_table("indicators") as batch_op:
        for name in ("level", "decimals", "counts_people"):
            batch_op.alter_column(name, server_default=None)
    _imports()
    with op.batch_alter_table("measurements") as batch_op:
        batch_op.add_column(
            sa.Column("is_withheld", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("import_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_measurements_import_id_indicator_imports"),
            "indicator_imports",
            ["import_id"],
            ["id"],
        )
        batch_op.create_index(batch_op.f("ix_measurements_import_id"), ["import_id"], unique=False)
    _areas()
    _revisions()


def _imports() -> None:
    op.create_table(
        "indicator_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_by_account_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=True),
        sa.Column("perspective_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("headings", JSON, nullable=False),
        sa.Column("columns", JSON, nullable=False),
        sa.Column("report", sa.Text(), nullable=True),
        *(
            sa.Column(f"{name}_count", sa.Integer(), nullable=False)
            for name in ("row", "new", "changed", "same", "rejected", "ignored", "defined")
        ),
        sa.Column("job_public_id", sa.String(length=12), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_account_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('uploaded','checked','unreadable','running','done','undone','dropped')",
            name=op.f("ck_indicator_imports_state_known"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{table}.id"],
                name=op.f(f"fk_indicator_imports_{column}_{table}"),
            )
            for column, table in (
                ("created_by_account_id", "accounts"),
                ("undone_by_account_id", "accounts"),
                ("indicator_id", "indicators"),
                ("perspective_id", "perspectives"),
                ("group_id", "county_groups"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_imports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_indicator_imports_public_id")),
    )
    with op.batch_alter_table("indicator_imports") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_indicator_imports_created_by_account_id"),
            ["created_by_account_id"],
            unique=False,
        )


def _areas() -> None:
    op.create_table(
        "indicator_areas",
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["areas.id"], name=op.f("fk_indicator_areas_area_id_areas")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"],
            ["indicators.id"],
            name=op.f("fk_indicator_areas_indicator_id_indicators"),
        ),
        sa.PrimaryKeyConstraint("indicator_id", "area_id", name=op.f("pk_indicator_areas")),
    )
    with op.batch_alter_table("indicator_areas") as batch_op:
        batch_op.create_index(batch_op.f("ix_indicator_areas_area_id"), ["area_id"], unique=False)


def _revisions() -> None:
    op.create_table(
        "measurement_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measurement_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("is_undoing", sa.Boolean(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("count_behind", sa.Integer(), nullable=True),
        sa.Column("is_preliminary", sa.Boolean(), nullable=False),
        sa.Column("has_break_before", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("is_withheld", sa.Boolean(), nullable=False),
        sa.Column("earlier_import_id", sa.Integer(), nullable=True),
        sa.Column("earlier_layer", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["indicator_imports.id"],
            name=op.f("fk_measurement_revisions_import_id_indicator_imports"),
        ),
        sa.ForeignKeyConstraint(
            ["measurement_id"],
            ["measurements.id"],
            name=op.f("fk_measurement_revisions_measurement_id_measurements"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurement_revisions")),
    )
    with op.batch_alter_table("measurement_revisions") as batch_op:
        for column in ("import_id", "measurement_id"):
            batch_op.create_index(
                batch_op.f(f"ix_measurement_revisions_{column}"), [column], unique=False
            )


def downgrade() -> None:
    """What may not be shown goes, since nothing marks it any more; the history goes too."""
    op.drop_table("measurement_revisions")
    op.drop_table("indicator_areas")
    op.execute(sa.delete(measurements).where(measurements.c.is_withheld))
    with op.batch_alter_table("measurements") as batch_op:
        batch_op.drop_index(batch_op.f("ix_measurements_import_id"))
        batch_op.drop_constraint(
            batch_op.f("fk_measurements_import_id_indicator_imports"), type_="foreignkey"
        )
        batch_op.drop_column("import_id")
        batch_op.drop_column("is_withheld")
    op.drop_table("indicator_imports")
    op.execute(
        sa.update(indicators).where(indicators.c.better == "none").values(better="higher")
    )
    with op.batch_alter_table("indicators") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_indicators_target_kind_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_indicators_direction_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("uq_indicators_outside_code"), type_="unique")
        for column in _definition():
            batch_op.drop_column(column.name)
