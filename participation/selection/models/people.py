"""Tables of who is in a draw, their chances, and who got a place."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.foundation.clock import now
from participation.foundation.db import Base, Created, Json, PublicId
from participation.interest_bank.models import BankMember
from participation.selection.models.draws import Draw


class DrawPerson(Base):
    """Somebody in the pool. `number` is random and the only thing published about them.

    `traits` is what the quotas ask about, as it was when the quotas were agreed. `has_done`: the
    owner of the draw said that they have done this kind of assignment before. When the person
    leaves the bank or is erased, all that goes; number and chance stay.
    """

    __tablename__ = "draw_people"
    __table_args__ = (
        UniqueConstraint("draw_id", "member_id"),
        UniqueConstraint("draw_id", "number"),
        CheckConstraint("chance IS NULL OR (chance >= 0 AND chance <= 1)", name="chance_is_share"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draws.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("bank_members.id"), index=True)
    number: Mapped[int | None]
    traits: Mapped[dict[str, Any]] = mapped_column(default=dict)
    household: Mapped[int | None]
    has_done: Mapped[bool] = mapped_column(default=False, server_default=false())
    chance: Mapped[float | None]

    draw: Mapped[Draw] = relationship(lazy="raise_on_sql")
    member: Mapped[BankMember | None] = relationship(lazy="raise_on_sql")


class DrawLottery(Base):
    """The equally likely panels (candidate numbers), and the file as published, to the letter."""

    __tablename__ = "draw_lotteries"

    draw_id: Mapped[int] = mapped_column(ForeignKey("draws.id"), primary_key=True)
    panels: Mapped[list[list[int]]] = mapped_column(Json)
    published_file: Mapped[str | None] = mapped_column(Text)


class DrawPlace(Base):
    """A place on the panel or among the alternates, from when until when."""

    __tablename__ = "draw_places"
    __table_args__ = (
        CheckConstraint("kind IN ('panel','alternate')", name="kind_known"),
        CheckConstraint(
            "came_by IN ('draw','alternate','replacement','swap')", name="came_by_known"
        ),
        Index("ix_draw_places_draw_id_left_at", "draw_id", "left_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draws.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("draw_people.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    position: Mapped[int]
    came_by: Mapped[str] = mapped_column(String(12))
    since: Mapped[datetime] = mapped_column(default=now)
    left_at: Mapped[datetime | None]

    person: Mapped[DrawPerson] = relationship(lazy="raise_on_sql")


class DrawReplacement(PublicId, Created, Base):
    """Somebody leaves: the search for a successor, and a swap that waits for a yes.

    `leaving` and `joining` are candidate numbers; `leaving` begins with whoever left. `key_place`
    says which sealed key the lot takes; `seed` and `published_file` are there once it was drawn.
    """

    __tablename__ = "draw_replacements"
    __table_args__ = (
        CheckConstraint(
            "state IN ('searching','proposed','done','refused','impossible')", name="state_known"
        ),
        UniqueConstraint("draw_id", "key_place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draw_id: Mapped[int] = mapped_column(ForeignKey("draws.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("draw_people.id"), index=True)
    state: Mapped[str] = mapped_column(String(12))
    came_by: Mapped[str | None] = mapped_column(String(12))
    leaving: Mapped[list[int]] = mapped_column(default=list)
    joining: Mapped[list[int]] = mapped_column(default=list)
    key_place: Mapped[int | None]
    seed: Mapped[str | None] = mapped_column(Text)
    published_file: Mapped[str | None] = mapped_column(Text, deferred=True)
    decided_at: Mapped[datetime | None]

    draw: Mapped[Draw] = relationship(lazy="raise_on_sql")
