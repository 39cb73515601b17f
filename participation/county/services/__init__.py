"""Writes of the county: loading a file, and who adopts the participation model."""

from participation.county.services.adoptions import (
    AdoptionDecision,
    correct_adoption,
    end_adoption,
    record_adoption,
)
from participation.county.services.load import (
    BrokenCountyFile,
    CountyReport,
    CountySection,
    load_county,
)
from participation.county.services.upsert import SectionCounts, Upsert

__all__ = [
    "AdoptionDecision",
    "BrokenCountyFile",
    "CountyReport",
    "CountySection",
    "SectionCounts",
    "Upsert",
    "correct_adoption",
    "end_adoption",
    "load_county",
    "record_adoption",
]
