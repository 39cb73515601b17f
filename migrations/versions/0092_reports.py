"""Reports: what was chosen, what is shown, and the files made of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0092_reports"
down_revision = "0091_newsletter"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LINKS = {
    "group_id": "county_groups",
    "municipality_id": "municipalities",
    "unit_id": "units",
    "published_by_account_id": "accounts",
}
ONE_READER = " + ".join(
    f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END"
    for name in ("group_id", "municipality_id", "unit_id")
)


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        *(sa.Column(name, sa.Integer()) for name in LINKS),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("introduction", sa.Text(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("parts", JSON, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("snapshot", JSON, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("made_on", sa.Date()),
        sa.Column("cut_on", sa.Date()),
        sa.Column("job_public_id", sa.String(12)),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft','building','ready')", name=op.f("ck_reports_state_known")
        ),
        sa.CheckConstraint(f"({ONE_READER}) = 1", name=op.f("ck_reports_exactly_one_reader")),
        sa.CheckConstraint(
            "period_to >= period_from", name=op.f("ck_reports_period_goes_forward")
        ),
        sa.CheckConstraint(
            "NOT is_public OR state = 'ready'", name=op.f("ck_reports_public_is_ready")
        ),
        *(
            sa.ForeignKeyConstraint(
                [name], [f"{table}.id"], name=op.f(f"fk_reports_{name}_{table}")
            )
            for name, table in LINKS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_reports_public_id")),
    )
    for name in LINKS:
        op.create_index(op.f(f"ix_reports_{name}"), "reports", [name])
    op.create_table(
        "report_files",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name=op.f("fk_report_files_report_id_reports")
        ),
        sa.PrimaryKeyConstraint("report_id", "name", name=op.f("pk_report_files")),
    )


def downgrade() -> None:
    op.drop_table("report_files")
    op.drop_table("reports")
