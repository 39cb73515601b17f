"""The gate's rulings on how many say something about each theme, beside findings on those texts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from participation.disclosure.rules.drafts import EarlierRelease, ReleaseDraft, VoiceCount
from participation.disclosure.rules.ledger import voices_clash
from participation.disclosure.rules.ruling import Ruling
from participation.disclosure.rules.tables import ShownTable, Thresholds
from participation.foundation.i18n import gettext as _

NO_CODES = frozenset[str]()


def ruled_themes(
    draft: ReleaseDraft,
    tables: Sequence[ShownTable],
    earlier: Sequence[EarlierRelease],
    thresholds: Thresholds,
    ruling: Ruling,
) -> list[ShownTable]:
    """`tables`, where a theme is hidden whose number would tell of a few beside an earlier one.

    How many wrote at all stands in every row: where that alone would tell, nothing is published.
    """
    if not draft.voice_counts:
        return list(tables)
    told = [one for release in earlier for one in release.voices_told]
    everybody = next(iter(draft.voice_counts.values()))
    if voices_clash(told, replace(everybody, codes=NO_CODES, count=everybody.n), thresholds):
        ruling.refusals.append(
            _(
                "A finding that is published counts voices in some of these texts and not in "
                "others, or when they were fewer. Side by side the two could show a group of "
                "fewer than %(minimum)s.",
                minimum=thresholds.minimum,
            )
        )
        return list(tables)
    clashing = {
        code
        for code, voices in draft.voice_counts.items()
        if voices_clash(told, voices, thresholds)
    }
    hidden = {
        cell.label
        for table in tables
        for cell in table.cells
        if cell.count is not None and clashing.issuperset(cell.codes)
    }
    for name in sorted(hidden):
        ruling.adjustments.append(
            _(
                "“%(theme)s” is hidden: beside an earlier finding about the same texts its number "
                "could show a group of fewer than %(minimum)s.",
                theme=name,
                minimum=thresholds.minimum,
            )
        )
    return [_without(table, clashing) for table in tables]


def _without(table: ShownTable, clashing: set[str]) -> ShownTable:
    cells = tuple(
        replace(cell, count=None) if clashing.issuperset(cell.codes) else cell
        for cell in table.cells
    )
    return replace(table, cells=cells)


def agreement_of_shown(
    agreement: Mapping[str, str], tables: Sequence[ShownTable]
) -> dict[str, str]:
    """How alike two coded the themes whose number is told; of a hidden one it could tell it."""
    return {
        code: agreement[code]
        for table in tables
        if not table.is_hidden
        for cell in table.cells
        if cell.count is not None
        for code in cell.codes
        if code in agreement
    }


def told_of_themes(
    voice_counts: Mapping[str, VoiceCount], tables: Sequence[ShownTable]
) -> list[dict[str, Any]]:
    """What later findings are held against: the numbers that readers see, and how many wrote."""
    shown = {
        code: cell.count
        for table in tables
        if not table.is_hidden
        for cell in table.cells
        for code in cell.codes
    }
    return [
        voices.as_json(with_count=shown[code] is not None)
        for code, voices in voice_counts.items()
        if code in shown
    ]
