"""The tables of coding."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009_coding"
down_revision = "0008_council"


def upgrade() -> None:
    op.create_table(
        "codebooks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("memo", sa.Text(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codebooks")),
        sa.UniqueConstraint("key", name=op.f("uq_codebooks_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_codebooks_public_id")),
    )
    op.create_table(
        "themes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("codebook_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("memo", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["codebook_id"], ["codebooks.id"], name=op.f("fk_themes_codebook_id_codebooks")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_themes")),
        sa.UniqueConstraint("codebook_id", "key", name=op.f("uq_themes_codebook_id_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_themes_public_id")),
    )
    op.create_table(
        "codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("codebook_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("memo", sa.Text(), nullable=False),
        sa.Column("example", sa.Text(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_codes_number_positive")),
        sa.ForeignKeyConstraint(
            ["codebook_id"], ["codebooks.id"], name=op.f("fk_codes_codebook_id_codebooks")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["codes.id"], name=op.f("fk_codes_parent_id_codes")),
        sa.ForeignKeyConstraint(["theme_id"], ["themes.id"], name=op.f("fk_codes_theme_id_themes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codes")),
        sa.UniqueConstraint("codebook_id", "key", name=op.f("uq_codes_codebook_id_key")),
        sa.UniqueConstraint("codebook_id", "number", name=op.f("uq_codes_codebook_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_codes_public_id")),
    )
    with op.batch_alter_table("codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_codes_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_codes_theme_id"), ["theme_id"], unique=False)

    op.create_table(
        "materials",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("source_kind", sa.String(length=20), nullable=False),
        sa.Column("source_public_id", sa.String(length=12), nullable=False),
        sa.Column("question_key", sa.String(length=64), nullable=False),
        sa.Column("question", sa.String(length=300), nullable=False),
        sa.Column("wave_label", sa.String(length=60), nullable=False),
        sa.Column("codebook_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("owner_account_id", sa.Integer(), nullable=True),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "source_kind IN ('round','audit','dialogue','document')",
            name=op.f("ck_materials_source_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["codebook_id"], ["codebooks.id"], name=op.f("fk_materials_codebook_id_codebooks")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_materials_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["owner_account_id"],
            ["accounts.id"],
            name=op.f("fk_materials_owner_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_materials")),
        sa.UniqueConstraint("public_id", name=op.f("uq_materials_public_id")),
        sa.UniqueConstraint(
            "source_kind",
            "source_public_id",
            "question_key",
            name=op.f("uq_materials_source_kind_source_public_id_question_key"),
        ),
    )
    with op.batch_alter_table("materials", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_materials_codebook_id"), ["codebook_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_materials_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_materials_owner_account_id"), ["owner_account_id"], unique=False
        )

    op.create_table(
        "material_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("respondent_role", sa.String(length=20), nullable=True),
        sa.Column("municipality_code", sa.String(length=4), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("age_band", sa.String(length=20), nullable=True),
        sa.Column("source_ref", sa.String(length=80), nullable=False),
        sa.Column(
            "masks", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by_account_id", sa.Integer(), nullable=True),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["areas.id"], name=op.f("fk_material_texts_area_id_areas")
        ),
        sa.ForeignKeyConstraint(
            ["material_id"], ["materials.id"], name=op.f("fk_material_texts_material_id_materials")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipalities.code"],
            name=op.f("fk_material_texts_municipality_code_municipalities"),
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_material_texts_reviewed_by_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_material_texts_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_texts")),
        sa.UniqueConstraint(
            "material_id", "number", name=op.f("uq_material_texts_material_id_number")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_material_texts_public_id")),
    )
    with op.batch_alter_table("material_texts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_material_texts_area_id"), ["area_id"], unique=False)
        batch_op.create_index(
            "ix_material_texts_material_id_source_ref", ["material_id", "source_ref"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_material_texts_municipality_code"), ["municipality_code"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_material_texts_reviewed_by_account_id"),
            ["reviewed_by_account_id"],
            unique=False,
        )
        batch_op.create_index("ix_material_texts_source_ref", ["source_ref"], unique=False)
        batch_op.create_index(batch_op.f("ix_material_texts_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "coding_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("coder_account_id", sa.Integer(), nullable=False),
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=True),
        sa.Column("start_offset", sa.Integer(), nullable=True),
        sa.Column("end_offset", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('apply','remove','set_aside','take_up')",
            name=op.f("ck_coding_steps_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["code_id"], ["codes.id"], name=op.f("fk_coding_steps_code_id_codes")
        ),
        sa.ForeignKeyConstraint(
            ["coder_account_id"],
            ["accounts.id"],
            name=op.f("fk_coding_steps_coder_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["material_id"], ["materials.id"], name=op.f("fk_coding_steps_material_id_materials")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"],
            ["material_texts.id"],
            name=op.f("fk_coding_steps_text_id_material_texts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_steps")),
    )
    with op.batch_alter_table("coding_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coding_steps_code_id"), ["code_id"], unique=False)
        batch_op.create_index(
            "ix_coding_steps_coder_account_id_material_id",
            ["coder_account_id", "material_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_coding_steps_material_id"), ["material_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_coding_steps_text_id"), ["text_id"], unique=False)

    op.create_table(
        "excerpts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("coder_account_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "start_offset >= 0 AND start_offset < end_offset",
            name=op.f("ck_excerpts_span_not_empty"),
        ),
        sa.ForeignKeyConstraint(["code_id"], ["codes.id"], name=op.f("fk_excerpts_code_id_codes")),
        sa.ForeignKeyConstraint(
            ["coder_account_id"],
            ["accounts.id"],
            name=op.f("fk_excerpts_coder_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["text_id"],
            ["material_texts.id"],
            name=op.f("fk_excerpts_text_id_material_texts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_excerpts")),
        sa.UniqueConstraint("public_id", name=op.f("uq_excerpts_public_id")),
        sa.UniqueConstraint(
            "text_id",
            "code_id",
            "coder_account_id",
            "start_offset",
            "end_offset",
            name=op.f("uq_excerpts_text_id_code_id_coder_account_id_start_offset_end_offset"),
        ),
    )
    with op.batch_alter_table("excerpts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_excerpts_code_id"), ["code_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_excerpts_coder_account_id"), ["coder_account_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("excerpts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_excerpts_coder_account_id"))
        batch_op.drop_index(batch_op.f("ix_excerpts_code_id"))

    op.drop_table("excerpts")
    with op.batch_alter_table("coding_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coding_steps_text_id"))
        batch_op.drop_index(batch_op.f("ix_coding_steps_material_id"))
        batch_op.drop_index("ix_coding_steps_coder_account_id_material_id")
        batch_op.drop_index(batch_op.f("ix_coding_steps_code_id"))

    op.drop_table("coding_steps")
    with op.batch_alter_table("material_texts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_material_texts_unit_id"))
        batch_op.drop_index("ix_material_texts_source_ref")
        batch_op.drop_index(batch_op.f("ix_material_texts_reviewed_by_account_id"))
        batch_op.drop_index(batch_op.f("ix_material_texts_municipality_code"))
        batch_op.drop_index("ix_material_texts_material_id_source_ref")
        batch_op.drop_index(batch_op.f("ix_material_texts_area_id"))

    op.drop_table("material_texts")
    with op.batch_alter_table("materials", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_materials_owner_account_id"))
        batch_op.drop_index(batch_op.f("ix_materials_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_materials_codebook_id"))

    op.drop_table("materials")
    with op.batch_alter_table("codes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_codes_theme_id"))
        batch_op.drop_index(batch_op.f("ix_codes_parent_id"))

    op.drop_table("codes")
    op.drop_table("themes")
    op.drop_table("codebooks")
