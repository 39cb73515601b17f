"""PostgreSQL keeps the words of what can be found, instead of making them anew for every match.

Ranking 16,000 matches among 100,000 documents took 0.4–2 s: each text was cut into words again.
"""

from alembic import op

revision = "0086_search_vector"
down_revision = "0085_points_taken_out"

UP = (
    "DROP INDEX ix_search_entries_full_text",
    "ALTER TABLE search_entries ADD COLUMN vector tsvector"
    " GENERATED ALWAYS AS (to_tsvector('simple', stems)) STORED",
    "CREATE INDEX ix_search_entries_full_text ON search_entries USING gin (vector)",
)
DOWN = (
    "DROP INDEX ix_search_entries_full_text",
    "ALTER TABLE search_entries DROP COLUMN vector",
    "CREATE INDEX ix_search_entries_full_text ON search_entries"
    " USING gin (to_tsvector('simple', stems))",
)


def upgrade() -> None:
    _run(UP)


def downgrade() -> None:
    _run(DOWN)


def _run(statements: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)
