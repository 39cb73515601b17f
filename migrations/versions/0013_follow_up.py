"""The tables of follow up."""

import sqlalchemy as sa
from alembic import op

revision = "0013_follow_up"
down_revision = "0012_results"


def upgrade() -> None:
    op.create_table(
        "action_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("content_state", sa.String(length=12), nullable=False),
        sa.Column("period_from", sa.Integer(), nullable=False),
        sa.Column("period_to", sa.Integer(), nullable=False),
        sa.Column("decided", sa.String(length=10), nullable=True),
        sa.Column("decided_by", sa.String(length=300), nullable=True),
        sa.Column("overall_goal", sa.String(length=2000), nullable=True),
        sa.Column("target_group", sa.String(length=2000), nullable=True),
        sa.Column("responsible", sa.String(length=500), nullable=True),
        sa.Column("carried_out", sa.Text(), nullable=True),
        sa.Column("followed_up", sa.Text(), nullable=True),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["county_groups.id"], name=op.f("fk_action_plans_group_id_county_groups")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_plans")),
        sa.UniqueConstraint("key", name=op.f("uq_action_plans_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_action_plans_public_id")),
    )
    with op.batch_alter_table("action_plans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_plans_group_id"), ["group_id"], unique=False)

    op.create_table(
        "indicators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("perspective_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("description", sa.String(length=2000), nullable=True),
        sa.Column("source", sa.String(length=500), nullable=True),
        sa.Column("better", sa.String(length=6), nullable=False),
        sa.Column("goal", sa.String(length=300), nullable=True),
        sa.Column("period_kind", sa.String(length=12), nullable=False),
        sa.Column("counter_key", sa.String(length=40), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["county_groups.id"], name=op.f("fk_indicators_group_id_county_groups")
        ),
        sa.ForeignKeyConstraint(
            ["perspective_id"],
            ["perspectives.id"],
            name=op.f("fk_indicators_perspective_id_perspectives"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicators")),
        sa.UniqueConstraint("key", name=op.f("uq_indicators_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_indicators_public_id")),
    )
    with op.batch_alter_table("indicators", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicators_group_id"), ["group_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_indicators_perspective_id"), ["perspective_id"], unique=False
        )

    op.create_table(
        "measurements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("municipality_code", sa.String(length=4), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.Column("age_band", sa.String(length=10), nullable=False),
        sa.Column("reference_label", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("count_behind", sa.Integer(), nullable=True),
        sa.Column("is_preliminary", sa.Boolean(), nullable=False),
        sa.Column("has_break_before", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.CheckConstraint("sex IN ('T', 'K', 'M')", name=op.f("ck_measurements_known_sex")),
        sa.ForeignKeyConstraint(
            ["indicator_id"],
            ["indicators.id"],
            name=op.f("fk_measurements_indicator_id_indicators"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurements")),
        sa.UniqueConstraint(
            "indicator_id",
            "period",
            "municipality_code",
            "sex",
            "age_band",
            "reference_label",
            name=op.f(
                "uq_measurements_indicator_id_period_municipality_code_sex_age_band_reference_label"
            ),
        ),
    )
    with op.batch_alter_table("measurements", schema=None) as batch_op:
        batch_op.create_index(
            "ix_measurements_series",
            ["indicator_id", "municipality_code", "sex", "period"],
            unique=False,
        )

    op.create_table(
        "plan_nodes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("time_frame", sa.String(length=500), nullable=True),
        sa.Column("responsible", sa.String(length=500), nullable=True),
        sa.Column("indicator_key", sa.String(length=64), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["plan_nodes.id"], name=op.f("fk_plan_nodes_parent_id_plan_nodes")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["action_plans.id"], name=op.f("fk_plan_nodes_plan_id_action_plans")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_nodes")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_plan_nodes_plan_id_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_plan_nodes_public_id")),
    )
    with op.batch_alter_table("plan_nodes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_nodes_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index("ix_plan_nodes_plan_position", ["plan_id", "position"], unique=False)

    op.create_table(
        "feedbacks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=True),
        sa.Column("voice_text", sa.String(length=1000), nullable=False),
        sa.Column("voice_role", sa.String(length=40), nullable=False),
        sa.Column("voice_where", sa.String(length=300), nullable=False),
        sa.Column("voice_on", sa.Date(), nullable=False),
        sa.Column("check_text", sa.String(length=1000), nullable=False),
        sa.Column("check_on", sa.Date(), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_feedbacks_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_feedbacks_area_id_areas")),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitments.id"],
            name=op.f("fk_feedbacks_commitment_id_commitments"),
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_feedbacks_finding_id_findings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedbacks")),
        sa.UniqueConstraint("commitment_id", name=op.f("uq_feedbacks_commitment_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_feedbacks_public_id")),
    )
    with op.batch_alter_table("feedbacks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feedbacks_area_id"), ["area_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_feedbacks_finding_id"), ["finding_id"], unique=False)
        batch_op.create_index("ix_feedbacks_public", ["is_public", "voice_on", "id"], unique=False)

    op.create_table(
        "finding_plan_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("node_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_finding_plan_links_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_finding_plan_links_finding_id_findings")
        ),
        sa.ForeignKeyConstraint(
            ["node_id"], ["plan_nodes.id"], name=op.f("fk_finding_plan_links_node_id_plan_nodes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_plan_links")),
        sa.UniqueConstraint(
            "finding_id", "node_id", name=op.f("uq_finding_plan_links_finding_id_node_id")
        ),
    )
    with op.batch_alter_table("finding_plan_links", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finding_plan_links_node_id"), ["node_id"], unique=False
        )

    op.create_table(
        "plan_action_statuses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("node_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("status_on", sa.Date(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("is_from_file", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_plan_action_statuses_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["node_id"], ["plan_nodes.id"], name=op.f("fk_plan_action_statuses_node_id_plan_nodes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_action_statuses")),
    )
    with op.batch_alter_table("plan_action_statuses", schema=None) as batch_op:
        batch_op.create_index(
            "ix_plan_action_statuses_node", ["node_id", "status_on", "id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("plan_action_statuses", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_action_statuses_node")

    op.drop_table("plan_action_statuses")
    with op.batch_alter_table("finding_plan_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_plan_links_node_id"))

    op.drop_table("finding_plan_links")
    with op.batch_alter_table("feedbacks", schema=None) as batch_op:
        batch_op.drop_index("ix_feedbacks_public")
        batch_op.drop_index(batch_op.f("ix_feedbacks_finding_id"))
        batch_op.drop_index(batch_op.f("ix_feedbacks_area_id"))

    op.drop_table("feedbacks")
    with op.batch_alter_table("plan_nodes", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_nodes_plan_position")
        batch_op.drop_index(batch_op.f("ix_plan_nodes_parent_id"))

    op.drop_table("plan_nodes")
    with op.batch_alter_table("measurements", schema=None) as batch_op:
        batch_op.drop_index("ix_measurements_series")

    op.drop_table("measurements")
    with op.batch_alter_table("indicators", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicators_perspective_id"))
        batch_op.drop_index(batch_op.f("ix_indicators_group_id"))

    op.drop_table("indicators")
    with op.batch_alter_table("action_plans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_plans_group_id"))

    op.drop_table("action_plans")
