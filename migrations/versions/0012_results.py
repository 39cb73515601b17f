"""The tables of results."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012_results"
down_revision = "0011_audits"


def upgrade() -> None:
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("perspective_key", sa.String(length=64), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("whose_to_change", sa.String(length=20), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("figure_release_id", sa.Integer(), nullable=True),
        sa.Column("figure_table_key", sa.String(length=64), nullable=False),
        sa.Column(
            "figure_codes", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("created_by_account_id", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft','published','withdrawn')", name=op.f("ck_findings_state_known")
        ),
        sa.CheckConstraint(
            "whose_to_change IN ('ours','needs_others','needs_management')",
            name=op.f("ck_findings_whose_known"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_findings_area_id_areas")),
        sa.ForeignKeyConstraint(
            ["created_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_findings_created_by_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["figure_release_id"],
            ["releases.id"],
            name=op.f("fk_findings_figure_release_id_releases"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_findings_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["perspective_key"],
            ["perspectives.key"],
            name=op.f("fk_findings_perspective_key_perspectives"),
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["releases.id"], name=op.f("fk_findings_release_id_releases")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sa.UniqueConstraint("public_id", name=op.f("uq_findings_public_id")),
    )
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_findings_area_id"), ["area_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_findings_created_by_account_id"), ["created_by_account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_findings_figure_release_id"), ["figure_release_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_findings_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_findings_perspective_key"), ["perspective_key"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_findings_release_id"), ["release_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_findings_state"), ["state"], unique=False)

    op.create_table(
        "finding_codes",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["code_id"], ["codes.id"], name=op.f("fk_finding_codes_code_id_codes")
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_finding_codes_finding_id_findings")
        ),
        sa.PrimaryKeyConstraint("finding_id", "code_id", name=op.f("pk_finding_codes")),
    )
    with op.batch_alter_table("finding_codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_codes_code_id"), ["code_id"], unique=False)

    op.create_table(
        "finding_groups",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_finding_groups_finding_id_findings")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["county_groups.id"],
            name=op.f("fk_finding_groups_group_id_county_groups"),
        ),
        sa.PrimaryKeyConstraint("finding_id", "group_id", name=op.f("pk_finding_groups")),
    )
    with op.batch_alter_table("finding_groups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_groups_group_id"), ["group_id"], unique=False)

    op.create_table(
        "finding_materials",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_finding_materials_finding_id_findings")
        ),
        sa.ForeignKeyConstraint(
            ["material_id"],
            ["materials.id"],
            name=op.f("fk_finding_materials_material_id_materials"),
        ),
        sa.PrimaryKeyConstraint("finding_id", "material_id", name=op.f("pk_finding_materials")),
    )
    with op.batch_alter_table("finding_materials", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finding_materials_material_id"), ["material_id"], unique=False
        )

    op.create_table(
        "finding_quotes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("excerpt_id", sa.Integer(), nullable=True),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("respondent_role", sa.String(length=20), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_account_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["approved_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_finding_quotes_approved_by_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["excerpt_id"],
            ["excerpts.id"],
            name=op.f("fk_finding_quotes_excerpt_id_excerpts"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_finding_quotes_finding_id_findings")
        ),
        sa.ForeignKeyConstraint(
            ["material_id"], ["materials.id"], name=op.f("fk_finding_quotes_material_id_materials")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_quotes")),
        sa.UniqueConstraint(
            "finding_id", "excerpt_id", name=op.f("uq_finding_quotes_finding_id_excerpt_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_finding_quotes_public_id")),
    )
    with op.batch_alter_table("finding_quotes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_finding_quotes_approved_by_account_id"),
            ["approved_by_account_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_finding_quotes_excerpt_id"), ["excerpt_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_finding_quotes_material_id"), ["material_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("finding_quotes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_quotes_material_id"))
        batch_op.drop_index(batch_op.f("ix_finding_quotes_excerpt_id"))
        batch_op.drop_index(batch_op.f("ix_finding_quotes_approved_by_account_id"))

    op.drop_table("finding_quotes")
    with op.batch_alter_table("finding_materials", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_materials_material_id"))

    op.drop_table("finding_materials")
    with op.batch_alter_table("finding_groups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_groups_group_id"))

    op.drop_table("finding_groups")
    with op.batch_alter_table("finding_codes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_codes_code_id"))

    op.drop_table("finding_codes")
    with op.batch_alter_table("findings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_findings_state"))
        batch_op.drop_index(batch_op.f("ix_findings_release_id"))
        batch_op.drop_index(batch_op.f("ix_findings_perspective_key"))
        batch_op.drop_index(batch_op.f("ix_findings_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_findings_figure_release_id"))
        batch_op.drop_index(batch_op.f("ix_findings_created_by_account_id"))
        batch_op.drop_index(batch_op.f("ix_findings_area_id"))

    op.drop_table("findings")
