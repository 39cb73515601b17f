"""Writes of fair selection; the floors above import from here.

A floor above begins with `prepare_draw`, is told by the event `draw_made`, reads `panel_of` and
`alternates_of` (selection.queries), and calls `draw_replacement` when somebody drawn leaves; the
event `place_in_draw_left` then says who left and who came.
"""

from participation.selection.services.drawing import (
    ChancesNotReady,
    PoolChanged,
    TooEarly,
    cancel_draw,
    close_draw,
    enter_seed,
    make_draw,
    note_observer,
    publish_pool,
)
from participation.selection.services.households import (
    forget_household,
    leave_household,
    note_household,
)
from participation.selection.services.leaving import forget_in_draws
from participation.selection.services.preparing import (
    DrawUnderWay,
    QuotasNotTried,
    TooFewCandidates,
    agree_on_quotas,
    choose_features,
    prepare_draw,
    price_quotas,
    relax_quota,
    reopen_quotas,
    set_quotas,
)
from participation.selection.services.replacing import (
    ReplacementUnderWay,
    accept_swap,
    draw_replacement,
    refuse_swap,
)

__all__ = [
    "ChancesNotReady",
    "DrawUnderWay",
    "PoolChanged",
    "QuotasNotTried",
    "ReplacementUnderWay",
    "TooEarly",
    "TooFewCandidates",
    "accept_swap",
    "agree_on_quotas",
    "cancel_draw",
    "choose_features",
    "close_draw",
    "draw_replacement",
    "enter_seed",
    "forget_household",
    "forget_in_draws",
    "leave_household",
    "make_draw",
    "note_household",
    "note_observer",
    "prepare_draw",
    "price_quotas",
    "publish_pool",
    "refuse_swap",
    "relax_quota",
    "reopen_quotas",
    "set_quotas",
]
