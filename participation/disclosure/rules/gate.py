"""The gate: a draft and everything published before it → what may be shown, in words too.

It adjusts where it can (hides, merges, drops a label) and refuses where it cannot. Sentences are
for the coordinator who wants to publish; the payload is all that a reader ever sees.
"""

from collections.abc import Sequence
from typing import Any

from participation.disclosure.rules.drafts import (
    Decision,
    EarlierRelease,
    ReleaseDraft,
    ShownFigure,
)
from participation.disclosure.rules.outlook import Outlook, question_fate
from participation.disclosure.rules.ruled_findings import (
    ruled_figure,
    ruled_grounds,
    ruled_quote,
    ruled_voices,
)
from participation.disclosure.rules.ruled_tables import ruled_respondents, ruled_tables
from participation.disclosure.rules.ruled_themes import (
    agreement_of_shown,
    ruled_themes,
    told_of_themes,
)
from participation.disclosure.rules.ruling import (
    Ruling,
    ruled_breakdowns,
)
from participation.disclosure.rules.tables import Thresholds

PAYLOAD_VERSION = 1


def decide(
    draft: ReleaseDraft,
    earlier: Sequence[EarlierRelease],
    thresholds: Thresholds,
    figure: ShownFigure | None = None,
) -> Decision:
    """Rule on `draft`. `figure` is draft.figure as its release shows it; None: it does not."""
    ruling = Ruling()
    ruled_grounds(draft, ruling)
    tables = ruled_tables(draft, earlier, thresholds, ruling)
    tables = ruled_themes(draft, tables, earlier, thresholds, ruling)
    payload: dict[str, Any] = {
        "version": PAYLOAD_VERSION,
        "is_fictional": draft.is_fictional,
        **draft.content,
        "respondents": ruled_respondents(draft, tables, earlier, thresholds, ruling),
        "tables": [table.as_json() for table in tables],
        "breakdowns": [
            shown.as_json()
            for shown in ruled_breakdowns(draft, tables, earlier, thresholds, ruling)
        ],
        "figure": ruled_figure(draft, figure, ruling),
        "voices": ruled_voices(draft.voices, earlier, thresholds, ruling),
        "quotes": [ruled_quote(quote, thresholds, ruling) for quote in draft.quotes],
    }
    if draft.voice_counts:
        payload["voice_counts"] = told_of_themes(draft.voice_counts, tables)
        payload["agreement"] = agreement_of_shown(draft.agreement, tables)
    return Decision(
        payload=payload,
        refusals=tuple(dict.fromkeys(ruling.refusals)),
        adjustments=tuple(dict.fromkeys(ruling.adjustments)),
        outlook=Outlook(
            tells_respondents=payload["respondents"] is not None,
            questions=tuple(question_fate(table, ruling.hidden) for table in tables),
            breakdowns=tuple(ruling.breakdowns),
        ),
    )


def decide_beside(
    draft: ReleaseDraft,
    earlier: Sequence[EarlierRelease],
    seen: Sequence[EarlierRelease],
    thresholds: Thresholds,
    figure: ShownFigure | None = None,
) -> Decision:
    """As `decide`, beside what those who publish have `seen` of the source too, newest first.

    What they saw last is published just as they saw it: it tells them nothing more. Whatever
    differs from it in the least is ruled beside it, like a second release.
    """
    if seen:
        again = decide(draft, [*earlier, *seen[1:]], thresholds, figure)
        if again.shows_just(seen[0].payload):
            return again
    return decide(draft, [*earlier, *seen], thresholds, figure)
