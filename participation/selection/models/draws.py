"""Tables of draws: what is drawn for, its quotas, its seed and who checked it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.county.models import Organisation
from participation.foundation.clock import now
from participation.foundation.crypto import EncryptedText
from participation.foundation.db import Base, Created, PublicId
from participation.selection.rules.draws import HAS_PANEL, DrawState

TITLE_LENGTH = 120
UNDER_WAY = "state IN ('preparing','agreed','published','seeded')"
KEY_LENGTH = 64


class Draw(PublicId, Created, Base):
    """Seats to be filled by lot out of a pool of bank members.

    `owner_kind` and `owner_id` say what it is for ("activity" and its public id) and `owner_path`
    leads there; selection knows no more about it. Without `organisation_id` the draw is the whole
    county's. `workshop` and `prices` hold what the background work found out about the quotas of
    `quota_version`. `held_back` counts who fitted and rests: [{"reason", "count", "again_on"}].
    `fingerprint` is the hash of the panels, `commitment` that of the pool; `salt` goes into the
    latter, so that nobody can try out guesses against it. `successor_secret` gives the keys that
    successors are drawn with; `successor_seal` is published in its stead (`rules.sealed_keys`).
    """

    __tablename__ = "draws"
    __table_args__ = (
        CheckConstraint(
            "state IN ('preparing','agreed','published','seeded','drawn','closed','cancelled')",
            name="state_known",
        ),
        CheckConstraint("seats > 0 AND alternates >= 0", name="seats_positive"),
        CheckConstraint(
            "state IN ('preparing','agreed','cancelled') OR commitment IS NOT NULL",
            name="sealed_when_published",
        ),
        Index("ix_draws_owner_kind_owner_id", "owner_kind", "owner_id"),
        Index(
            "uq_draws_under_way",
            "owner_kind",
            "owner_id",
            "purpose",
            unique=True,
            sqlite_where=text(UNDER_WAY),
            postgresql_where=text(UNDER_WAY),
        ),
        Index("ix_draws_state_id", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    owner_kind: Mapped[str] = mapped_column(String(20))
    owner_id: Mapped[str] = mapped_column(String(12))
    owner_path: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(String(20), default="")
    seats: Mapped[int]
    alternates: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(12), default=DrawState.PREPARING)
    state_reason: Mapped[str | None] = mapped_column(Text)
    features: Mapped[list[str]] = mapped_column(default=list)
    quota_version: Mapped[int] = mapped_column(default=0)
    workshop: Mapped[dict[str, Any] | None]
    prices: Mapped[dict[str, Any] | None]
    held_back: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    candidates: Mapped[int]
    min_chance: Mapped[float | None]
    panel_count: Mapped[int | None]
    fingerprint: Mapped[str | None] = mapped_column(String(KEY_LENGTH))
    seed_source: Mapped[str] = mapped_column(Text, default="")
    seed_due_at: Mapped[datetime | None]
    commitment: Mapped[str | None] = mapped_column(String(KEY_LENGTH))
    salt: Mapped[str | None] = mapped_column(EncryptedText("draws.salt"))
    successor_secret: Mapped[str | None] = mapped_column(EncryptedText("draws.successor_secret"))
    successor_seal: Mapped[str | None] = mapped_column(String(KEY_LENGTH))
    successors_sealed_at: Mapped[datetime | None]
    agreed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    drawn_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    created_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    is_fictional: Mapped[bool] = mapped_column(default=False)

    organisation: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")

    @property
    def has_panel(self) -> bool:
        return self.state in HAS_PANEL

    @property
    def is_public(self) -> bool:
        """Sealed once: from then on everybody may see it, cancelled or not."""
        return self.published_at is not None


class DrawQuota(Base):
    """At least and at most so many seats for one value of a feature."""

    __tablename__ = "draw_quotas"
    __table_args__ = (
        CheckConstraint("minimum >= 0 AND minimum <= maximum", name="limits_in_order"),
    )

    draw_id: Mapped[int] = mapped_column(ForeignKey("draws.id"), primary_key=True)
    feature: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(String(KEY_LENGTH), primary_key=True)
    minimum: Mapped[int]
    maximum: Mapped[int]


class DrawSeed(Base):
    """What was typed as the seed, by whom, and who witnessed it. The newest row counts."""

    __tablename__ = "draw_seeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draws.id"), index=True)
    value: Mapped[str] = mapped_column(String(200))
    witnessed_by: Mapped[str] = mapped_column(String(200))
    entered_at: Mapped[datetime] = mapped_column(default=now)
    entered_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)


class DrawObserver(Base):
    """Somebody, named by role, who checked the chances on the full file before the draw."""

    __tablename__ = "draw_observers"

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draws.id"), index=True)
    role: Mapped[str] = mapped_column(String(120))
    found: Mapped[str] = mapped_column(Text)
    checked_on: Mapped[date]
    entered_at: Mapped[datetime] = mapped_column(default=now)
    entered_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)
