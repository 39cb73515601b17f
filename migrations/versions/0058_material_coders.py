"""Who works with one material only, and more kinds of publications."""

import sqlalchemy as sa
from alembic import op

revision = "0058_material_coders"
down_revision = "0057_sealed_bytes_as_they_are"

KINDS = ("round_totals", "finding")
MORE_KINDS = ("theme_counts", "audit_report", "meeting")


def upgrade() -> None:
    op.create_table(
        "material_coders",
        sa.Column("material_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_material_coders_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["material_id"],
            ["materials.id"],
            name=op.f("fk_material_coders_material_id_materials"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("material_id", "account_id", name=op.f("pk_material_coders")),
    )
    with op.batch_alter_table("material_coders") as batch_op:
        batch_op.create_index(batch_op.f("ix_material_coders_account_id"), ["account_id"])
    _allow((*KINDS, *MORE_KINDS))


def downgrade() -> None:
    op.execute(f"DELETE FROM releases WHERE kind IN ({_listed(MORE_KINDS)})")
    _allow(KINDS)
    op.drop_table("material_coders")


def _allow(kinds: tuple[str, ...]) -> None:
    with op.batch_alter_table("releases") as batch_op:
        batch_op.drop_constraint(op.f("ck_releases_kind_known"), type_="check")
        batch_op.create_check_constraint(
            op.f("ck_releases_kind_known"), f"kind IN ({_listed(kinds)})"
        )


def _listed(kinds: tuple[str, ...]) -> str:
    return ",".join(f"'{kind}'" for kind in kinds)
