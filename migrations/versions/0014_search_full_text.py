"""Full text over the search index: an FTS5 table on SQLite, a GIN index on PostgreSQL.

Both hold stems made by the application, because neither engine stems Swedish the same way.
"""

from alembic import op

revision = "0014_search_full_text"
down_revision = "0013_follow_up"

SQLITE_UP = (
    "CREATE VIRTUAL TABLE search_stems USING fts5"
    "(stems, content='search_entries', content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
    "INSERT INTO search_stems(search_stems) VALUES('rebuild')",
    "CREATE TRIGGER search_entries_added AFTER INSERT ON search_entries BEGIN"
    " INSERT INTO search_stems(rowid, stems) VALUES (new.id, new.stems); END",
    "CREATE TRIGGER search_entries_removed AFTER DELETE ON search_entries BEGIN"
    " INSERT INTO search_stems(search_stems, rowid, stems) VALUES('delete', old.id, old.stems); END",
    "CREATE TRIGGER search_entries_changed AFTER UPDATE ON search_entries BEGIN"
    " INSERT INTO search_stems(search_stems, rowid, stems) VALUES('delete', old.id, old.stems);"
    " INSERT INTO search_stems(rowid, stems) VALUES (new.id, new.stems); END",
)
SQLITE_DOWN = (
    "DROP TRIGGER search_entries_added",
    "DROP TRIGGER search_entries_removed",
    "DROP TRIGGER search_entries_changed",
    "DROP TABLE search_stems",
)
POSTGRES_UP = (
    "CREATE INDEX ix_search_entries_full_text ON search_entries"
    " USING gin (to_tsvector('simple', stems))",
)
POSTGRES_DOWN = ("DROP INDEX ix_search_entries_full_text",)


def upgrade() -> None:
    _run(SQLITE_UP, POSTGRES_UP)


def downgrade() -> None:
    _run(SQLITE_DOWN, POSTGRES_DOWN)


def _run(sqlite: tuple[str, ...], postgres: tuple[str, ...]) -> None:
    for statement in sqlite if op.get_bind().dialect.name == "sqlite" else postgres:
        op.get_bind().exec_driver_sql(statement)
