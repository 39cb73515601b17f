"""Tables of reports: what was chosen, what is shown, and the files made of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.county.models import Group, Municipality, Unit
from participation.foundation.db import Base, Created, PublicId

TITLE_LENGTH = 200


class Report(PublicId, Created, Base):
    """A report for one group, municipality or unit.

    `snapshot`: all that it shows, frozen when it was made (rules/snapshot.py), with its `digest`.
    What is withdrawn is taken out of it: `version` counts, `cut_on` says when.
    """

    __tablename__ = "reports"
    __table_args__ = (
        CheckConstraint("state IN ('draft','building','ready')", name="state_known"),
        CheckConstraint(
            "(CASE WHEN group_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN municipality_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN unit_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="exactly_one_reader",
        ),
        CheckConstraint("period_to >= period_from", name="period_goes_forward"),
        CheckConstraint("NOT is_public OR state = 'ready'", name="public_is_ready"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("county_groups.id"), index=True)
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    introduction: Mapped[str] = mapped_column(Text, default="")
    period_from: Mapped[date]
    period_to: Mapped[date]
    parts: Mapped[list[str]]
    state: Mapped[str] = mapped_column(String(10), default="draft")
    version: Mapped[int] = mapped_column(default=1)
    snapshot: Mapped[dict[str, Any]] = mapped_column(default=dict)
    digest: Mapped[str] = mapped_column(String(64), default="")
    made_on: Mapped[date | None]
    cut_on: Mapped[date | None]
    job_public_id: Mapped[str | None] = mapped_column(String(12))
    is_public: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime | None]
    published_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id"), index=True
    )
    is_fictional: Mapped[bool] = mapped_column(default=False)

    group: Mapped[Group | None] = relationship(lazy="raise_on_sql")
    municipality: Mapped[Municipality | None] = relationship(lazy="raise_on_sql")
    unit: Mapped[Unit | None] = relationship(lazy="raise_on_sql")

    @property
    def is_draft(self) -> bool:
        return self.state == "draft"

    @property
    def is_ready(self) -> bool:
        return self.state == "ready"

    def reader_name(self, locale: str = "sv") -> str:
        """Whom it is for."""
        reader = self.group or self.municipality or self.unit
        return reader.name_in(locale) if reader else ""


class ReportFile(Base):
    """One file of a report, made from the snapshot with this `digest`."""

    __tablename__ = "report_files"

    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)
