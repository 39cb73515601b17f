"""Anonymous rounds: sealed waiting answers, whom a round is mailed to, sealed values in mails."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034_anonymous_rounds"
down_revision = "0033_questionnaire_imports"


def _waiting_responses(content: sa.Column[object]) -> None:
    """Never used before anonymous rounds were offered, and never backed up: made anew, empty."""
    op.drop_table("waiting_responses")
    op.create_table(
        "waiting_responses",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        content,
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["survey_rounds.id"],
            name=op.f("fk_waiting_responses_round_id_survey_rounds"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_responses")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_waiting_responses_round_id"), "waiting_responses", ["round_id"])


def upgrade() -> None:
    _waiting_responses(sa.Column("sealed", sa.LargeBinary(), nullable=False))
    op.create_table(
        "round_contacts",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("address_index", sa.String(length=32), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["survey_rounds.id"], name=op.f("fk_round_contacts_round_id_survey_rounds")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_round_contacts_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_contacts")),
        sa.UniqueConstraint(
            "round_id", "address_index", name=op.f("uq_round_contacts_round_id_address_index")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_round_contacts_account_id"), "round_contacts", ["account_id"])
    op.create_index(op.f("ix_round_contacts_address_index"), "round_contacts", ["address_index"])
    with op.batch_alter_table("outbox_mails") as batch:
        batch.add_column(sa.Column("sealed_values", sa.LargeBinary(), nullable=True))
        batch.add_column(sa.Column("sealed_with", sa.String(length=80), nullable=True))
        batch.create_index(op.f("ix_outbox_mails_sealed_with"), ["sealed_with"])


def downgrade() -> None:
    with op.batch_alter_table("outbox_mails") as batch:
        batch.drop_index(op.f("ix_outbox_mails_sealed_with"))
        batch.drop_column("sealed_with")
        batch.drop_column("sealed_values")
    op.drop_table("round_contacts")
    _waiting_responses(
        sa.Column(
            "content", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False
        )
    )
