"""The tables of disclosure."""

revision = "0003_disclosure"
down_revision = '0002_county'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
