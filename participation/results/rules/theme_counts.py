"""How many said something about each theme of a round, in all and by group, for the gate.

A text keeps who wrote it in coarse marks only: role, municipality, unit and age. Gender is not kept
with anybody's words, so themes are not counted by it.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from participation.coding.queries.voices import ThemeSaid, WhoSaidWhat
from participation.disclosure.rules.breakdowns import Breakdown
from participation.disclosure.rules.drafts import VoiceCount
from participation.disclosure.rules.tables import Cell, Table, TableKind
from participation.questionnaires.queries import GroupTotal
from participation.questionnaires.rules.content import Content
from participation.questionnaires.rules.grouping import UNKNOWN, Attribute
from participation.results.rules.round_breakdowns import breakdown_by

TABLE_KEY = "themes"
ENOUGH_TEXTS = 20  # coded by two, before it is told how alike
HIGH, FAIR = 0.8, 0.667  # Krippendorff's own limits for conclusions and for tentative ones
COUNTED_BY = (Attribute.ROLE, Attribute.MUNICIPALITY, Attribute.UNIT, Attribute.AGE_BAND)


def theme_table(said: WhoSaidWhat) -> Table:
    """Voices per theme of all who wrote; a voice may speak of several, so each stands alone.

    Own words may be about anything, so what everybody in a group says is hidden like what a few do.
    """
    return Table(
        key=TABLE_KEY,
        title="Vad skrev de om?",  # kept with the release, read by nobody in another language
        kind=TableKind.MANY,
        n=len(said.groups),
        is_sensitive=True,
        cells=tuple(
            Cell(code=theme.public_id, label=theme.name, count=len(theme.voices))
            for theme in said.themes
        ),
    )


def attributes_known(said: WhoSaidWhat) -> tuple[Attribute, ...]:
    """What the voices can be counted by: where two of them stand in different known groups."""
    return tuple(
        attribute
        for attribute in COUNTED_BY
        if len({one[attribute.value] for one in said.groups.values()} - {UNKNOWN}) > 1
    )


def theme_breakdowns(
    said: WhoSaidWhat,
    table: Table,
    attributes: Collection[Attribute],
    content: Content,
    unit_names: Mapping[str, str],
) -> tuple[Breakdown, ...]:
    """The same table group by group, one attribute at a time."""
    return tuple(
        breakdown_by(attribute, _by_group(said, attribute), [table], content, unit_names)
        for attribute in COUNTED_BY
        if attribute in attributes
    )


def _by_group(said: WhoSaidWhat, attribute: Attribute) -> Sequence[GroupTotal]:
    groups: dict[str, set[str]] = {}
    for voice, known in said.groups.items():
        groups.setdefault(known[attribute.value], set()).add(voice)
    return [
        GroupTotal(
            code=code,
            people=len(voices),
            answers={TABLE_KEY: (len(voices), _counts(said.themes, voices))},
        )
        for code, voices in sorted(groups.items())
    ]


def _counts(themes: Sequence[ThemeSaid], voices: set[str]) -> dict[str, int]:
    return {theme.public_id: len(theme.voices & voices) for theme in themes}


def voice_counts(said: WhoSaidWhat, materials: Collection[str]) -> dict[str, VoiceCount]:
    """What each theme counts, to be held against findings over the same texts."""
    return {
        theme.public_id: VoiceCount(
            materials=frozenset(materials),
            codes=theme.codes,
            count=len(theme.voices),
            n=len(said.groups),
            roles=0,
            municipalities=0,
        )
        for theme in said.themes
    }


def agreement_word(figure: Mapping[str, Any] | None, minimum: int) -> str:
    """ "high", "fair" or "low": a figure could be solved for how few texts it rests on.

    Empty where fewer than twenty texts were coded by two, or where either of the two put the theme
    on fewer than `minimum` of them, or on all but fewer.
    """
    if figure is None or figure.get("alpha") is None or figure["texts"] < ENOUGH_TEXTS:
        return ""
    coded = figure.get("coded")
    if not coded or min(coded) < minimum or figure["texts"] - max(coded) < minimum:
        return ""
    return "high" if figure["alpha"] >= HIGH else "fair" if figure["alpha"] >= FAIR else "low"
