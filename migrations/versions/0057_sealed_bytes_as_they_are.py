"""PostgreSQL does not try to compress what is sealed: it looks like noise, and each save tried."""

from alembic import op

revision = "0057_sealed_bytes_as_they_are"
down_revision = "0056_mail_words"

SEALED = {"response_drafts": "sealed", "waiting_responses": "sealed"}


def upgrade() -> None:
    _store("EXTERNAL")


def downgrade() -> None:
    _store("EXTENDED")


def _store(kind: str) -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, column in SEALED.items():
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE {kind}")
