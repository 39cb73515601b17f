"""Tables of the inventory: surveys that others hold, and lists of them on their way in."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.county.models import Area, Organisation
from participation.foundation.clock import now
from participation.foundation.db import Base, Created, PublicId
from participation.inventory.rules import LONGEST_LINK, LONGEST_PLACE, LONGEST_TITLE


class InventorySurvey(PublicId, Created, Base):
    """A survey that an organisation holds elsewhere. `ended_at`: it is held no more, and hidden."""

    __tablename__ = "inventory_surveys"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    targets: Mapped[list[str]] = mapped_column(default=list)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE), default="")
    how_often: Mapped[str] = mapped_column(String(20))
    last_year: Mapped[int | None]
    needs: Mapped[str] = mapped_column(Text, default="")
    done: Mapped[str] = mapped_column(Text, default="")
    questions: Mapped[list[str]] = mapped_column(default=list)
    link: Mapped[str] = mapped_column(String(LONGEST_LINK), default="")
    is_fictional: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None]
    updated_at: Mapped[datetime] = mapped_column(default=now)
    created_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    area: Mapped[Area | None] = relationship(lazy="raise_on_sql")


class InventoryImport(PublicId, Created, Base):
    """A list that was read and waits for a yes: what would come in, and what is wrong by row.

    The file is not kept. The row goes when the list is taken in or given up, or with the next one.
    """

    __tablename__ = "inventory_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    file_name: Mapped[str] = mapped_column(String(200))
    drafts: Mapped[list[dict[str, Any]]]
    known: Mapped[int] = mapped_column(default=0)
    problems: Mapped[list[dict[str, Any]]]
    created_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"), index=True)

    @property
    def is_usable(self) -> bool:
        return bool(self.drafts) and not self.problems
