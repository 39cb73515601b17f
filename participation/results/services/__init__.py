"""Writes of results: findings, their quotes, and publications through the gate."""

from participation.results.services.exporting import order_export
from participation.results.services.findings import (
    choose_figure,
    draft_finding,
    drop_figure,
    revise_finding,
)
from participation.results.services.publishing import (
    forget_quotes,
    preview_finding,
    publish_finding,
    withdraw_finding,
)
from participation.results.services.quotes import add_quote, approve_quote, drop_quote, suspicions
from participation.results.services.rounds import (
    attributes_to_publish,
    newest_figures,
    order_round_preview,
    order_round_publication,
    preview_round,
    publish_round,
    show_round,
    state_of,
    withdraw_round,
)

__all__ = [
    "add_quote",
    "approve_quote",
    "attributes_to_publish",
    "choose_figure",
    "draft_finding",
    "drop_figure",
    "drop_quote",
    "forget_quotes",
    "newest_figures",
    "order_export",
    "order_round_preview",
    "order_round_publication",
    "preview_finding",
    "preview_round",
    "publish_finding",
    "publish_round",
    "revise_finding",
    "show_round",
    "state_of",
    "suspicions",
    "withdraw_finding",
    "withdraw_round",
]
