"""The tables of council."""

revision = "0008_council"
down_revision = '0007_activities'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
