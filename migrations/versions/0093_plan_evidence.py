"""What a line of a plan rests on beside findings: statements, audits, series, indicators."""

import sqlalchemy as sa
from alembic import op

revision = "0093_plan_evidence"
down_revision = "0092_reports"

TARGETS = {
    "statement": "council_statements",
    "audit": "audits",
    "series": "survey_series",
    "indicator": "indicators",
}
ONE_TARGET = " AND ".join(f"(kind = '{kind}') = ({kind}_id IS NOT NULL)" for kind in TARGETS)


def upgrade() -> None:
    op.create_table(
        "plan_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("node_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        *(sa.Column(f"{kind}_id", sa.Integer()) for kind in TARGETS),
        sa.Column("account_id", sa.Integer()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('statement','audit','series','indicator')",
            name=op.f("ck_plan_evidence_kind_known"),
        ),
        sa.CheckConstraint(ONE_TARGET, name=op.f("ck_plan_evidence_one_target_of_its_kind")),
        _key("node_id", "plan_nodes"),
        *(_key(f"{kind}_id", table) for kind, table in TARGETS.items()),
        _key("account_id", "accounts"),
        *(
            sa.UniqueConstraint(
                "node_id", f"{kind}_id", name=op.f(f"uq_plan_evidence_node_id_{kind}_id")
            )
            for kind in TARGETS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_evidence")),
    )


def downgrade() -> None:
    op.drop_table("plan_evidence")


def _key(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{table}.id"], name=op.f(f"fk_plan_evidence_{column}_{table}")
    )
