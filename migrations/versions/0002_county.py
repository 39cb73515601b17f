"""The tables of county."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002_county"
down_revision = "0001_foundation"


def upgrade() -> None:
    op.create_table(
        "areas",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("is_sensitive", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "names", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_areas")),
        sa.UniqueConstraint("key", name=op.f("uq_areas_key")),
    )
    op.create_table(
        "counties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=2), nullable=False),
        sa.Column("motto", sa.String(length=300), nullable=True),
        sa.Column("run_by", sa.String(length=300), nullable=False),
        sa.Column(
            "run_by_in", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "names", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counties")),
        sa.UniqueConstraint("code", name=op.f("uq_counties_code")),
    )
    op.create_table(
        "county_contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("hours", sa.String(length=200), nullable=True),
        sa.Column(
            "hours_by_locale",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_county_contacts")),
        sa.UniqueConstraint("layer", name=op.f("uq_county_contacts_layer")),
    )
    op.create_table(
        "help_contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column(
            "texts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "names", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_help_contacts")),
        sa.UniqueConstraint("key", name=op.f("uq_help_contacts_key")),
    )
    op.create_table(
        "municipalities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "names", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipalities")),
        sa.UniqueConstraint("code", name=op.f("uq_municipalities_code")),
    )
    op.create_table(
        "perspectives",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("description", sa.String(length=1000), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "names", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_perspectives")),
        sa.UniqueConstraint("key", name=op.f("uq_perspectives_key")),
    )
    op.create_table(
        "steering_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("summary", sa.String(length=2000), nullable=True),
        sa.Column("decided", sa.String(length=10), nullable=True),
        sa.Column("decided_by", sa.String(length=300), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "names", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["follows_id"],
            ["steering_documents.id"],
            name=op.f("fk_steering_documents_follows_id_steering_documents"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steering_documents")),
        sa.UniqueConstraint("key", name=op.f("uq_steering_documents_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_steering_documents_public_id")),
    )
    with op.batch_alter_table("steering_documents", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_steering_documents_follows_id"), ["follows_id"], unique=False
        )

    op.create_table(
        "cooperation_agreements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("target_group", sa.String(length=500), nullable=True),
        sa.Column(
            "parties", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.String(length=100), nullable=True),
        sa.Column(
            "yearly_questionnaires",
            sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
            nullable=False,
        ),
        sa.Column("has_practical_instructions", sa.Boolean(), nullable=False),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "names", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["areas.id"], name=op.f("fk_cooperation_agreements_area_id_areas")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cooperation_agreements")),
        sa.UniqueConstraint("key", name=op.f("uq_cooperation_agreements_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_cooperation_agreements_public_id")),
    )
    with op.batch_alter_table("cooperation_agreements", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_cooperation_agreements_area_id"), ["area_id"], unique=False
        )

    op.create_table(
        "county_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("description", sa.String(length=2000), nullable=True),
        sa.Column("meets", sa.String(length=300), nullable=True),
        sa.Column("formed", sa.String(length=10), nullable=True),
        sa.Column("earlier_name", sa.String(length=200), nullable=True),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "names", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_id"], ["areas.id"], name=op.f("fk_county_groups_area_id_areas")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["county_groups.id"],
            name=op.f("fk_county_groups_parent_id_county_groups"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_county_groups")),
        sa.UniqueConstraint("key", name=op.f("uq_county_groups_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_county_groups_public_id")),
    )
    with op.batch_alter_table("county_groups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_county_groups_area_id"), ["area_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_county_groups_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("municipality_code", sa.String(length=4), nullable=True),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("adopted_precision", sa.String(length=5), nullable=True),
        sa.Column("adoption_note", sa.String(length=500), nullable=True),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "names", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipalities.code"],
            name=op.f("fk_organisations_municipality_code_municipalities"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("key", name=op.f("uq_organisations_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_organisations_public_id")),
    )
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisations_municipality_code"), ["municipality_code"], unique=False
        )

    op.create_table(
        "population_bands",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_code", sa.String(length=4), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.Column("age_from", sa.Integer(), nullable=False),
        sa.Column("age_to", sa.Integer(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("is_approximate", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.CheckConstraint("count >= 0", name=op.f("ck_population_bands_count_not_negative")),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipalities.code"],
            name=op.f("fk_population_bands_municipality_code_municipalities"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_population_bands")),
        sa.UniqueConstraint(
            "municipality_code",
            "year",
            "sex",
            "age_from",
            name=op.f("uq_population_bands_municipality_code_year_sex_age_from"),
        ),
    )
    with op.batch_alter_table("population_bands", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_population_bands_municipality_code"), ["municipality_code"], unique=False
        )

    op.create_table(
        "document_adoptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("adopted_by", sa.String(length=200), nullable=True),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["steering_documents.id"],
            name=op.f("fk_document_adoptions_document_id_steering_documents"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_document_adoptions_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_adoptions")),
        sa.UniqueConstraint(
            "document_id",
            "organisation_id",
            name=op.f("uq_document_adoptions_document_id_organisation_id"),
        ),
    )
    with op.batch_alter_table("document_adoptions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_document_adoptions_document_id"), ["document_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_document_adoptions_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column(
            "labels", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("appointed_by_group_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.CheckConstraint("count >= 0", name=op.f("ck_seats_count_not_negative")),
        sa.ForeignKeyConstraint(
            ["appointed_by_group_id"],
            ["county_groups.id"],
            name=op.f("fk_seats_appointed_by_group_id_county_groups"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["county_groups.id"], name=op.f("fk_seats_group_id_county_groups")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seats")),
        sa.UniqueConstraint("group_id", "key", name=op.f("uq_seats_group_id_key")),
    )
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_seats_appointed_by_group_id"), ["appointed_by_group_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_seats_group_id"), ["group_id"], unique=False)

    op.create_table(
        "strategic_directions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["steering_documents.id"],
            name=op.f("fk_strategic_directions_document_id_steering_documents"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["county_groups.id"],
            name=op.f("fk_strategic_directions_group_id_county_groups"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strategic_directions")),
        sa.UniqueConstraint("key", name=op.f("uq_strategic_directions_key")),
    )
    with op.batch_alter_table("strategic_directions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_strategic_directions_document_id"), ["document_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_strategic_directions_group_id"), ["group_id"], unique=False
        )

    op.create_table(
        "units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("municipality_code", sa.String(length=4), nullable=True),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "names", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["areas.id"], name=op.f("fk_units_area_id_areas")),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipalities.code"],
            name=op.f("fk_units_municipality_code_municipalities"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_units_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("key", name=op.f("uq_units_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_units_public_id")),
    )
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_units_area_id"), ["area_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_units_municipality_code"), ["municipality_code"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_units_organisation_id"), ["organisation_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_units_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_units_municipality_code"))
        batch_op.drop_index(batch_op.f("ix_units_area_id"))

    op.drop_table("units")
    with op.batch_alter_table("strategic_directions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_strategic_directions_group_id"))
        batch_op.drop_index(batch_op.f("ix_strategic_directions_document_id"))

    op.drop_table("strategic_directions")
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seats_group_id"))
        batch_op.drop_index(batch_op.f("ix_seats_appointed_by_group_id"))

    op.drop_table("seats")
    with op.batch_alter_table("document_adoptions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_adoptions_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_document_adoptions_document_id"))

    op.drop_table("document_adoptions")
    with op.batch_alter_table("population_bands", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_population_bands_municipality_code"))

    op.drop_table("population_bands")
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisations_municipality_code"))

    op.drop_table("organisations")
    with op.batch_alter_table("county_groups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_county_groups_parent_id"))
        batch_op.drop_index(batch_op.f("ix_county_groups_area_id"))

    op.drop_table("county_groups")
    with op.batch_alter_table("cooperation_agreements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cooperation_agreements_area_id"))

    op.drop_table("cooperation_agreements")
    with op.batch_alter_table("steering_documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_steering_documents_follows_id"))

    op.drop_table("steering_documents")
    op.drop_table("perspectives")
    op.drop_table("municipalities")
    op.drop_table("help_contacts")
    op.drop_table("county_contacts")
    op.drop_table("counties")
    op.drop_table("areas")
