"""Tables of files from other programs."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.crypto import EncryptedBytes, EncryptedText
from participation.foundation.db import Base, Created, PublicId


class QdaImport(PublicId, Created, Base):
    """A project or codebook that was read and waits for a yes by whoever sent it.

    Its texts have not been read through by anybody, so only the owner sees it and it lies
    encrypted. The row goes when it is taken in or given up, and a month later at the latest.
    `content` is what was read (rules/exchange/keeping.py); the file itself is not kept.
    """

    __tablename__ = "qda_imports"
    __table_args__ = (CheckConstraint("kind IN ('project','codebook')", name="kind_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    file_name: Mapped[str] = mapped_column(EncryptedText("qda_imports.file_name"))
    content: Mapped[bytes] = mapped_column(EncryptedBytes("qda_imports.content"))

    @property
    def is_project(self) -> bool:
        return self.kind == "project"
