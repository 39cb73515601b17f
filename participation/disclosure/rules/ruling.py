"""The gate on breakdowns: which may stand beside what is published already, and why not."""

from collections.abc import Sequence

from participation.disclosure.rules.breakdowns import (
    Breakdown,
    ShownBreakdown,
    breakdown_clashes,
    shown_breakdown,
    skips_are_told,
    telling_together,
)
from participation.disclosure.rules.drafts import EarlierRelease, ReleaseDraft
from participation.disclosure.rules.looks import unbroken
from participation.disclosure.rules.outlook import BreakdownFate, Why, breakdown_fate
from participation.disclosure.rules.skips import telling_by_group
from participation.disclosure.rules.tables import ShownTable, Table, Thresholds
from participation.disclosure.rules.who_wrote import are_groups_told, beside, is_asker_told
from participation.foundation.i18n import gettext as _
from participation.foundation.i18n import mid_sentence, ngettext


class Ruling:
    """Collects sentences while the gate works, and what becomes of the breakdowns.

    `hidden`: why questions are hidden that would be shown by themselves.
    """

    def __init__(self) -> None:
        self.refusals: list[str] = []
        self.adjustments: list[str] = []
        self.hidden: dict[str, Why] = {}
        self.breakdowns: list[BreakdownFate] = []


def same_source(draft: ReleaseDraft, earlier: Sequence[EarlierRelease]) -> list[EarlierRelease]:
    """What was published of the same round, withdrawn or not, or of the same people beside it."""
    sources = {(draft.source_kind, draft.source_public_id), *draft.beside}
    return [one for one in earlier if (one.source_kind, one.source_public_id) in sources]


def ruled_breakdowns(
    draft: ReleaseDraft,
    tables: Sequence[ShownTable],
    earlier: Sequence[EarlierRelease],
    thresholds: Thresholds,
    ruling: Ruling,
) -> list[ShownBreakdown]:
    """The breakdowns of `draft` as they may be published beside its shown `tables`."""
    before = same_source(draft, earlier)
    wrote_or_answered = beside(draft, earlier)
    published = {one.subject: one.attribute for release in before for one in release.breakdowns}
    found: list[ShownBreakdown] = []
    for breakdown in draft.breakdowns:
        if published.setdefault(breakdown.subject, breakdown.attribute) != breakdown.attribute:
            ruling.adjustments.append(_rival_sentence(breakdown))
            left_out = BreakdownFate(attribute=breakdown.attribute, why=(Why.RIVAL,))
            ruling.breakdowns.append(left_out)
            continue
        totals = list(zip(draft.tables, tables, strict=True))
        gone = _left_out(draft, breakdown, tables, before, thresholds)
        kept = [pair for pair in totals if pair[0].key not in gone]
        by_row = {key for attribute, key in draft.by_row if attribute == breakdown.attribute}
        shown = shown_breakdown(breakdown, kept, thresholds, by_row)
        others = [*found, *(one for release in before for one in release.breakdowns)]
        crossed = _crossed(draft, shown, others, thresholds)
        if crossed:
            gone |= dict.fromkeys(crossed, Why.CROSSED)
            kept = [pair for pair in kept if pair[0].key not in crossed]
            shown = shown_breakdown(breakdown, kept, thresholds, by_row)
        is_asked_before = bool(draft.voice_counts) and is_asker_told(
            breakdown.question_key, wrote_or_answered
        )
        if is_asked_before or are_groups_told(shown, tables, wrote_or_answered, thresholds):
            ruling.adjustments.append(_wrote_sentence(breakdown))
            ruling.breakdowns.append(BreakdownFate(attribute=breakdown.attribute, why=(Why.WROTE,)))
            continue
        told = sum(why is Why.SIZES for why in gone.values())
        ruling.adjustments.extend(_sentences(breakdown, shown, told))
        ruling.breakdowns.append(breakdown_fate(breakdown, shown, totals, gone))
        if shown is not None:
            ruling.refusals.extend(_clashes(shown, tables, before, thresholds))
            found.append(shown)
    return found


def _crossed(
    draft: ReleaseDraft,
    shown: ShownBreakdown | None,
    others: Sequence[ShownBreakdown],
    thresholds: Thresholds,
) -> frozenset[str]:
    """Questions that would tell, beside another breakdown, how few are in two groups at once."""
    many = {table.key for table in draft.tables if table.is_many}
    return frozenset(
        key
        for other in others
        if shown is not None and other.attribute != shown.attribute
        for key in telling_together(other, shown, many, thresholds)
    )


def _left_out(
    draft: ReleaseDraft,
    breakdown: Breakdown,
    tables: Sequence[ShownTable],
    before: Sequence[EarlierRelease],
    thresholds: Thresholds,
) -> dict[str, Why]:
    """Questions that this breakdown cannot show because of what else is known, and why."""
    shown = [
        table for table, total in zip(draft.tables, tables, strict=True) if not total.is_hidden
    ]
    gone = {
        table.key: Why.SIZES
        for table in shown
        if _is_told(breakdown, table, tables, before, thresholds)
    }
    withheld = {key for attribute, key in draft.withheld if attribute == breakdown.attribute}
    gone |= dict.fromkeys(withheld, Why.ATTACKED)
    keys = [one.key for one in shown if one.key in breakdown.rows and one.key not in gone]
    gone |= dict.fromkeys(unbroken(draft.looks, breakdown.node, keys), Why.LOOKED)
    left = [one for one in shown if one.key not in gone]
    skipped = telling_by_group(breakdown, left, draft.respondents, thresholds)
    return {**gone, **dict.fromkeys(skipped, Why.SKIPPED)}


def _is_told(
    breakdown: Breakdown,
    table: Table,
    tables: Sequence[ShownTable],
    before: Sequence[EarlierRelease],
    thresholds: Thresholds,
) -> bool:
    """Whether published sizes of the groups would show how few of one skipped the question."""
    if not breakdown.question_key or table.key not in breakdown.rows:
        return False
    own = [*tables, *(one for release in before for one in release.tables)]
    for one in own:
        if one.key == breakdown.question_key and not one.is_hidden:
            sizes = [one.count_of(group.asked_as) for group in breakdown.groups]
            if skips_are_told(breakdown, table.key, sizes, thresholds):
                return True
    return False


def clash_sentence(number: int | None, thresholds: Thresholds) -> str:
    """Names no question: which of them changed would tell what those few answered."""
    if number is None:
        return _(
            "Too little has changed since somebody here saw the figures. Side by side the two "
            "would show what fewer than %(minimum)s people answered. Wait until more has changed.",
            minimum=thresholds.minimum,
        )
    return _(
        "Too little has changed since publication %(number)s. Side by side the two would show "
        "what fewer than %(minimum)s people answered. Wait until more has changed.",
        number=number,
        minimum=thresholds.minimum,
    )


def _rival_sentence(breakdown: Breakdown) -> str:
    return _(
        "“%(title)s” is left out: another breakdown of this round has been shown, and its groups "
        "lie within these. Side by side they would show small groups.",
        title=breakdown.title,
    )


def _wrote_sentence(breakdown: Breakdown) -> str:
    return _(
        "“%(title)s” is left out: it would show how few in a group did not write, beside how many "
        "answered in each group.",
        title=breakdown.title,
    )


def _sentences(breakdown: Breakdown, shown: ShownBreakdown | None, told: int) -> list[str]:
    title = breakdown.title
    if shown is None:
        return [_("“%(title)s” is left out: only one group is large enough.", title=title)]
    sentences = []
    together = [group.label for group in shown.groups if len(group.codes) > 1]
    if together:
        sentences.append(
            _(
                "“%(title)s”: small groups are put together (%(names)s).",
                title=title,
                names=mid_sentence("; ".join(together)),
            )
        )
    hidden = sum(
        row.counts is None or None in row.counts for table in shown.tables for row in table.rows
    )
    if hidden:
        sentences.append(
            ngettext(
                "“%(title)s”: %(num)s row is hidden or shown in part, so that nobody in a small "
                "group is shown.",
                "“%(title)s”: %(num)s rows are hidden or shown in part, so that nobody in a "
                "small group is shown.",
                hidden,
                title=title,
            )
        )
    if told:
        sentences.append(
            ngettext(
                "“%(title)s”: %(num)s question is left out, since the size of the groups is "
                "published and would show who skipped it.",
                "“%(title)s”: %(num)s questions are left out, since the size of the groups is "
                "published and would show who skipped them.",
                told,
                title=title,
            )
        )
    return sentences


def _clashes(
    shown: ShownBreakdown,
    tables: Sequence[ShownTable],
    before: Sequence[EarlierRelease],
    thresholds: Thresholds,
) -> list[str]:
    totals = {table.key: table for table in tables}
    return [
        clash_sentence(release.number, thresholds)
        for release in before
        for old in release.breakdowns
        if old.attribute == shown.attribute
        if breakdown_clashes(
            old, shown, ({one.key: one for one in release.tables}, totals), thresholds
        )
    ]
