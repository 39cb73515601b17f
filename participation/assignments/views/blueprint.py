"""Two sets of addresses: the person's, behind their link, and the staff's."""

from typing import Any

from flask import Blueprint

from participation.activities.rules.states import KIND_LABELS
from participation.assignments.rules.money import hours, kronor
from participation.assignments.rules.rates import RATE_LABELS
from participation.assignments.rules.states import (
    CLAIM_LABELS,
    CLAIM_SHAPES,
    DECISION_LABELS,
    DECISION_SHAPES,
    TIE_LABELS,
)

assignments = Blueprint("assignments", __name__)
compensation = Blueprint("compensation", __name__)

WORDS: dict[str, Any] = {
    "kinds": KIND_LABELS,
    "states": CLAIM_LABELS,
    "shapes": CLAIM_SHAPES,
    "rate_labels": RATE_LABELS,
    "tie_labels": TIE_LABELS,
    "decisions": DECISION_LABELS,
    "decision_shapes": DECISION_SHAPES,
    "kronor": kronor,
    "hours": hours,
}
