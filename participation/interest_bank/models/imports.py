"""Table of imports: the file while it is needed, what its columns mean, what a dry run found."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.foundation.crypto import EncryptedBytes, EncryptedText
from participation.foundation.db import Base, Created, PublicId
from participation.interest_bank.rules.importing import ImportState


class BankImport(PublicId, Created, Base):
    """One import of an existing bank.

    `content` goes as soon as the import is done or given up. `report` holds values out of the
    file and is encrypted like it; it goes with the content.
    """

    __tablename__ = "bank_imports"
    __table_args__ = (
        CheckConstraint(
            "state IN ('uploaded','checked','unreadable','running','done','undone','dropped')",
            name="state_known",
        ),
        CheckConstraint("consent IN ('invite','paper')", name="consent_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    created_by_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    file_name: Mapped[str] = mapped_column(EncryptedText("bank_imports.file_name"))
    content: Mapped[bytes | None] = mapped_column(
        EncryptedBytes("bank_imports.content"), deferred=True
    )
    state: Mapped[str] = mapped_column(String(12), default=ImportState.UPLOADED)
    headings: Mapped[list[str]] = mapped_column(default=list)
    columns: Mapped[dict[str, str]] = mapped_column(default=dict)  # field → heading
    report: Mapped[str | None] = mapped_column(EncryptedText("bank_imports.report"), deferred=True)
    row_count: Mapped[int] = mapped_column(default=0)
    new_count: Mapped[int] = mapped_column(default=0)
    skipped_count: Mapped[int] = mapped_column(default=0)
    wrong_count: Mapped[int] = mapped_column(default=0)
    consent: Mapped[str | None] = mapped_column(String(8))
    consent_reason: Mapped[str | None] = mapped_column(EncryptedText("bank_imports.consent_reason"))
    confirm_days: Mapped[int | None]
    # Everybody up to this id has been told; the rest follows when a worker goes on.
    mailed_up_to_id: Mapped[int] = mapped_column(default=0)
    job_public_id: Mapped[str | None] = mapped_column(String(12))
    done_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
