"""The table of what contact persons are contacts for."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.county.models import Area
from participation.foundation.db import Base, Created


class ContactArea(Created, Base):
    """An area that somebody is their organisation's contact for.

    Who is a contact person at all stands in their role; without a row here they are for all areas.
    """

    __tablename__ = "contact_areas"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id"), primary_key=True, index=True
    )
    area_id: Mapped[int] = mapped_column(ForeignKey("areas.id"), primary_key=True, index=True)

    area: Mapped[Area] = relationship(lazy="raise_on_sql")
