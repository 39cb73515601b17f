"""Pages of results: the workroom of findings, and what everybody may read."""

from participation.results.views import (
    crossing,
    exports,
    figures,
    findings,
    papers,
    public,
    published_files,
    quotes,
    rounds,
)
from participation.results.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "crossing",
    "exports",
    "figures",
    "findings",
    "papers",
    "public",
    "published_files",
    "quotes",
    "rounds",
]
