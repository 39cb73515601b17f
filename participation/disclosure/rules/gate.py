"""The gate: a draft and everything published before it → what may be shown, in words too.

It adjusts where it can (hides, merges, drops a label) and refuses where it cannot. Sentences are
for the coordinator who wants to publish; the payload is all that a reader ever sees.
"""

from collections.abc import Sequence
from typing import Any

from participation.disclosure.rules.drafts import (
    Decision,
    EarlierRelease,
    QuoteDraft,
    ReleaseDraft,
    ShownFigure,
    VoiceCount,
)
from participation.disclosure.rules.follow_ups import telling_follow_ups
from participation.disclosure.rules.ledger import table_clashes, voice_clash
from participation.disclosure.rules.outlook import Outlook, Why, question_fate
from participation.disclosure.rules.ruling import (
    Ruling,
    clash_sentence,
    ruled_breakdowns,
    same_source,
)
from participation.disclosure.rules.skips import telling_of_skips
from participation.disclosure.rules.suppression import shown_table
from participation.disclosure.rules.tables import ShownTable, Table, Thresholds
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext

PAYLOAD_VERSION = 1


def decide(
    draft: ReleaseDraft,
    earlier: Sequence[EarlierRelease],
    thresholds: Thresholds,
    figure: ShownFigure | None = None,
) -> Decision:
    """Rule on `draft`. `figure` is draft.figure as its release shows it; None: it does not."""
    ruling = Ruling()
    tables = _tables(draft, earlier, thresholds, ruling)
    payload: dict[str, Any] = {
        "version": PAYLOAD_VERSION,
        "is_fictional": draft.is_fictional,
        **draft.content,
        "respondents": _respondents(draft, tables, earlier, thresholds, ruling),
        "tables": [table.as_json() for table in tables],
        "breakdowns": [
            shown.as_json()
            for shown in ruled_breakdowns(draft, tables, earlier, thresholds, ruling)
        ],
        "figure": _figure(draft, figure, ruling),
        "voices": _voices(draft.voices, earlier, thresholds, ruling),
        "quotes": [_quote(quote, thresholds, ruling) for quote in draft.quotes],
    }
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


# ---------------------------------------------------------------- tables


def _respondents(
    draft: ReleaseDraft,
    tables: Sequence[ShownTable],
    earlier: Sequence[EarlierRelease],
    thresholds: Thresholds,
    ruling: Ruling,
) -> int | None:
    """How many answered at all, where that gives away nobody who skipped a question.

    412 answered the round and 410 of them a question: two people skipped it. Then the round's
    number is left out, and each question's own number stands alone.
    """
    if not draft.tables:
        return None
    if draft.respondents < thresholds.minimum:
        ruling.refusals.append(
            _(
                "Fewer than %(minimum)s people have answered. Nothing can be published.",
                minimum=thresholds.minimum,
            )
        )
        return None
    if any(thresholds.is_small(draft.respondents - (table.n or 0)) for table in tables):
        ruling.adjustments.append(
            _(
                "How many answered in all is left out: a question that only a few skipped would "
                "show how many they were. Each question shows its own number."
            )
        )
        return None
    shown_before = [
        release.respondents
        for release in same_source(draft, earlier)
        if release.respondents is not None
    ]
    if any(thresholds.is_small(draft.respondents - before) for before in shown_before):
        ruling.refusals.append(_too_close_sentence(thresholds))
    return draft.respondents


def _tables(
    draft: ReleaseDraft,
    earlier: Sequence[EarlierRelease],
    thresholds: Thresholds,
    ruling: Ruling,
) -> list[ShownTable]:
    shown = [shown_table(table, thresholds) for table in draft.tables]
    for table, result in zip(draft.tables, shown, strict=True):
        ruling.adjustments.extend(_table_sentences(table, result, thresholds))
    telling = telling_follow_ups(draft, shown, thresholds)
    ruling.hidden.update(dict.fromkeys(telling, Why.FOLLOW_UP))
    ruling.adjustments.extend(_telling_sentence(one) for one in shown if one.key in telling)
    shown = [one.whole_hidden() if one.key in telling else one for one in shown]
    shown = _beside_the_known(draft, shown, thresholds, ruling)
    for release in same_source(draft, earlier):
        for old in release.tables:
            for new in shown:
                if new.key == old.key and table_clashes(old, new, thresholds):
                    ruling.refusals.append(clash_sentence(release.number, thresholds))
    return shown


def _beside_the_known(
    draft: ReleaseDraft, shown: Sequence[ShownTable], thresholds: Thresholds, ruling: Ruling
) -> list[ShownTable]:
    """What goes because of questions that all must answer, and of what staff have seen."""
    looked = {key for look in draft.looks if look.is_close for key in look.questions}
    if any(look.is_close and not look.nodes for look in draft.looks):
        ruling.refusals.append(
            _(
                "Answers have come or been taken back since the answers were taken out row by "
                "row, but fewer than %(minimum)s. Side by side the two would show what those few "
                "answered. Wait until more has changed.",
                minimum=thresholds.minimum,
            )
        )
    told = [
        table
        for table, result in zip(draft.tables, shown, strict=True)
        if not result.is_hidden and table.key not in looked
    ]
    skipped = telling_of_skips(told, draft.respondents, thresholds)
    gone = {**dict.fromkeys(skipped, Why.SKIPPED), **dict.fromkeys(looked, Why.LOOKED)}
    ruling.hidden.update({one.key: gone[one.key] for one in shown if one.key in gone})
    return [one.whole_hidden() if one.key in gone else one for one in shown]


def _table_sentences(table: Table, shown: ShownTable, thresholds: Thresholds) -> list[str]:
    title = table.title
    if shown.is_hidden and table.n < thresholds.minimum:
        return [
            _(
                "“%(title)s” is hidden: fewer than %(minimum)s people answered it.",
                title=title,
                minimum=thresholds.minimum,
            )
        ]
    if shown.is_hidden:
        return [_("“%(title)s” is hidden: everybody gave the same sensitive answer.", title=title)]
    sentences = []
    if shown.is_merged:
        sentences.append(
            _(
                "“%(title)s” is shown in fewer steps, because fewer than %(limit)s people "
                "answered it.",
                title=title,
                limit=thresholds.merge_below,
            )
        )
    hidden = sum(cell.count is None for cell in shown.cells)
    if hidden:
        sentences.append(
            ngettext(
                "“%(title)s”: one answer is hidden, so that nobody in a small group is shown.",
                "“%(title)s”: %(num)s answers are hidden, so that nobody in a small group is "
                "shown and the hidden ones cannot be worked out.",
                hidden,
                title=title,
            )
        )
    return sentences


def _telling_sentence(shown: ShownTable) -> str:
    return _(
        "“%(title)s” is hidden: only some were asked it, and how many they are would show what a "
        "few answered to the question before.",
        title=shown.title,
    )


def _too_close_sentence(thresholds: Thresholds) -> str:
    return _(
        "Fewer than %(minimum)s answers differ from what was shown before. Side by side the "
        "two would show what those few answered. Wait until more has changed.",
        minimum=thresholds.minimum,
    )


# ---------------------------------------------------------------- findings


def _figure(
    draft: ReleaseDraft, figure: ShownFigure | None, ruling: Ruling
) -> dict[str, Any] | None:
    if draft.figure is None:
        return None
    if figure is None:
        ruling.refusals.append(
            _("The number is hidden in the publication it comes from. Choose another answer.")
        )
        return None
    return figure.as_json()


def _voices(
    voices: VoiceCount | None,
    earlier: Sequence[EarlierRelease],
    thresholds: Thresholds,
    ruling: Ruling,
) -> dict[str, Any] | None:
    if voices is None:
        return None
    if voices.count < thresholds.minimum:
        ruling.refusals.append(
            _(
                "Fewer than %(minimum)s people say this in the coded texts. Wait for more voices, "
                "or choose codes that more people share.",
                minimum=thresholds.minimum,
            )
        )
        return None
    if thresholds.is_small(voices.n - voices.count):
        ruling.adjustments.append(
            _("Almost everybody says this, so the number of texts is not shown: the few are few.")
        )
        return voices.as_json(with_count=False, with_n=False)
    if any(voice_clash(release.voices, voices, thresholds) for release in earlier):
        ruling.adjustments.append(
            _(
                "The number of texts is not shown: beside an earlier finding about the same texts "
                "it would show a group of fewer than %(minimum)s.",
                minimum=thresholds.minimum,
            )
        )
        return voices.as_json(with_count=False, with_n=False)
    return voices.as_json()


def _quote(quote: QuoteDraft, thresholds: Thresholds, ruling: Ruling) -> dict[str, Any]:
    """A quote labelled with a small group is a cell of one: the label goes."""
    if not quote.is_approved:
        ruling.refusals.append(
            _(
                "A quote has not been approved: “%(start)s”. Somebody must read it and see that "
                "it points to nobody.",
                start=quote.text[:60],
            )
        )
    if quote.voices < thresholds.minimum:
        ruling.refusals.append(
            _(
                "A quote comes from a material with fewer than %(minimum)s voices. "
                "It cannot be published.",
                minimum=thresholds.minimum,
            )
        )
    role = quote.role
    if role is not None and quote.voices_in_role < thresholds.minimum:
        role = None
        ruling.adjustments.append(
            _(
                "A quote is shown without its role: fewer than %(minimum)s people in the material "
                "have that role.",
                minimum=thresholds.minimum,
            )
        )
    return {"text": quote.text, "language": quote.language, "role": role}
