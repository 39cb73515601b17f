"""Tables of indicators. Those of a county file are never deleted by one."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.county.models import KEY_LENGTH, NAME_LENGTH, FromCountyFile
from participation.foundation.db import Base, PublicId

PERIOD_LENGTH = 10  # "2025", "2025-H1", "2025-Q3", "2016/17"


class Indicator(FromCountyFile, PublicId, Base):
    """A measure with its definition; `counter_key`: the platform counts it itself."""

    __tablename__ = "indicators"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("county_groups.id"), index=True)
    perspective_id: Mapped[int] = mapped_column(ForeignKey("perspectives.id"), index=True)
    unit: Mapped[str] = mapped_column(String(80))
    description: Mapped[str | None] = mapped_column(String(2000))
    source: Mapped[str | None] = mapped_column(String(500))
    better: Mapped[str] = mapped_column(String(6))
    goal: Mapped[str | None] = mapped_column(String(300))
    period_kind: Mapped[str] = mapped_column(String(12), default="year")
    counter_key: Mapped[str | None] = mapped_column(String(40))
    position: Mapped[int]


class Measurement(FromCountyFile, Base):
    """One value of an indicator: period × municipality × sex × age band.

    `sex` is T (all), K or M; no `municipality_code` means the whole county. `has_break_before`:
    measured differently from the value before, so a line must not join them. `reference_label`
    marks a value of somebody else (the nation) to compare with.
    """

    __tablename__ = "measurements"
    __table_args__ = (
        UniqueConstraint(
            "indicator_id", "period", "municipality_code", "sex", "age_band", "reference_label"
        ),
        CheckConstraint("sex IN ('T', 'K', 'M')", name="known_sex"),
        Index("ix_measurements_series", "indicator_id", "municipality_code", "sex", "period"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicators.id"))
    period: Mapped[str] = mapped_column(String(PERIOD_LENGTH))
    municipality_code: Mapped[str] = mapped_column(String(4), default="")
    sex: Mapped[str] = mapped_column(String(1), default="T")
    age_band: Mapped[str] = mapped_column(String(10), default="")
    reference_label: Mapped[str] = mapped_column(String(80), default="")
    value: Mapped[float]
    count_behind: Mapped[int | None]
    is_preliminary: Mapped[bool] = mapped_column(default=False)
    has_break_before: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None] = mapped_column(String(500))
