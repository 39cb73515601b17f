"""The blueprint of the staff's pages, and what they share."""

from flask import Blueprint

from participation.foundation.web import actor, db
from participation.selection.models import Draw
from participation.selection.queries import draw_visible_to
from participation.selection.rules.draws import STATE_LABELS, STATE_SHAPES
from participation.selection.rules.words import chance_words

selection = Blueprint("selection", __name__)

WORDS = {"states": STATE_LABELS, "shapes": STATE_SHAPES, "chance_words": chance_words}


def looked_after(public_id: str) -> Draw:
    """The draw, for who looks after it. Raises NotFound."""
    return draw_visible_to(db(), actor(), public_id)
