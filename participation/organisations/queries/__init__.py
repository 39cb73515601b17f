"""Reads of organisations, their contact persons and what they have going on."""

from participation.organisations.queries.adoption import (
    Adopter,
    adopter_lines,
    managed_organisation,
    running_activities_of,
)
from participation.organisations.queries.contacts import (
    ContactPerson,
    contact_person,
    contact_persons,
    own_contact_areas,
)

__all__ = [
    "Adopter",
    "ContactPerson",
    "adopter_lines",
    "contact_person",
    "contact_persons",
    "managed_organisation",
    "own_contact_areas",
    "running_activities_of",
]
