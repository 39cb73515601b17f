"""The tables of commitments."""

revision = "0005_commitments"
down_revision = '0004_accounts'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
