"""The tables of accounts."""

revision = "0004_accounts"
down_revision = '0003_disclosure'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
