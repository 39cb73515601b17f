"""The tables of activities."""

revision = "0007_activities"
down_revision = '0006_interest_bank'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
