"""Writes of the county: loading a file."""

from participation.county.services.load import (
    BrokenCountyFile,
    CountyReport,
    CountySection,
    load_county,
)
from participation.county.services.upsert import SectionCounts, Upsert

__all__ = [
    "BrokenCountyFile",
    "CountyReport",
    "CountySection",
    "SectionCounts",
    "Upsert",
    "load_county",
]
