"""Writes of what organisations do."""

from participation.organisations.services.contacts import (
    add_contact_person,
    forget_contact,
    remove_contact_person,
    set_contact_areas,
)

__all__ = [
    "add_contact_person",
    "forget_contact",
    "remove_contact_person",
    "set_contact_areas",
]
