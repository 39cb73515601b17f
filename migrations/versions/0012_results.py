"""The tables of results."""

revision = "0012_results"
down_revision = '0011_audits'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
