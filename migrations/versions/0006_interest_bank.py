"""The tables of interest bank."""

revision = "0006_interest_bank"
down_revision = '0005_commitments'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
