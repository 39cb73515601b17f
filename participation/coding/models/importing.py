"""The table of texts and lists that were sent in."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.crypto import EncryptedBytes, EncryptedText
from participation.foundation.db import Base, Created, PublicId


class MaterialImport(PublicId, Created, Base):
    """A text, a document or a list of answers that was read and waits for a yes by its owner.

    Nobody has read it through, so only the owner sees it and it lies encrypted. The row goes when
    it is taken in or given up, and a month later at the latest.
    """

    __tablename__ = "material_imports"
    __table_args__ = (CheckConstraint("kind IN ('words','table')", name="kind_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(EncryptedText("material_imports.name"))
    content: Mapped[bytes] = mapped_column(EncryptedBytes("material_imports.content"))

    @property
    def is_table(self) -> bool:
        return self.kind == "table"
