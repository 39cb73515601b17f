"""The tables of commitments."""

import sqlalchemy as sa
from alembic import op

revision = "0005_commitments"
down_revision = "0004_accounts"


def upgrade() -> None:
    op.create_table(
        "commitments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owed_by_organisation_id", sa.Integer(), nullable=True),
        sa.Column("owed_by_group_id", sa.Integer(), nullable=True),
        sa.Column("owed_by_unit_id", sa.Integer(), nullable=True),
        sa.Column("owed_to", sa.String(length=300), nullable=False),
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_public_id", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=True),
        sa.Column("answer_text", sa.Text(), nullable=False),
        sa.Column("action_text", sa.Text(), nullable=False),
        sa.Column("responsible", sa.String(length=200), nullable=False),
        sa.Column("action_due_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("is_fictional", sa.Boolean(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "answer IN ('yes','partly','no')", name=op.f("ck_commitments_answer_known")
        ),
        sa.CheckConstraint(
            "status IN ('open','in_progress','done','declined')",
            name=op.f("ck_commitments_status_known"),
        ),
        sa.CheckConstraint(
            "(CASE WHEN owed_by_organisation_id IS NULL THEN 0 ELSE 1 END + CASE WHEN owed_by_group_id IS NULL THEN 0 ELSE 1 END + CASE WHEN owed_by_unit_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_commitments_exactly_one_owes"),
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_on IS NULL)", name=op.f("ck_commitments_answer_has_date")
        ),
        sa.ForeignKeyConstraint(
            ["owed_by_group_id"],
            ["county_groups.id"],
            name=op.f("fk_commitments_owed_by_group_id_county_groups"),
        ),
        sa.ForeignKeyConstraint(
            ["owed_by_organisation_id"],
            ["organisations.id"],
            name=op.f("fk_commitments_owed_by_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["owed_by_unit_id"], ["units.id"], name=op.f("fk_commitments_owed_by_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
        sa.UniqueConstraint("public_id", name=op.f("uq_commitments_public_id")),
    )
    with op.batch_alter_table("commitments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_commitments_owed_by_group_id"), ["owed_by_group_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_commitments_owed_by_organisation_id"),
            ["owed_by_organisation_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_commitments_owed_by_unit_id"), ["owed_by_unit_id"], unique=False
        )
        batch_op.create_index("ix_commitments_status_due_on", ["status", "due_on"], unique=False)
        batch_op.create_index(
            "ix_commitments_subject_kind_subject_public_id",
            ["subject_kind", "subject_public_id"],
            unique=False,
        )

    op.create_table(
        "commitment_updates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("answer", sa.String(length=8), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("by_account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('owed','answered','status','moved','reminded')",
            name=op.f("ck_commitment_updates_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["by_account_id"],
            ["accounts.id"],
            name=op.f("fk_commitment_updates_by_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitments.id"],
            name=op.f("fk_commitment_updates_commitment_id_commitments"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_updates")),
    )
    with op.batch_alter_table("commitment_updates", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_commitment_updates_by_account_id"), ["by_account_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_commitment_updates_commitment_id"), ["commitment_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("commitment_updates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commitment_updates_commitment_id"))
        batch_op.drop_index(batch_op.f("ix_commitment_updates_by_account_id"))

    op.drop_table("commitment_updates")
    with op.batch_alter_table("commitments", schema=None) as batch_op:
        batch_op.drop_index("ix_commitments_subject_kind_subject_public_id")
        batch_op.drop_index("ix_commitments_status_due_on")
        batch_op.drop_index(batch_op.f("ix_commitments_owed_by_unit_id"))
        batch_op.drop_index(batch_op.f("ix_commitments_owed_by_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_commitments_owed_by_group_id"))

    op.drop_table("commitments")
