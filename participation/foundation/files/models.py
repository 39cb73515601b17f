"""The table of files handed in."""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.crypto import EncryptedBytes, EncryptedText
from participation.foundation.db import Base, Created, PublicId


class StoredFile(PublicId, Created, Base):
    """One file, encrypted at rest. `content` is loaded only when asked for.

    `about_kind` and `about_id` name what it belongs to, whose queries decide who may open it;
    accounts live on a floor above, so `created_by_account_id` has no foreign key.
    """

    __tablename__ = "stored_files"
    __table_args__ = (Index("ix_stored_files_about_kind_about_id", "about_kind", "about_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    about_kind: Mapped[str] = mapped_column(String(40))
    about_id: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(EncryptedText("stored_files.name"))
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]  # bytes
    content: Mapped[bytes] = mapped_column(EncryptedBytes("stored_files.content"), deferred=True)
    created_by_account_id: Mapped[int | None] = mapped_column(index=True)
