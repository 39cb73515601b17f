"""The tables of audits."""

revision = "0011_audits"
down_revision = '0010_questionnaires'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
