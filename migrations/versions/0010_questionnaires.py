"""The tables of questionnaires."""

revision = "0010_questionnaires"
down_revision = '0009_coding'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
