"""A draft of a questionnaire knows who changed it last, so that nobody undoes a colleague."""

import sqlalchemy as sa
from alembic import op

revision = "0052_who_changed_a_draft"
down_revision = "0051_urgent_texts"


def upgrade() -> None:
    with op.batch_alter_table("questionnaire_versions") as batch:
        batch.add_column(sa.Column("changed_by_account_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_questionnaire_versions_changed_by_account_id_accounts"),
            "accounts",
            ["changed_by_account_id"],
            ["id"],
        )


def downgrade() -> None:
    with op.batch_alter_table("questionnaire_versions") as batch:
        batch.drop_constraint(
            op.f("fk_questionnaire_versions_changed_by_account_id_accounts"), type_="foreignkey"
        )
        batch.drop_column("changed_by_account_id")
