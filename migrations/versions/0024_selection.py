"""The tables of fair selection."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0024_selection"
down_revision = "0023_assignments"

JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "districts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("municipality_codes", JSON, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("layer", sa.String(length=64), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("names", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_districts")),
        sa.UniqueConstraint("key", name=op.f("uq_districts_key")),
    )
    op.create_table(
        "households",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("known_by", sa.String(length=10), nullable=False),
        sa.Column("noted_by_account_id", sa.Integer(), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "known_by IN ('phone','declared')", name=op.f("ck_households_known_by_known")
        ),
        sa.ForeignKeyConstraint(
            ["noted_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_households_noted_by_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_households")),
        sa.UniqueConstraint("public_id", name=op.f("uq_households_public_id")),
    )
    with op.batch_alter_table("households", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_households_noted_by_account_id"), ["noted_by_account_id"], unique=False
        )

    op.create_table(
        "draws",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("owner_kind", sa.String(length=20), nullable=False),
        sa.Column("owner_id", sa.String(length=12), nullable=False),
        sa.Column("owner_path", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("alternates", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=True),
        sa.Column("features", JSON, nullable=False),
        sa.Column("quota_version", sa.Integer(), nullable=False),
        sa.Column("workshop", JSON, nullable=True),
        sa.Column("prices", JSON, nullable=True),
        sa.Column("held_back", JSON, nullable=False),
        sa.Column("candidates", sa.Integer(), nullable=False),
        sa.Column("min_chance", sa.Double(), nullable=True),
        sa.Column("panel_count", sa.Integer(), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=True),
        sa.Column("seed_source", sa.Text(), nullable=False),
        sa.Column("seed_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("commitment", sa.String(length=64), nullable=True),
        sa.Column("salt", sa.Text(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by_account_id", sa.Integer(), nullable=True),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('preparing','agreed','cancelled') OR commitment IS NOT NULL",
            name=op.f("ck_draws_sealed_when_published"),
        ),
        sa.CheckConstraint(
            "state IN ('preparing','agreed','published','seeded','drawn','closed','cancelled')",
            name=op.f("ck_draws_state_known"),
        ),
        sa.CheckConstraint("seats > 0 AND alternates >= 0", name=op.f("ck_draws_seats_positive")),
        sa.ForeignKeyConstraint(
            ["created_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_draws_created_by_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_draws_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draws")),
        sa.UniqueConstraint("public_id", name=op.f("uq_draws_public_id")),
    )
    with op.batch_alter_table("draws", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_draws_created_by_account_id"), ["created_by_account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_draws_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ix_draws_owner_kind_owner_id", ["owner_kind", "owner_id"], unique=False
        )
        batch_op.create_index("ix_draws_state_id", ["state", "id"], unique=False)

    op.create_table(
        "household_members",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["households.id"],
            name=op.f("fk_household_members_household_id_households"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["bank_members.id"],
            name=op.f("fk_household_members_member_id_bank_members"),
        ),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_household_members")),
    )
    with op.batch_alter_table("household_members", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_household_members_household_id"), ["household_id"], unique=False
        )

    op.create_table(
        "draw_lotteries",
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("panels", JSON, nullable=False),
        sa.Column("published_file", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["draw_id"], ["draws.id"], name=op.f("fk_draw_lotteries_draw_id_draws")
        ),
        sa.PrimaryKeyConstraint("draw_id", name=op.f("pk_draw_lotteries")),
    )
    op.create_table(
        "draw_observers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["draw_id"], ["draws.id"], name=op.f("fk_draw_observers_draw_id_draws")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_draw_observers_entered_by_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_observers")),
    )
    with op.batch_alter_table("draw_observers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draw_observers_draw_id"), ["draw_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_draw_observers_entered_by_account_id"),
            ["entered_by_account_id"],
            unique=False,
        )

    op.create_table(
        "draw_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("traits", JSON, nullable=False),
        sa.Column("household", sa.Integer(), nullable=True),
        sa.Column("chance", sa.Double(), nullable=True),
        sa.CheckConstraint(
            "chance IS NULL OR (chance >= 0 AND chance <= 1)",
            name=op.f("ck_draw_people_chance_is_share"),
        ),
        sa.ForeignKeyConstraint(
            ["draw_id"], ["draws.id"], name=op.f("fk_draw_people_draw_id_draws")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["bank_members.id"], name=op.f("fk_draw_people_member_id_bank_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_people")),
        sa.UniqueConstraint("draw_id", "member_id", name=op.f("uq_draw_people_draw_id_member_id")),
        sa.UniqueConstraint("draw_id", "number", name=op.f("uq_draw_people_draw_id_number")),
    )
    with op.batch_alter_table("draw_people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draw_people_member_id"), ["member_id"], unique=False)

    op.create_table(
        "draw_quotas",
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("feature", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("maximum", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "minimum >= 0 AND minimum <= maximum", name=op.f("ck_draw_quotas_limits_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["draw_id"], ["draws.id"], name=op.f("fk_draw_quotas_draw_id_draws")
        ),
        sa.PrimaryKeyConstraint("draw_id", "feature", "value", name=op.f("pk_draw_quotas")),
    )
    op.create_table(
        "draw_seeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("witnessed_by", sa.String(length=200), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["draw_id"], ["draws.id"], name=op.f("fk_draw_seeds_draw_id_draws")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_account_id"],
            ["accounts.id"],
            name=op.f("fk_draw_seeds_entered_by_account_id_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_seeds")),
    )
    with op.batch_alter_table("draw_seeds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draw_seeds_draw_id"), ["draw_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_draw_seeds_entered_by_account_id"),
            ["entered_by_account_id"],
            unique=False,
        )

    op.create_table(
        "draw_places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("came_by", sa.String(length=12), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "came_by IN ('draw','alternate','replacement','swap')",
            name=op.f("ck_draw_places_came_by_known"),
        ),
        sa.CheckConstraint("kind IN ('panel','alternate')", name=op.f("ck_draw_places_kind_known")),
        sa.ForeignKeyConstraint(
            ["draw_id"], ["draws.id"], name=op.f("fk_draw_places_draw_id_draws")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["draw_people.id"], name=op.f("fk_draw_places_person_id_draw_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_places")),
    )
    with op.batch_alter_table("draw_places", schema=None) as batch_op:
        batch_op.create_index(
            "ix_draw_places_draw_id_left_at", ["draw_id", "left_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_draw_places_person_id"), ["person_id"], unique=False)

    op.create_table(
        "draw_replacements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("came_by", sa.String(length=12), nullable=True),
        sa.Column("leaving", JSON, nullable=False),
        sa.Column("joining", JSON, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('searching','proposed','done','refused','impossible')",
            name=op.f("ck_draw_replacements_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["draw_id"], ["draws.id"], name=op.f("fk_draw_replacements_draw_id_draws")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["draw_people.id"],
            name=op.f("fk_draw_replacements_person_id_draw_people"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_replacements")),
        sa.UniqueConstraint("public_id", name=op.f("uq_draw_replacements_public_id")),
    )
    with op.batch_alter_table("draw_replacements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draw_replacements_draw_id"), ["draw_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_draw_replacements_person_id"), ["person_id"], unique=False
        )



def downgrade() -> None:
    op.drop_table("draw_places")
    op.drop_table("draw_replacements")
    op.drop_table("draw_seeds")
    op.drop_table("draw_quotas")
    op.drop_table("draw_people")
    op.drop_table("draw_observers")
    op.drop_table("draw_lotteries")
    op.drop_table("household_members")
    op.drop_table("draws")
    op.drop_table("households")
    op.drop_table("districts")
