"""Search over what the reader may see: Swedish stems, full text of SQLite and PostgreSQL."""
