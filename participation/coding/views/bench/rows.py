"""How a text stands in the grid, and how far the work has come."""

from typing import Any

from participation.coding import queries
from participation.coding.models import Material, MaterialText
from participation.coding.queries import ExcerptLine, MaterialLine, TextStanding
from participation.coding.queries.learning import (
    MOST_SHOWN,
    Learnt,
    Suggestion,
    learnt,
    suggestions,
)
from participation.coding.queries.names import Names, names_beside
from participation.coding.rules.drafts import age_label, role_label
from participation.coding.rules.filters import Layer
from participation.coding.rules.passages import Passage, masks_from_json, segments, shown_mark
from participation.foundation.i18n import ngettext
from participation.foundation.web import actor, db

FRAGMENT_HEADER = "X-Fragment"


def progress(line: MaterialLine, coded: str | None = None) -> str:
    """ "200 av 312 kodade."; the grid's script puts its own number in the place of `coded`."""
    return ngettext(
        "%(coded)s of %(num)s coded.",
        "%(coded)s of %(num)s coded.",
        line.reviewed,
        coded=line.coded if coded is None else coded,
    )


def row_of(
    text: MaterialText, layer: Layer = Layer.MINE, *, suggests: bool = True
) -> dict[str, Any]:
    """What the row of one text shows, with suggestions or without."""
    known = None
    if suggests:
        material = db().get_one(Material, text.material_id)
        known = learnt(db(), actor(), material.codebook_id)
    return rows_of([text], names_beside(db(), MaterialText.id == text.id), layer, known)[0]


def rows_of(
    texts: list[MaterialText], names: Names, layer: Layer, known: Learnt | None
) -> list[dict[str, Any]]:
    """What each row of the grid shows. Suggestions (`known`) stand beside one's own codes only."""
    ids = [text.id for text in texts]
    excerpts = queries.excerpts_of_texts(db(), actor(), ids, layer)
    standings = queries.standings(db(), actor(), ids)
    suggested = suggestions(db(), known if layer is Layer.MINE else None, texts)
    return [
        {
            **_row(text, excerpts[text.id], standings[text.id], names, layer),
            "suggestions": _suggested(
                suggested.get(text.id, []), excerpts[text.id], standings[text.id]
            ),
        }
        for text in texts
    ]


def _suggested(
    found: list[Suggestion], lines: list[ExcerptLine], standing: TextStanding
) -> list[Suggestion]:
    """Codes that are not put already, and none where there is nothing to code."""
    put = {line.number for line in lines}
    return [] if standing.is_aside else [s for s in found if s.number not in put][:MOST_SHOWN]


def _row(
    text: MaterialText,
    lines: list[ExcerptLine],
    standing: TextStanding,
    names: Names,
    layer: Layer,
) -> dict[str, Any]:
    passages = [Passage(start=x.excerpt.start, end=x.excerpt.end, number=x.number) for x in lines]
    attributes = [
        role_label(text.respondent_role) if text.respondent_role else "",
        age_label(text.age_band),
        names.places.get(text.municipality_code or "", ""),
        names.areas.get(text.area_id, ""),
        names.units.get(text.unit_id, ""),
    ]
    return {
        "text": text,
        "shown": shown_mark(text.text),
        "segments": segments(text.text, passages, masks_from_json(text.masks)),
        "attributes": [a for a in attributes if a],
        "excerpts": lines,
        "standing": standing,
        "is_done": standing.is_mine or standing.others > 0,
        "layer": layer,
        "me": actor().account_id,
    }
