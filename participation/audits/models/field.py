"""Tables of interviews held where there is no connection. Decision: docs/decisions/0013."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.audits.rules.field import DepositState
from participation.foundation.crypto import EncryptedBytes, index_column
from participation.foundation.db import Base, Created, PublicId

REF_LENGTH = 32  # 128 random bits in hex, drawn on the device
DIGEST_LENGTH = 64

_STATES = ",".join(f"'{state}'" for state in DepositState)


class AuditFieldKey(Base):
    """To whom devices seal the interviews of one audit: a P-256 key, gone when the audit ends."""

    __tablename__ = "audit_field_keys"

    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"), primary_key=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    private_key: Mapped[bytes | None] = mapped_column(
        EncryptedBytes("audit_field_keys.private_key")
    )
    destroyed_at: Mapped[datetime | None]


class AuditFieldDevice(Created, Base):
    """A phone or tablet that an auditor took the audit along on. The token only puts in."""

    __tablename__ = "audit_field_devices"

    id: Mapped[int] = mapped_column(primary_key=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    token_hash: Mapped[str] = mapped_column(index_column(), unique=True)


class AuditFieldDeposit(PublicId, Base):
    """What a device handed in under one `ref`: proof that it arrived, and the sealed copy until
    it is opened. `received_week` is ISO; nothing tells the day."""

    __tablename__ = "audit_field_deposits"
    __table_args__ = (CheckConstraint(f"state IN ({_STATES})", name="state_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(REF_LENGTH), unique=True)
    audit_id: Mapped[int] = mapped_column(ForeignKey("audits.id"), index=True)
    device_id: Mapped[int] = mapped_column(ForeignKey("audit_field_devices.id"), index=True)
    version: Mapped[int]
    digest: Mapped[str] = mapped_column(String(DIGEST_LENGTH))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    received_week: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(12))
