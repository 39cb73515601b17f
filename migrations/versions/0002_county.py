"""The tables of county."""

revision = "0002_county"
down_revision = '0001_foundation'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
