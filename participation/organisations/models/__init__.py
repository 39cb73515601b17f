"""Tables of what organisations do on the platform."""

from participation.organisations.models.contacts import ContactArea

__all__ = ["ContactArea"]
