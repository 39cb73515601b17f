"""Rounds with names: who gave an answer, and whose link was used."""

import sqlalchemy as sa
from alembic import op

revision = "0047_named_rounds"
down_revision = "0046_outlooks"


def upgrade() -> None:
    op.create_table(
        "named_respondents",
        sa.Column("round_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("response_id", sa.LargeBinary(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name=op.f("fk_named_respondents_account_id_accounts"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id", "response_id"],
            ["responses.round_id", "responses.id"],
            name=op.f("fk_named_respondents_round_id_response_id_responses"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("round_id", "response_id", name=op.f("pk_named_respondents")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_named_respondents_account_id", "named_respondents", ["account_id"])
    op.add_column("round_contacts", sa.Column("link_hash", sa.LargeBinary(16), nullable=True))
    op.create_index("ix_round_contacts_link_hash", "round_contacts", ["link_hash"])


def downgrade() -> None:
    op.drop_index("ix_round_contacts_link_hash", "round_contacts")
    op.drop_column("round_contacts", "link_hash")
    op.drop_index("ix_named_respondents_account_id", "named_respondents")
    op.drop_table("named_respondents")
