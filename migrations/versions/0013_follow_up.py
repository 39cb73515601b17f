"""The tables of follow up."""

revision = "0013_follow_up"
down_revision = '0012_results'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
