"""Tables of the rates, all of it data from the county file."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.county.models import KEY_LENGTH, NAME_LENGTH, FromCountyFile
from participation.foundation.db import Base


class BaseAmount(FromCountyFile, Base):
    """The base amount (prisbasbelopp) of one year, in öre."""

    __tablename__ = "base_amounts"
    __table_args__ = (
        UniqueConstraint("layer", "year"),
        CheckConstraint("amount_ore > 0", name="amount_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    amount_ore: Mapped[int]
    source: Mapped[str | None] = mapped_column(String(300))


class RateTable(FromCountyFile, Base):
    """One version of the rates, in force from a day until the next version.

    `claim_days`: how long after the activity somebody may claim. `number_kept_days`: how long
    personal number and account are kept once the money is paid. Time is counted in `step_minutes`.
    """

    __tablename__ = "rate_tables"
    __table_args__ = (UniqueConstraint("layer", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    valid_from: Mapped[date] = mapped_column(index=True)
    source: Mapped[str | None] = mapped_column(String(500))
    is_example: Mapped[bool] = mapped_column(default=False)
    step_minutes: Mapped[int]
    claim_days: Mapped[int]
    number_kept_days: Mapped[int]

    rates: Mapped[list["RateRow"]] = relationship(lazy="raise_on_sql", order_by="RateRow.position")


class RateRow(FromCountyFile, Base):
    """One rate: a sum in öre, or thousandths of a per cent of the year's base amount."""

    __tablename__ = "rates"
    __table_args__ = (
        UniqueConstraint("rate_table_id", "kind"),
        CheckConstraint(
            "kind IN ('hour','half_day','full_day','preparation','travel_time','mileage',"
            "'lost_income','other_cost')",
            name="kind_known",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rate_table_id: Mapped[int] = mapped_column(ForeignKey("rate_tables.id"))
    kind: Mapped[str] = mapped_column(String(16))
    amount_ore: Mapped[int | None]
    percent_thousandths: Mapped[int | None]
    cap_ore: Mapped[int | None]
    up_to_minutes: Mapped[int | None]
    is_taxable: Mapped[bool]
    needs_proof: Mapped[bool]
    position: Mapped[int]
