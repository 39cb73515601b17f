"""Pages of results: the workroom of findings, and what everybody may read."""

from participation.results.views import (
    crossing,
    exports,
    figure_choice,
    figures,
    findings,
    papers,
    public,
    published_files,
    quotes,
    rounds,
    themes,
    verdicts,
    writing,
)
from participation.results.views.blueprint import blueprint

__all__ = [
    "blueprint",
    "crossing",
    "exports",
    "figure_choice",
    "figures",
    "findings",
    "papers",
    "public",
    "published_files",
    "quotes",
    "rounds",
    "themes",
    "verdicts",
    "writing",
]
