"""Pages of reports: to read, to work with, and files."""

from participation.reports.views import files, reading, work
from participation.reports.views.blueprint import blueprint

__all__ = ["blueprint", "files", "reading", "work"]
