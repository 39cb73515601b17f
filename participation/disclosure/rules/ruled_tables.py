"""The gate's rulings on the totals of a round: how many answered, and each question's table."""

from collections.abc import Sequence

from participation.disclosure.rules.drafts import (
    EarlierRelease,
    ReleaseDraft,
)
from participation.disclosure.rules.follow_ups import telling_follow_ups
from participation.disclosure.rules.ledger import table_clashes
from participation.disclosure.rules.outlook import Why
from participation.disclosure.rules.ruling import (
    Ruling,
    clash_sentence,
    same_source,
)
from participation.disclosure.rules.skips import telling_of_skips
from participation.disclosure.rules.suppression import shown_table
from participation.disclosure.rules.tables import ShownTable, Table, Thresholds
from participation.disclosure.rules.who_wrote import beside, is_whole_told
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import ngettext


def ruled_respondents(
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
    others = beside(draft, earlier)
    if not draft.voice_counts and is_whole_told(draft.respondents, others, thresholds):
        ruling.adjustments.append(
            _(
                "How many answered in all is left out: beside the published themes it would show "
                "how few did not write."
            )
        )
        return None
    shown_before = [
        release.respondents
        for release in same_source(draft, earlier)
        if release.respondents is not None and release not in others
    ]
    if any(thresholds.is_small(draft.respondents - before) for before in shown_before):
        ruling.refusals.append(_too_close_sentence(thresholds))
    return draft.respondents


def ruled_tables(
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
    shown = _beside_who_wrote(draft, shown, earlier, thresholds, ruling)
    for release in same_source(draft, earlier):
        for old in release.tables:
            for new in shown:
                if new.key == old.key and table_clashes(old, new, thresholds):
                    ruling.refusals.append(clash_sentence(release.number, thresholds))
    return shown


def _beside_who_wrote(
    draft: ReleaseDraft,
    shown: Sequence[ShownTable],
    earlier: Sequence[EarlierRelease],
    thresholds: Thresholds,
    ruling: Ruling,
) -> list[ShownTable]:
    """Questions that nearly as many answered as wrote go; themes have no other number, so they are
    refused: nothing that comes later takes back what was told.
    """
    others = beside(draft, earlier)
    close = {
        one.key for one in shown if one.n is not None and is_whole_told(one.n, others, thresholds)
    }
    if close and draft.voice_counts:
        ruling.refusals.append(
            _(
                "Nearly as many wrote as answered. Beside the round's published numbers the "
                "themes would show how few did not write. Waiting does not help: these themes "
                "cannot be published."
            )
        )
        return list(shown)
    ruling.hidden.update(dict.fromkeys(close, Why.WROTE))
    return [one.whole_hidden() if one.key in close else one for one in shown]


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
    found = {key for attribute, key in draft.withheld if not attribute}
    gone = {
        **dict.fromkeys(skipped, Why.SKIPPED),
        **dict.fromkeys(looked, Why.LOOKED),
        **dict.fromkeys(found, Why.ATTACKED),
    }
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
