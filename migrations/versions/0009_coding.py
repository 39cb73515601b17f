"""The tables of coding."""

revision = "0009_coding"
down_revision = '0008_council'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
