"""What organisations hand to the pages of other floors."""

from participation.organisations.providers.own_data import ContactData

__all__ = ["ContactData"]
