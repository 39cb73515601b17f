"""The table of parts of the county, larger than municipalities: data, read from the county file."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from participation.county.models import KEY_LENGTH, FromCountyFile, Named
from participation.foundation.db import Base


class District(FromCountyFile, Named, Base):
    """Some neighbouring municipalities (their codes), for a spread over the county in few parts."""

    __tablename__ = "districts"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), unique=True)
    municipality_codes: Mapped[list[str]] = mapped_column(default=list)
    position: Mapped[int]
