"""Tables of indicators: definitions, values with their history, and files taken in.

What a county file holds is never deleted by one; what somebody has written here, or taken in from
a file, no longer follows the county file (`layer` REGISTER or IMPORTED).
"""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from participation.county.models import KEY_LENGTH, NAME_LENGTH, FromCountyFile
from participation.foundation.crypto import EncryptedBytes, EncryptedText
from participation.foundation.db import Base, Created, PublicId
from participation.indicators.rules.definitions import Level
from participation.indicators.rules.importing import ImportState

PERIOD_LENGTH = 10  # "2025", "2025-H1", "2025-Q3", "2016/17"
AGE_BAND_LENGTH = 10  # "0-12", "80+"
REGISTER = "register"
IMPORTED = "import"

indicator_areas = Table(
    "indicator_areas",
    Base.metadata,
    Column("indicator_id", ForeignKey("indicators.id"), primary_key=True),
    Column("area_id", ForeignKey("areas.id"), primary_key=True, index=True),
)


class Indicator(FromCountyFile, PublicId, Base):
    """A measure with its definition; `counter_key`: the platform counts it itself.

    `outside_code` is what the source calls it (Kolada's id), `goal` the target in words,
    `counts_people` says that a value is itself a number of people. `retired_on`: not followed
    any more, still readable.
    """

    __tablename__ = "indicators"
    __table_args__ = (
        CheckConstraint("better IN ('higher','lower','none')", name="direction_known"),
        CheckConstraint("target_kind IN ('at_least','at_most')", name="target_kind_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("county_groups.id"), index=True)
    perspective_id: Mapped[int] = mapped_column(ForeignKey("perspectives.id"), index=True)
    unit: Mapped[str] = mapped_column(String(80))
    description: Mapped[str | None] = mapped_column(String(2000))
    source: Mapped[str | None] = mapped_column(String(500))
    source_url: Mapped[str | None] = mapped_column(String(500))
    outside_code: Mapped[str | None] = mapped_column(String(40), unique=True)
    numerator: Mapped[str | None] = mapped_column(String(500))
    denominator: Mapped[str | None] = mapped_column(String(500))
    caveats: Mapped[str | None] = mapped_column(String(2000))
    level: Mapped[str] = mapped_column(String(12), default=Level.COUNTY)
    better: Mapped[str] = mapped_column(String(6))
    goal: Mapped[str | None] = mapped_column(String(300))
    target_value: Mapped[float | None]
    target_kind: Mapped[str | None] = mapped_column(String(8))
    target_by: Mapped[str | None] = mapped_column(String(PERIOD_LENGTH))
    decimals: Mapped[int] = mapped_column(default=1)
    counts_people: Mapped[bool] = mapped_column(default=False)
    period_kind: Mapped[str] = mapped_column(String(12), default="year")
    counter_key: Mapped[str | None] = mapped_column(String(40))
    position: Mapped[int]
    retired_on: Mapped[date | None]
    retired_because: Mapped[str | None] = mapped_column(String(500))


class Measurement(FromCountyFile, Base):
    """One value of an indicator: period × municipality × sex × age band.

    `sex` is T (all), K or M; no `municipality_code` means the whole county. `has_break_before`:
    measured differently from the value before, so a line must not join them. `reference_label`
    marks a value of somebody else (the nation) to compare with. `is_withheld`: too few people
    stand behind it, or behind one that could be worked out from it; it is never shown.
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
    age_band: Mapped[str] = mapped_column(String(AGE_BAND_LENGTH), default="")
    reference_label: Mapped[str] = mapped_column(String(80), default="")
    value: Mapped[float]
    count_behind: Mapped[int | None]
    is_preliminary: Mapped[bool] = mapped_column(default=False)
    has_break_before: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None] = mapped_column(String(500))
    is_withheld: Mapped[bool] = mapped_column(default=False, server_default=false())
    import_id: Mapped[int | None] = mapped_column(ForeignKey("indicator_imports.id"), index=True)


class MeasurementRevision(Base):
    """What a value was before a file changed it. No `value`: there was none.

    `import_id` is the file that changed it; `is_undoing`: the change was taking that file back.
    `earlier_import_id` and `earlier_layer` say where the earlier value came from.
    """

    __tablename__ = "measurement_revisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    measurement_id: Mapped[int] = mapped_column(ForeignKey("measurements.id"), index=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("indicator_imports.id"), index=True)
    is_undoing: Mapped[bool] = mapped_column(default=False)
    replaced_at: Mapped[datetime]
    value: Mapped[float | None]
    count_behind: Mapped[int | None]
    is_preliminary: Mapped[bool]
    has_break_before: Mapped[bool]
    note: Mapped[str | None] = mapped_column(String(500))
    is_withheld: Mapped[bool]
    earlier_import_id: Mapped[int | None]
    earlier_layer: Mapped[str] = mapped_column(String(KEY_LENGTH))


class IndicatorImport(PublicId, Created, Base):
    """A file with values: read in a dry run, taken in whole after a yes, or given up.

    `content` and `report` go when it is done or given up; counts, name and digest stay as the
    log of what was taken in. `indicator_id`: what the values are of, when the file does not say.
    """

    __tablename__ = "indicator_imports"
    __table_args__ = (
        CheckConstraint(
            "state IN ('uploaded','checked','unreadable','running','done','undone','dropped')",
            name="state_known",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    created_by_account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    file_name: Mapped[str] = mapped_column(EncryptedText("indicator_imports.file_name"))
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes | None] = mapped_column(
        EncryptedBytes("indicator_imports.content"), deferred=True
    )
    state: Mapped[str] = mapped_column(String(12), default=ImportState.UPLOADED)
    indicator_id: Mapped[int | None] = mapped_column(ForeignKey("indicators.id"))
    perspective_id: Mapped[int | None] = mapped_column(ForeignKey("perspectives.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("county_groups.id"))
    headings: Mapped[list[str]] = mapped_column(default=list)
    columns: Mapped[dict[str, str]] = mapped_column(default=dict)  # field → heading
    report: Mapped[str | None] = mapped_column(Text, deferred=True)
    row_count: Mapped[int] = mapped_column(default=0)
    new_count: Mapped[int] = mapped_column(default=0)
    changed_count: Mapped[int] = mapped_column(default=0)
    same_count: Mapped[int] = mapped_column(default=0)
    rejected_count: Mapped[int] = mapped_column(default=0)
    ignored_count: Mapped[int] = mapped_column(default=0)
    defined_count: Mapped[int] = mapped_column(default=0)  # indicators the file brings along
    job_public_id: Mapped[str | None] = mapped_column(String(12))
    done_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    undone_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
