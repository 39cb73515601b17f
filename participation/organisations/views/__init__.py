"""Pages of organisations."""

from participation.organisations.views import (
    adoption,
    applications,
    contacts,
    dialogues,
    nominations,
    public,
    workspace,
)
from participation.organisations.views.blueprint import adoptions, organisations

__all__ = [
    "adoption",
    "adoptions",
    "applications",
    "contacts",
    "dialogues",
    "nominations",
    "organisations",
    "public",
    "workspace",
]
