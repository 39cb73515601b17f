"""The gate's word after the attack: what was left out because of it, and why nothing may go out."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from participation.disclosure.rules.attack.bounds import never
from participation.disclosure.rules.attack.proof import Attack, proven
from participation.disclosure.rules.drafts import (
    Decision,
    EarlierRelease,
    ReleaseDraft,
    ShownFigure,
)
from participation.disclosure.rules.gate import decide_beside
from participation.disclosure.rules.tables import Thresholds
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext


def decide_proven(
    draft: ReleaseDraft,
    earlier: Sequence[EarlierRelease],
    seen: Sequence[EarlierRelease],
    thresholds: Thresholds,
    figure: ShownFigure | None = None,
    *,
    is_late: Callable[[], bool] = never,
) -> Decision:
    """As `decide_beside`, and then attacked: it hides as much or more, and never less.

    `is_late`: whether the time for it is over; what is not proven is refused.
    """
    proof = proven(
        draft,
        lambda asked: decide_beside(asked, earlier, seen, thresholds, figure),
        [*earlier, *seen],
        thresholds,
        is_late,
    )
    refusals = (*proof.decision.refusals, *_refusals(proof.attack, thresholds))
    told = _told(len(proof.withheld), thresholds) if proof.withheld else ()
    return replace(
        proof.decision, refusals=refusals, adjustments=(*proof.decision.adjustments, *told)
    )


def _refusals(attack: Attack, thresholds: Thresholds) -> tuple[str, ...]:
    """Names no question: which of them told of a few would tell what they answered."""
    if attack.waves:
        return (
            _(
                "Too little has changed since what was shown before. Side by side the two would "
                "show what fewer than %(minimum)s people answered. Wait until more has changed.",
                minimum=thresholds.minimum,
            ),
        )
    if not attack.is_over:
        return (
            _(
                "There are too many tables to make sure that nobody can be worked out from all of "
                "them together. Publish with fewer breakdowns."
            ),
        )
    if not attack.is_held:
        return (
            _(
                "All the numbers together would let somebody work out what fewer than "
                "%(minimum)s people answered. Publish with fewer breakdowns.",
                minimum=thresholds.minimum,
            ),
        )
    return ()


def _told(withheld: int, thresholds: Thresholds) -> tuple[str]:
    return (
        ngettext(
            "%(num)s table is left out: all the numbers together would let somebody work out what "
            "fewer than %(minimum)s people answered.",
            "%(num)s tables are left out: all the numbers together would let somebody work out "
            "what fewer than %(minimum)s people answered.",
            withheld,
            minimum=thresholds.minimum,
        ),
    )
