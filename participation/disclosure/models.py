"""The publication ledger, and what was shown before publishing. Both are written once; only the
withdrawal of a release is noted later.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, event, inspect
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from participation.disclosure.rules.drafts import ReleaseKind
from participation.foundation.db import Base, PublicId

HASH_LENGTH = 64
TITLE_LENGTH = 300
_KINDS = ",".join(f"'{kind}'" for kind in ReleaseKind)
MAY_CHANGE = frozenset({"withdrawn_at", "withdrawn_by_account_id", "withdrawal_reason"})


class Release(PublicId, Base):
    """One publication: `payload` holds all that readers may see of it, and nothing else.

    `outlook`: what the gate hid, merged and left out, and why; for those who publish only.
    Accounts live on a floor above, so who published is a bare account id.
    """

    __tablename__ = "releases"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind_known"),
        Index("ix_releases_source", "source_kind", "source_public_id", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    source_kind: Mapped[str] = mapped_column(String(20))
    source_public_id: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    payload: Mapped[dict[str, Any]]
    outlook: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    is_fictional: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime]
    published_by_account_id: Mapped[int | None]
    previous_hash: Mapped[str] = mapped_column(String(HASH_LENGTH))
    hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_account_id: Mapped[int | None]
    withdrawal_reason: Mapped[str] = mapped_column(String(500), default="")

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class ReleasePreview(PublicId, Base):
    """A release as it would have been published, shown to those who publish and to nobody else.

    `payload` is what the gate let out then. `is_binding`: who saw it sees the answers in no other
    way, so whatever is published later is ruled beside it, as beside a release.
    """

    __tablename__ = "release_previews"
    __table_args__ = (Index("ix_release_previews_source", "source_kind", "source_public_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_kind: Mapped[str] = mapped_column(String(20))
    source_public_id: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    payload: Mapped[dict[str, Any]]
    is_binding: Mapped[bool]
    is_fictional: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]
    made_by_account_id: Mapped[int | None]


@event.listens_for(Release, "before_update")
def _refuse_changes(_mapper: Mapper[Any], _connection: Connection, release: Release) -> None:
    state = inspect(release)
    changed = {attr.key for attr in state.attrs if attr.history.has_changes()}
    if changed - MAY_CHANGE:
        raise ValueError(f"a release is never changed: {sorted(changed - MAY_CHANGE)}")


@event.listens_for(Release, "before_delete")
def _refuse_removal(_mapper: Mapper[Any], _connection: Connection, _release: Release) -> None:
    raise ValueError("a release is never deleted; withdraw it")


@event.listens_for(ReleasePreview, "before_update")
@event.listens_for(ReleasePreview, "before_delete")
def _keep_preview(_mapper: Mapper[Any], _connection: Connection, _preview: ReleasePreview) -> None:
    raise ValueError("what was seen cannot be unseen: a preview is never changed or deleted")
