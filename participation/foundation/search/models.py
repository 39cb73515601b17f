"""The search index: one row per findable thing, with its stems. It holds no contact data.

The full-text structures beside it (SQLite: the FTS5 table `search_stems`; PostgreSQL: the
column `vector`, made of `stems`, with a GIN index) are made by migrations and follow by themselves.
"""

from typing import Any

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.db import Base


class SearchEntry(Base):
    """One findable thing. `permission` None means public; ids narrow a scoped permission."""

    __tablename__ = "search_entries"
    __table_args__ = (UniqueConstraint("source", "object_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    stems: Mapped[str] = mapped_column(Text)
    endpoint: Mapped[str] = mapped_column(String(80))
    endpoint_values: Mapped[dict[str, Any]]
    permission: Mapped[str | None] = mapped_column(String(40), index=True)
    organisation_id: Mapped[int | None]
    group_id: Mapped[int | None]
