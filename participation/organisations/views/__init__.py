"""Pages of organisations."""

from participation.organisations.views import adoption, contacts, public
from participation.organisations.views.blueprint import organisations

__all__ = ["adoption", "contacts", "organisations", "public"]
