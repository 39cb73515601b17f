"""How a text stands in the grid, and how far the work has come."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from participation.coding import queries
from participation.coding.models import MaterialText
from participation.coding.queries import ExcerptLine, MaterialLine
from participation.coding.rules.drafts import role_label
from participation.coding.rules.passages import Passage, masks_from_json, segments
from participation.county import queries as county
from participation.foundation.i18n import ngettext
from participation.foundation.web import db


def progress(line: MaterialLine) -> str:
    """ "200 av 312 kodade."."""
    return ngettext(
        "%(coded)s of %(num)s coded.",
        "%(coded)s of %(num)s coded.",
        line.reviewed,
        coded=line.coded,
    )


@dataclass(frozen=True)
class Names:
    """What attributes are called: areas by id, municipalities by code."""

    areas: Mapping[int | None, str] = field(default_factory=dict)
    places: Mapping[str | None, str] = field(default_factory=dict)


def names_now() -> Names:
    return Names(
        areas={area.id: area.name for area in county.areas(db())},
        places={
            place.code: place.name
            for place in sorted(county.municipalities(db()), key=lambda place: place.name)
        },
    )


def rows_of(texts: list[MaterialText], names: Names) -> list[dict[str, Any]]:
    """What each row of the grid shows."""
    excerpts = queries.excerpts_of_texts(db(), [text.id for text in texts])
    return [_row(text, excerpts[text.id], names) for text in texts]


def _row(text: MaterialText, lines: list[ExcerptLine], names: Names) -> dict[str, Any]:
    passages = [Passage(start=x.excerpt.start, end=x.excerpt.end, number=x.number) for x in lines]
    attributes = [
        role_label(text.respondent_role) if text.respondent_role else "",
        text.age_band or "",
        names.places.get(text.municipality_code, ""),
        names.areas.get(text.area_id, ""),
    ]
    return {
        "text": text,
        "segments": segments(text.text, passages, masks_from_json(text.masks)),
        "attributes": [a for a in attributes if a],
        "excerpts": lines,
    }
