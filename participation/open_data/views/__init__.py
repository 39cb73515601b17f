"""Open data through HTTP: the API, its documents, and the page about it."""

from participation.open_data.views import answers, datasets, documents, page
from participation.open_data.views.blueprint import api, open_data

__all__ = ["answers", "api", "datasets", "documents", "open_data", "page"]
